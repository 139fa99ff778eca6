"""What a browser session may see: the study, or only what it came for."""

from __future__ import annotations

import os
import sys
from urllib.parse import urlsplit

import streamlit as st

from climrisk.workshop.serving import Serving, read_proxy, read_serving

__all__ = ["arrival", "is_operator", "link", "open_with", "serving"]


def serving() -> Serving:
    """Return how this server was started."""
    return read_serving(sys.argv[1:])


def is_operator() -> bool:
    """Return whether this browser session may see the study's pages.

    On this computer alone everybody may; on a network whoever typed the key, and behind a proxy
    whoever it names among the operators.
    """
    proxy = read_proxy(os.environ)
    if not serving().address and not proxy.header:
        return True
    return bool(st.session_state.get("operator", False)) or proxy.lets_in(st.context.headers)


def open_with(key: str) -> bool:
    """Let this browser session in where the key is right, and say whether it was."""
    right = serving().opens(key)
    if right:
        st.session_state["operator"] = True
    return right


def arrival() -> str:
    """Return what this browser session came for, `join` or `wall`; empty for anything else.

    It is decided once: a session that came to join never shows another page.
    """
    if "arrival" not in st.session_state:
        asked = [name for name in ("join", "wall") if name in st.query_params]
        st.session_state["arrival"] = asked[0] if asked else ""
        st.session_state["arrival_code"] = st.query_params.get(asked[0], "") if asked else ""
    return str(st.session_state["arrival"])


def link(name: str, code: str) -> str:
    """Return the link of the page `join` or `wall` of a session."""
    address = serving().address
    if not address:
        here = urlsplit(st.context.url or "http://127.0.0.1:8501/")
        address = f"{here.scheme}://{here.netloc}"
    return f"{address}/?{name}={code}"
