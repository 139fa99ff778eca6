"""A participant's seat, kept by the browser until it is closed, so that a reload finds it again.

The return code stands in a cookie of the session: never in an address that people share, sent to no
other site, and gone with the browser. A page that is loaded anew comes back with it through the
same door, and the same count of tries, as somebody who types the code.
"""

from __future__ import annotations

import json
from typing import Final

import streamlit as st

from climrisk.errors import AccessRefusedError
from climrisk.ui.workshop.rooms import rooms
from climrisk.workshop.codes import split_return_code
from climrisk.workshop.seat import Seat
from climrisk.workshop.store.access import resume
from climrisk.workshop.store.sessions import SessionView

__all__ = ["come_back", "give_up", "keep", "sent", "write_cookie"]

PREFIX: Final = "climrisk_seat_"
WANTED: Final = "seat_cookie"
"""What the browser's cookie is to hold, with its name; empty to take it away."""
TRIED: Final = "seat_tried"
OF_THE_DEVICE: Final = (
    "arrival", "joining", "language", "projector", "room_study", "widget_language", "$$",
)  # fmt: skip
"""How the names begin of what stays when somebody else takes the device."""
SCRIPT: Final = """<script>
document.cookie = {stated} + "; path=/; SameSite=Strict" + {age}
  + (location.protocol === "https:" ? "; Secure" : "");
</script>"""


def keep(view: SessionView, code: str) -> None:
    """Let the browser keep a return code."""
    number, secret = split_return_code(code) or (0, "")
    st.session_state[WANTED] = (PREFIX + view.join_code, f"{number}-{secret}")


def give_up(view: SessionView) -> None:
    """Leave the seat in this browser; whoever has the return code comes back to it."""
    for key in [key for key in map(str, st.session_state) if not key.startswith(OF_THE_DEVICE)]:
        del st.session_state[key]  # fields may hold what the person before typed
    _forget(view)


def come_back(view: SessionView) -> Seat | None:
    """Return the seat of the code that the browser kept; a code that fails is forgotten at once."""
    code = sent(PREFIX + view.join_code)
    if not code or st.session_state.get(TRIED):
        return None
    st.session_state[TRIED] = True
    try:
        seat = resume(rooms(), view.id, code)
    except AccessRefusedError:
        _forget(view)
        return None
    keep(view, code)
    return seat


def sent(name: str) -> str | None:
    """Return the cookie of a name as this browser sent it when it connected."""
    return st.context.cookies.get(name)


def write_cookie() -> None:
    """Let the browser keep, or forget, what was last wanted."""
    wanted = st.session_state.get(WANTED)
    if wanted is None:
        return
    name, code = wanted
    age = "" if code else "; Max-Age=0"
    st.html(
        SCRIPT.format(stated=json.dumps(f"{name}={code}"), age=json.dumps(age)),
        unsafe_allow_javascript=True,
    )


def _forget(view: SessionView) -> None:
    """Let the browser forget; what it sent is told once, and cannot be taken back."""
    st.session_state[WANTED] = (PREFIX + view.join_code, "")
    st.session_state[TRIED] = True
