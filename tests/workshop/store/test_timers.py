"""The timer: on the server, paused, extended, and in the trail."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from climrisk.errors import AccessRefusedError, WorkshopError
from climrisk.workshop.seat import Seat
from climrisk.workshop.store.database import Store
from climrisk.workshop.store.privacy import events
from climrisk.workshop.store.timers import (
    Timer,
    continue_timer,
    extend_timer,
    pause_timer,
    running_timer,
    start_timer,
    stop_timer,
)
from tests.workshops import Clock, Room

CHANGES: dict[str, Callable[[Store, Seat], None]] = {
    "extend": partial(extend_timer, seconds=60),
    "pause": pause_timer,
    "continue": continue_timer,
}


def left(lx: Room) -> Timer | None:
    return running_timer(lx.store, lx.id)


def test_the_timer_runs_on_the_server(lx: Room, clock: Clock) -> None:
    assert left(lx) is None
    start_timer(lx.store, lx.facilitator, "Discussion", 240)
    clock.forward(seconds=100)
    assert left(lx) == Timer("Discussion", 140.0, is_paused=False)
    clock.forward(seconds=200)
    assert left(lx) == Timer("Discussion", -60.0, is_paused=False)
    start_timer(lx.store, lx.facilitator, "Round two", 60)
    assert left(lx) == Timer("Round two", 60.0, is_paused=False)
    stop_timer(lx.store, lx.facilitator)
    assert left(lx) is None


def test_a_paused_timer_stands_still_and_runs_on(lx: Room, clock: Clock) -> None:
    start_timer(lx.store, lx.facilitator, "Discussion", 240)
    clock.forward(seconds=40)
    pause_timer(lx.store, lx.facilitator)
    clock.forward(hours=2)
    assert left(lx) == Timer("Discussion", 200.0, is_paused=True)
    extend_timer(lx.store, lx.facilitator, 300)
    assert left(lx) == Timer("Discussion", 500.0, is_paused=True)
    continue_timer(lx.store, lx.facilitator)
    clock.forward(seconds=1)
    assert left(lx) == Timer("Discussion", 499.0, is_paused=False)


def test_more_time_counts_from_now_where_it_had_run_out(lx: Room, clock: Clock) -> None:
    start_timer(lx.store, lx.facilitator, "Discussion", 60)
    clock.forward(seconds=30)
    extend_timer(lx.store, lx.facilitator, 60)
    assert left(lx) == Timer("Discussion", 90.0, is_paused=False)
    clock.forward(seconds=400)
    extend_timer(lx.store, lx.facilitator, 60)
    assert left(lx) == Timer("Discussion", 60.0, is_paused=False)


def test_the_trail_keeps_what_was_done_and_never_the_label(lx: Room, clock: Clock) -> None:
    start_timer(lx.store, lx.facilitator, "Person 4 speaks", 240)
    clock.forward(seconds=40.5)
    for change in CHANGES.values():
        change(lx.store, lx.facilitator)
    stop_timer(lx.store, lx.facilitator)
    stop_timer(lx.store, lx.facilitator)  # nothing to stop, nothing to keep
    trail = events(lx.store, lx.facilitator)
    told = [(one.kind, one.detail) for one in trail if one.kind.startswith("timer")]
    assert told == [
        ("timer started", "240 seconds left"),
        ("timer extended", "260 seconds left"),
        ("timer paused", "260 seconds left"),
        ("timer continued", "260 seconds left"),
        ("timer stopped", ""),
    ]
    assert "Person 4" not in repr(trail)


def test_impossible_times_are_refused(lx: Room) -> None:
    with pytest.raises(WorkshopError, match="0 seconds; allowed: 1 to 86,400"):
        start_timer(lx.store, lx.facilitator, "x", 0)
    start_timer(lx.store, lx.facilitator, "x", 86_400)
    with pytest.raises(WorkshopError, match="86460 seconds; allowed: 1 to 86,400"):
        extend_timer(lx.store, lx.facilitator, 60)


@pytest.mark.parametrize("name", CHANGES)
def test_only_the_facilitator_changes_a_timer_that_runs(lx: Room, name: str) -> None:
    with pytest.raises(WorkshopError, match="no timer runs"):
        CHANGES[name](lx.store, lx.facilitator)
    start_timer(lx.store, lx.facilitator, "x", 60)
    with pytest.raises(AccessRefusedError, match="only the facilitator"):
        CHANGES[name](lx.store, lx.people[0])
    assert left(lx) == Timer("x", 60.0, is_paused=False)
