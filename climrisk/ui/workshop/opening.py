"""Several items opened at once: a group, a selection, or all that may be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

import streamlit as st

from climrisk.domain.item import Item
from climrisk.ui.state import language, say, session
from climrisk.ui.workshop.rooms import done, rooms
from climrisk.workshop.phase import MOVES
from climrisk.workshop.plan import SessionPlan
from climrisk.workshop.seat import Seat
from climrisk.workshop.store.boards import Board
from climrisk.workshop.store.moves import move_items

__all__ = ["groups", "offer", "openable"]

LEAST_AT_ONCE: Final = 2
GROUPS: Final = "open_groups"
ITEMS: Final = "open_items"


def openable(here: Sequence[Board]) -> list[str]:
    """Return the items whose next private round may open."""
    return [one.item for one in here if "private" in MOVES[one.state.phase]]


def offer(seat: Seat, plan: SessionPlan, here: Sequence[Board]) -> None:
    """Offer to open several items, for answers before the meeting or a second round of many."""
    ready = openable(here)
    if len(ready) < LEAST_AT_ONCE:
        return
    rounds = {one.item: one.state.round + 1 for one in here}
    part = f"open_part {len(ready)}"  # a new one once items have opened, so that it is shut
    with st.popover(say("room.open.several"), icon=":material/playlist_play:", key=part):
        above = st.container()  # a long list must not push the button off a low screen
        chosen = _chosen(ready, plan, rounds)
        label = say("room.open.button", count=len(chosen))
        if not above.button(label, type="primary", key="open_several", disabled=not chosen):
            return
        moved = done(partial(move_items, rooms(), seat, chosen, "private"))
    if moved:
        for key in (GROUPS, ITEMS):
            st.session_state.pop(key, None)
        st.rerun()


def groups(ready: Sequence[str], register: Mapping[str, Item]) -> dict[str, list[str]]:
    """Return the items of each group, by the key of its name: kinds, then categories of several."""
    grouped: dict[str, list[str]] = {}
    for name in ready:
        if name in register:
            grouped.setdefault(f"kinds.{register[name].kind}", []).append(name)
    for name in ready:
        if name in register:
            grouped.setdefault(f"category.{register[name].category}", []).append(name)
    return {
        key: names
        for key, names in grouped.items()
        if key.startswith("kinds.") or len(names) >= LEAST_AT_ONCE
    }


def _chosen(ready: list[str], plan: SessionPlan, rounds: Mapping[str, int]) -> list[str]:
    """Offer groups and items; what the groups hold is chosen, and may be changed."""
    grouped = groups(ready, session().history.now.items)
    st.pills(
        say("room.open.groups"), list(grouped), selection_mode="multi", key=GROUPS,
        format_func=say, on_change=_take, args=(grouped, ready),
    )  # fmt: skip
    titles = {one.item: one.title.best(language()) for one in plan.questions}
    kept = st.session_state.get(ITEMS, ready)
    st.session_state[ITEMS] = [name for name in kept if name in ready]
    return st.multiselect(
        say("room.plan.items"), ready, key=ITEMS, placeholder=say("app.field.choose"),
        format_func=lambda one: say(
            "room.open.item", item=one, title=titles[one], round=rounds[one]
        ),
    )  # fmt: skip


def _take(grouped: Mapping[str, Sequence[str]], ready: Sequence[str]) -> None:
    """Choose the items of the groups that were picked, in the order of the plan."""
    picked = {name for key in st.session_state[GROUPS] for name in grouped[key]}
    st.session_state[ITEMS] = [name for name in ready if name in picked]
