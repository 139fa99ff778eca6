"""Ranges of draws, counted by several threads at once."""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import Generic, NamedTuple, Protocol, Self, TypeVar

from climrisk.engine.blocks import BLOCK_SIZE

__all__ = ["counted", "ranges_of", "side_by_side", "thread_count"]

ENVIRONMENT = "CLIMRISK_THREADS"


class Countable(Protocol):
    """What a thread counts into."""

    def add(self, seed: int, draws: range, counted: Callable[[int], None]) -> None:
        """Count some draws; `counted` is called now and then, and may raise."""

    def merge(self, other: Self) -> None:
        """Add what another thread counted."""


Counts = TypeVar("Counts", bound=Countable)
First = TypeVar("First")
Second = TypeVar("Second")


class _Failure(NamedTuple):
    start: int
    error: Exception


class _StoppedError(Exception):
    """Raised within a thread when nobody waits for its result any more."""


def thread_count(threads: int | None) -> int:
    """Return how many threads to use.

    Parameters
    ----------
    threads : int or None
        What the caller asks for. None: one for each processor that this process may use, at most
        as many as the environment says in `CLIMRISK_THREADS`.

    Raises
    ------
    ValueError
        If the number, or that of the environment, is not a whole number from 1.
    """
    if threads is not None:
        return _checked("threads", threads)
    usable = getattr(os, "sched_getaffinity", None)
    present = len(usable(0)) if usable else os.cpu_count() or 1
    stated = os.environ.get(ENVIRONMENT, "")
    if not stated:
        return present
    return min(present, _checked(ENVIRONMENT, int(stated) if stated.isdecimal() else stated))


def _checked(name: str, value: int | str) -> int:
    if isinstance(value, str) or value < 1:
        raise ValueError(f"{name}: found {value!r}, allowed a whole number from 1")
    return value


def counted(
    make: Callable[[], Counts],
    seed: int,
    ranges: Iterable[range],
    threads: int,
    progress: Callable[[int], None],
) -> Counts:
    """Count ranges of draws in threads of their own, and merge what they find.

    Each thread takes the next range when it is done with one, so at most one range a thread is in
    memory. Counts are exact, so it does not matter who counts what.

    Parameters
    ----------
    make : callable
        Makes the counts of one thread.
    seed : int
    ranges : iterable of range
        Draws, in ascending order.
    threads : int
    progress : callable
        Called in this thread with each number of draws that was counted. Where it raises, or
        Ctrl-C falls, all threads stop.

    Raises
    ------
    Exception
        What counting the first of the ranges that failed raised.
    """
    work = _Work(make, seed, iter(ranges))
    with ThreadPoolExecutor(max_workers=threads) as pool:
        try:
            found = [pool.submit(work.count) for _ in range(threads)]
            for draws in work.news(threads):
                progress(draws)
        except BaseException:
            work.stop.set()
            raise
    if work.failures:
        raise min(work.failures, key=lambda one: one.start).error
    first, *others = [one.result() for one in found]
    for one in others:
        first.merge(one)
    return first


def side_by_side(
    short: Callable[[], First], long: Callable[[], Second], threads: int
) -> tuple[First, Second]:
    """Return what two pieces of work return.

    Parameters
    ----------
    short : callable
        Done in a thread of its own where there may be several; Ctrl-C waits for it.
    long : callable
        Done in this thread, where Ctrl-C stops it.
    threads : int
        How many there may be.
    """
    if threads == 1:
        return short(), long()
    with ThreadPoolExecutor(max_workers=1) as pool:
        beside = pool.submit(short)
        found = long()
    return beside.result(), found


class _Work(Generic[Counts]):
    """What the threads share."""

    def __init__(self, make: Callable[[], Counts], seed: int, ranges: Iterator[range]) -> None:
        self.stop = threading.Event()
        self.failures: list[_Failure] = []
        self._make, self._seed, self._ranges = make, seed, ranges
        self._lock = threading.Lock()
        self._news: SimpleQueue[int | None] = SimpleQueue()

    def count(self) -> Counts:
        """Count ranges until there are none, one of them fails, or nobody waits any more."""
        mine = self._make()
        try:
            while (draws := self._next()) is not None:
                self._count(mine, draws)
        finally:
            self._news.put(None)
        return mine

    def news(self, threads: int) -> Iterator[int]:
        """Yield draws as they are counted, until all threads are done."""
        while threads:
            draws = self._news.get()
            if draws is None:
                threads -= 1
            else:
                yield draws

    def _next(self) -> range | None:
        with self._lock:
            # ranges are given out in order, so every one before a failed one has been counted
            over = self.failures or self.stop.is_set()
            return None if over else next(self._ranges, None)

    def _count(self, mine: Counts, draws: range) -> None:
        try:
            mine.add(self._seed, draws, self._tell)
        except _StoppedError:
            pass
        except Exception as error:
            self.failures.append(_Failure(draws.start, error))

    def _tell(self, draws: int) -> None:
        if self.stop.is_set():
            raise _StoppedError
        self._news.put(draws)


def ranges_of(
    draws: range, size: int | None, workers: int, suitable: int = BLOCK_SIZE
) -> list[range]:
    """Return draws in consecutive ranges.

    Parameters
    ----------
    draws : range
    size : int or None
        Draws of a range; None: about as many as suit, so that all workers have the same to do.
    workers : int
    suitable : int
        Draws that suit a range.
    """
    step = size or _range_size(len(draws), workers, suitable)
    firsts = range(draws.start, draws.stop, step)
    return [range(first, min(first + step, draws.stop)) for first in firsts]


def _range_size(draws: int, threads: int, suitable: int) -> int:
    """Return how many draws to simulate at a time, so that all threads have the same to do."""
    shares = threads * math.ceil(draws / (threads * suitable))
    return math.ceil(draws / shares)
