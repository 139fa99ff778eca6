"""What the fused kernel found: amounts that runs share, and each run's own readings of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.effects import EventLosses
from climrisk.engine.plan import Plan
from climrisk.engine.program import program

__all__ = ["Found", "SharedEffects"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Found:
    """What a block comes to in all runs; `Program.runs` says where what stands.

    Parameters
    ----------
    rows : float64 array (row, year, draw)
        Effects; row 0 is zero.
    sums : float64 array (place, horizon and present value, draw)
        Net; place 0 is zero.
    expected : float64 array (place, horizon, draw)
        Expected effects given knowledge; place 0 is NaN.
    largest : float64 array (place, year, draw)
        Largest losses from one event; place 0 is zero.
    touched : int64 array (overlap,)
        1 where an overlap takes back anything; the rows of others hold nothing.
    emitted : int64 array (emission, 2)
        First and last single event of an item in the last year of a horizon.
    events : EventLosses
        All of them, back to back.
    """

    rows: Floats
    sums: Floats
    expected: Floats
    largest: Floats
    touched: Integers
    emitted: Integers
    events: EventLosses


@dataclass(frozen=True, eq=False)
class SharedEffects:
    """Effects of one run, shared with the runs in which items do the same; see `Effects`.

    Parameters
    ----------
    plan : Plan
    found : Found
    run : int
        Position of the run in `program(plan).runs`.
    """

    plan: Plan
    found: Found
    run: int

    @cached_property
    def amounts(self) -> Floats:
        """Effects, put together when asked for; `found.rows` at `row` are the same, uncopied."""
        return np.asarray(self.found.rows[self.row])

    @property
    def net(self) -> Floats:
        """As in `Effects`."""
        return np.asarray(self.found.rows[self.row[:, -1]])

    @cached_property
    def row(self) -> Integers:
        """Row of `found.rows` of each amount, (entity, channel and net); row 0 is zero."""
        runs = program(self.plan).runs
        rows = np.array(runs.row[self.run])
        overlap = int(runs.overlap[self.run])
        if overlap >= 0 and not self.found.touched[overlap]:
            rows[self.plan.overlap_row] = 0
        return rows

    @property
    def sums(self) -> Floats:
        """Net by horizon and present value, (entity, horizon and present value, draw)."""
        return np.asarray(self.found.sums[program(self.plan).runs.sum[self.run]])

    @property
    def largest_event(self) -> Floats:
        """As in `Effects`."""
        return np.asarray(self.found.largest[program(self.plan).runs.largest[self.run]])

    @property
    def expected(self) -> Floats:
        """As in `Effects`."""
        return np.asarray(self.found.expected[program(self.plan).runs.expected[self.run]])

    @property
    def events(self) -> tuple[EventLosses, ...]:
        """As in `Effects`."""
        spans = self.found.emitted[program(self.plan).runs.emission[self.run]]
        return tuple(self._events(spans[:, horizon]) for horizon in range(spans.shape[1]))

    def _events(self, spans: Integers) -> EventLosses:
        parts = [slice(0), *(slice(first, last) for first, last in spans.tolist())]
        every = self.found.events
        return EventLosses(
            np.concatenate([every.draw[part] for part in parts]),
            np.concatenate([every.loss[part] for part in parts]),
            np.concatenate([every.count[part] for part in parts]),
        )
