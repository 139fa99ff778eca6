"""Work ahead of its time: the latest wish alone, given up for another, never in anybody's way."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
import xarray as xr

from climrisk.analysis import analyse
from climrisk.analysis.incremental import INTERACTIVE
from climrisk.errors import ClimriskError
from climrisk.ui import cache
from climrisk.ui.ahead import Ahead, Progress
from climrisk.ui.cache import EVERY_PAGE, Results
from tests.studies import always, annual_risk, make_study

STUDY = make_study({"R-1": annual_risk(always(), 1.0)})
EDITED = make_study({"R-1": annual_risk(always(), 2.0)})
PATIENCE = 60.0


def over(ahead: Ahead) -> bool:
    """Wait until a thread has ended."""
    thread = ahead._thread
    if thread is not None:
        thread.join(PATIENCE)
    return ahead.is_idle


class Held:
    """Work that goes on until it is let go, and says what became of it."""

    def __init__(self) -> None:
        self.begun, self.free = threading.Event(), threading.Event()
        self.is_complete = False

    def __call__(self, told: Progress) -> None:
        self.begun.set()
        assert self.free.wait(PATIENCE)
        told(1, 2)
        self.is_complete = True


def test_the_thread_ends_with_its_work() -> None:
    ahead, done = Ahead(), threading.Event()
    ahead.wish("a", lambda told: done.set())
    assert done.wait(PATIENCE)
    assert over(ahead)


def test_another_wish_ends_what_is_underway() -> None:
    ahead, first, second = Ahead(), Held(), Held()
    ahead.wish("a", first)
    assert first.begun.wait(PATIENCE)
    ahead.wish("b", second)
    first.free.set()
    assert second.begun.wait(PATIENCE)
    assert not first.is_complete
    second.free.set()
    assert over(ahead)
    assert second.is_complete


def test_the_same_wish_is_seen_to_once() -> None:
    ahead, first, second = Ahead(), Held(), Held()
    ahead.wish("a", first)
    assert first.begun.wait(PATIENCE)
    ahead.wish("a", second)
    first.free.set()
    assert over(ahead)
    assert first.is_complete
    assert not second.begun.is_set()


def test_who_asks_waits_with_progress() -> None:
    ahead, work, told = Ahead(), Held(), list[tuple[int, int]]()

    def progress(done: int, total: int) -> None:
        told.append((done, total))
        work.free.set()

    ahead.wish("a", work)
    assert work.begun.wait(PATIENCE)
    ahead.wait("b".__eq__, progress)
    assert told == []
    ahead.wait("a".__eq__, progress)
    assert work.is_complete
    assert told[0] == (0, 1)


def test_who_asks_takes_over_what_has_not_begun() -> None:
    ahead, work = Ahead(), Held()
    ahead.wish("a", work, after=PATIENCE)
    ahead.wait("a".__eq__, None)
    assert over(ahead)
    assert not work.begun.is_set()


@pytest.mark.parametrize("fault", [ClimriskError("too large"), ZeroDivisionError()])
def test_a_fault_leaves_the_thread_at_work(fault: Exception) -> None:
    ahead, work = Ahead(), Held()

    def failing(told: Progress) -> None:
        raise fault

    ahead.wish("a", failing)
    assert over(ahead)
    ahead.wish("b", work)
    work.free.set()
    assert over(ahead)
    assert work.is_complete


def test_an_expected_edit_is_at_hand_when_it_is_applied(monkeypatch: pytest.MonkeyPatch) -> None:
    held, given = Results(), list[xr.Dataset]()
    held.of(STUDY, 10, INTERACTIVE)
    held.begin(EDITED, 10, given.append)
    assert over(held._ahead)
    monkeypatch.setattr(cache._Edits, "of", lambda *_: pytest.fail("simulated again"))
    found = held.of(EDITED, 10, INTERACTIVE)
    assert given == [found]
    assert found.identical(analyse(EDITED, draws=10, outputs=INTERACTIVE))


def test_what_every_page_needs_is_there_before_it_is_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cache, "PAUSE", 0.0)
    held = Results()
    held.complete(STUDY, 10)
    assert held._ahead.is_idle, "nothing of this study was shown yet"
    held.of(STUDY, 10, INTERACTIVE)
    held.complete(STUDY, 10)
    assert over(held._ahead)
    expected = analyse(STUDY, draws=10, outputs=EVERY_PAGE)
    monkeypatch.setattr(cache, "analyse", lambda *_, **__: pytest.fail("simulated again"))
    for asked in ({"differences"}, {"differences", "inputs", "measures"}):
        assert held.of(STUDY, 10, frozenset(asked)).identical(expected)


def test_an_expected_edit_goes_before_other_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    ready, free = threading.Event(), threading.Event()

    def slow(*_: object, progress: Callable[[int, int], None], **__: object) -> xr.Dataset:
        ready.set()
        assert free.wait(PATIENCE)
        progress(1, 2)
        pytest.fail("not given up")

    monkeypatch.setattr(cache, "PAUSE", 0.0)
    monkeypatch.setattr(cache, "analyse", slow)
    held, given = Results(), list[xr.Dataset]()
    held.of(STUDY, 10, INTERACTIVE)
    held.complete(STUDY, 10)
    assert ready.wait(PATIENCE)
    held.begin(EDITED, 10, given.append)
    free.set()
    assert over(held._ahead)
    assert len(given) == 1
