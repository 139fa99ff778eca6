"""Where the results of each run stand: runs in which an item does the same share its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from climrisk.engine import fused_operations as op
from climrisk.engine.assembly import AMOUNTS, OF_CLASS, REGION, SUMS, Assembly, Row
from climrisk.engine.plan import Plan
from climrisk.engine.planned import with_measure
from climrisk.engine.variants import Run, first_alike
from climrisk.names import MEASURED

__all__ = ["NET", "Closing", "Runs", "closed_sums", "closed_year"]

Integers = NDArray[np.int64]
NET = len(MEASURED) - 1


class Runs:
    """The runs of a plan, each planned measure alone included.

    Parameters
    ----------
    plan : Plan

    Attributes
    ----------
    place : dict of run to int
        Position of each run.
    told : list of int
        Positions of the runs that results are told of.
    first : int64 array (item, run)
        First run in which each item does the same.
    row : int64 array (run, entity, channel and net)
        Row of each amount; row 0 is zero.
    sum : int64 array (run, entity)
        Place of net by horizon and present value; place 0 is zero.
    expected : int64 array (run, item)
        Place of the expected effect given knowledge; place 0 is unknown.
    emission : int64 array (run, item, horizon)
        Place of the single events; place 0 has none.
    largest, overlap : int64 array (run,)
        Place of the largest event, where 0 is zero, and of the overlap, or -1.
    """

    def __init__(self, plan: Plan) -> None:
        alone = [with_measure(name) for name in plan.measures]
        runs = [(s, c) for s in plan.scenarios for c in (*plan.controls, *alone)]
        self.place: dict[Run, int] = {run: place for place, run in enumerate(runs)}
        self.told = [place for place, (_, control) in enumerate(runs) if control in plan.controls]
        self.all = runs
        self.first = first_alike(plan, runs)
        count, items = len(runs), len(plan.items)
        self.row = np.zeros((count, plan.entities, NET + 1), dtype=np.int64)
        self.sum = np.zeros((count, plan.entities), dtype=np.int64)
        self.expected = np.zeros((count, items), dtype=np.int64)
        self.emission = np.zeros((count, items, len(plan.horizons)), dtype=np.int64)
        self.largest = np.zeros(count, dtype=np.int64)
        self.overlap = np.full(count, -1, dtype=np.int64)
        self.overlaps = 0
        self.emissions = 1

    def classes(self, item: int) -> list[list[int]]:
        """Return the first runs of the item's variants, those of one class of scenarios together.

        In a class the drivers do the same. Its variants all appear in its first scenario, as the
        controls are the same in each.
        """
        found: dict[str, list[int]] = {}
        for run in dict.fromkeys(self.first[item].tolist()):
            found.setdefault(self.all[run][0], []).append(run)
        return list(found.values())

    def like(self, item: int, run: int) -> Integers:
        """Return the runs in which an item does what it does in a run."""
        return np.flatnonzero(self.first[item] == run)

    def is_told(self, runs: Integers) -> bool:
        """Return whether results are told of any of the runs."""
        return bool(set(runs.tolist()) & set(self.told))

    def groups(
        self, items: Sequence[int], among: Sequence[int]
    ) -> dict[tuple[int, ...], list[int]]:
        """Return the runs by what several items do in them: the items' first runs."""
        found: dict[tuple[int, ...], list[int]] = {}
        for run in among:
            found.setdefault(tuple(self.first[list(items), run].tolist()), []).append(run)
        return found


def closed_sums(plan: Plan, to: Assembly) -> None:
    """Write every present value on the money grid, behind the last year."""
    width = len(plan.horizons) + 1
    for place in range(1, to.used(SUMS) // width):
        row = Row(SUMS * REGION + place * width + width - 1)
        to.act(op.SNAP, row, row, years=range(to.years - 1, to.years))


@dataclass(frozen=True)
class Closing:
    """What net of a year is closed from: a row, or the sums of single events.

    Parameters
    ----------
    net : Row or None
        The row; None for the sums.
    numbers : tuple of float
        Where the sums stand.
    """

    net: Row | None
    numbers: tuple[float, ...] = ()

    def write(self, to: Assembly, out: Row, present: Row, total: Row | None, years: range) -> None:
        """Write net on the money grid to `out`, to the present value and to a total."""
        if self.net is None:
            unused = to.room(region=OF_CLASS) if total is None else total
            to.act(op.READ_AND_CLOSE, out, present, unused, numbers=self.numbers, years=years)
        elif total is None:
            to.act(op.SNAP_AND_DISCOUNT, out, self.net, present, years=years)
        else:
            to.act(op.SNAP_AND_CLOSE, out, self.net, present, total, years=years)


def closed_year(plan: Plan, to: Assembly, closing: Closing, told: bool) -> tuple[int, int]:
    """Write net of a year on the money grid, to its horizon and to the present value.

    The region of the sums is zero before a program runs.

    Returns
    -------
    tuple of int
        Row of the amounts, 0 where none is told of, and place of the sums.
    """
    spans = list(plan.horizons.values())
    row, place = 0, to.used(SUMS) // (len(spans) + 1)
    sums = to.room(len(spans) + 1, region=SUMS)
    if told:
        row = to.used(AMOUNTS) // to.years
        out = to.room(region=AMOUNTS, moves=True)
    else:
        out = to.room(region=OF_CLASS)
    present = sums + len(spans)
    starts = sorted({0, to.years, *(year for span in spans for year in (span.start, span.stop))})
    for years in (range(*pair) for pair in pairwise(starts)):
        own = [n for n, span in enumerate(spans) if span.start <= years.start < span.stop]
        closing.write(to, out, present, sums + own[0] if own else None, years)
        for number in own[1:]:
            to.act(op.ADD_TO, sums + number, out, years=years)
    return row, place
