"""How people come in: code, link and QR code; the personal code is in none of them."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

import streamlit as st

from climrisk.errors import MissingExtraError
from climrisk.ui.state import say
from climrisk.ui.workshop.serving import link, serving

__all__ = ["qr_picture", "show_code"]


def show_code(join_code: str, size: int = 220) -> None:
    """Show code, link and QR code of a session."""
    address = link("join", join_code)
    picture, words = st.columns([1, 1.7], vertical_alignment="center", gap="large")
    picture.image(qr_picture(address), width=size, caption=say("room.code.qr"))
    words.markdown(say("room.code.code"))
    words.markdown(f"# {join_code}")
    words.code(address, language=None, wrap_lines=True)
    if not serving().address:
        words.caption(say("room.code.local"))


@lru_cache(maxsize=64)  # nothing of a session in it, and importing stays silent
def qr_picture(address: str) -> bytes:
    """Return the QR code of an address as a PNG.

    Raises
    ------
    MissingExtraError
        If segno is not installed.
    """
    try:
        import segno
    except ModuleNotFoundError as missing:
        raise MissingExtraError("a QR code", "app") from missing
    stream = BytesIO()
    segno.make(address, error="m").save(stream, kind="png", scale=8, border=4)
    return stream.getvalue()
