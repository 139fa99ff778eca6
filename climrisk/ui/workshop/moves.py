"""Where the facilitator can take an item, in words."""

from __future__ import annotations

from climrisk.ui.state import say
from climrisk.workshop.phase import MOVES, Phase, State

__all__ = ["move_words", "ways_from"]


def ways_from(state: State) -> tuple[Phase, ...]:
    """Return where an item can be taken besides a commit, which has fields of its own."""
    ways = tuple(way for way in MOVES[state.phase] if way != "committed")
    return ways if state.round <= 1 else tuple(way for way in ways if way != "planned")


def move_words(state: State, way: Phase) -> str:
    """Return the words of the button that takes an item there."""
    if way == "discussion" and state.phase == "committed":
        return say("room.move.reopen")
    return say(f"room.move.{way}", round=state.round + 1 if way == "private" else state.round)
