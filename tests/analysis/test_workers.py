"""Threads: the same bits for any number of them, and an end to all of them when one stops."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import climrisk
from climrisk.analysis.workers import counted, ranges_of, side_by_side, thread_count
from climrisk.domain.study import Study
from climrisk.errors import AmountOverflowError
from tests.strategies import studies
from tests.studies import always, annual_risk, make_study, poisson

few = settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.too_slow])
RANGES = [range(start, start + 10) for start in range(0, 200, 10)]


class Draws:
    """Counts that remember which draws they hold."""

    def __init__(self, refused: Callable[[int], bool] = lambda start: False) -> None:
        self.held: list[int] = []
        self._refused = refused

    def add(self, seed: int, draws: range, counted: Callable[[int], None]) -> None:
        if self._refused(draws.start):
            raise KeyError(draws.start)
        self.held += draws
        counted(len(draws))

    def merge(self, other: Draws) -> None:
        self.held += other.held


@few
@given(studies(most=3))
def test_results_do_not_depend_on_the_threads(study: Study) -> None:
    alone = climrisk.analyse(study, draws=100, seed=3, threads=1, block_size=100)
    for threads, size in ((2, 13), (5, None)):
        found = climrisk.analyse(study, draws=100, seed=3, threads=threads, block_size=size)
        assert alone.identical(found), (threads, size)


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_every_draw_is_counted_once(threads: int) -> None:
    told: list[int] = []
    found = counted(Draws, 1, RANGES, threads, told.append)
    assert sorted(found.held) == list(range(200))
    assert told == [10] * 20


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_the_first_range_that_fails_is_told_once(threads: int) -> None:
    with pytest.raises(KeyError, match="70"):
        counted(lambda: Draws(lambda start: start >= 70), 1, RANGES, threads, lambda draws: None)
    assert threading.active_count() < threads + 2


def test_the_cause_comes_with_the_error() -> None:
    study = make_study({"A": annual_risk(always(), 1e300)})
    with pytest.raises(AmountOverflowError, match="A: operating_cost in 2024 reaches") as caught:
        climrisk.analyse(study, draws=100, seed=1, threads=3, block_size=10)
    assert "series" in str(caught.value.__cause__)


@pytest.mark.parametrize("threads", [1, 3])
def test_all_threads_stop_when_progress_raises(threads: int) -> None:
    begun: list[int] = []

    def note(start: int) -> bool:
        begun.append(start)
        return False

    def stop(draws: int) -> None:
        raise KeyboardInterrupt

    endless = (range(start, start + 10) for start in range(0, 10**12, 10))
    with pytest.raises(KeyboardInterrupt):
        counted(lambda: Draws(note), 1, endless, threads, stop)
    ended = len(begun)
    assert not [one for one in threading.enumerate() if "ThreadPool" in one.name]
    assert len(begun) == ended


def test_a_study_can_be_analysed_in_many_threads_at_once() -> None:
    study = make_study({"A": annual_risk(poisson(2.0), {"p5": 1.0, "p95": 9.0})})
    expected = climrisk.analyse(study, draws=300, seed=3, threads=1)
    found: list[bool] = []

    def analysed() -> None:
        found.append(climrisk.analyse(study, draws=300, seed=3, threads=2).identical(expected))

    several = [threading.Thread(target=analysed) for _ in range(5)]
    for one in several:
        one.start()
    for one in several:
        one.join()
    assert found == [True] * 5


def test_the_number_of_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLIMRISK_THREADS", raising=False)
    usable = thread_count(None)
    assert usable >= 1
    assert thread_count(7) == 7
    monkeypatch.setenv("CLIMRISK_THREADS", "1")
    assert (thread_count(None), thread_count(3)) == (1, 3)
    monkeypatch.setenv("CLIMRISK_THREADS", "1000")
    assert thread_count(None) == usable


@pytest.mark.parametrize("stated", ["0", "two", "-1", "1.5"])
def test_a_number_of_threads_that_cannot_be_used(
    monkeypatch: pytest.MonkeyPatch, stated: str
) -> None:
    monkeypatch.setenv("CLIMRISK_THREADS", stated)
    with pytest.raises(ValueError, match=r"CLIMRISK_THREADS: found .*, allowed a whole number"):
        thread_count(None)
    with pytest.raises(ValueError, match="threads: found 0, allowed a whole number from 1"):
        thread_count(0)


def test_two_pieces_of_work_meet_where_there_are_threads_and_follow_each_other_with_one() -> None:
    both = threading.Barrier(2)

    def met() -> str:
        both.wait(timeout=30)  # neither returns alone
        return threading.current_thread().name

    found = side_by_side(met, met, 2)
    assert found[0] != found[1] == threading.current_thread().name
    order: list[str] = []
    side_by_side(lambda: order.append("short"), lambda: order.append("long"), 1)
    assert order == ["short", "long"]


@pytest.mark.parametrize("threads", [1, 2])
def test_what_either_piece_of_work_raises_is_raised(threads: int) -> None:
    def fail() -> None:
        raise ArithmeticError("spoilt")

    for short, long in ((fail, bool), (bool, fail)):
        with pytest.raises(ArithmeticError, match="spoilt"):
            side_by_side(short, long, threads)


@given(st.integers(1, 200_000), st.integers(1, 5), st.sampled_from([4096, 16_384]))
def test_ranges_are_shared_out_evenly_and_hold_no_more_than_suits(
    draws: int, workers: int, suitable: int
) -> None:
    found = ranges_of(range(7, 7 + draws), None, workers, suitable)
    assert found[0].start == 7
    assert all(one.stop == after.start for one, after in pairwise(found))
    assert found[-1].stop == 7 + draws
    assert max(map(len, found)) <= suitable
    assert len(found) <= workers * -(-draws // (workers * suitable))
