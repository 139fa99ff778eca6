"""The figures of a study after an edit: those of what it touches anew, all others taken over."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from climrisk.analysis.edit import Edit
from climrisk.analysis.outputs import BREACHES, variables_of
from climrisk.analysis.recount import Recount
from climrisk.analysis.sharing import sharing
from climrisk.analysis.stability import RankStability
from climrisk.analysis.statistics import TAIL, Values, statistics
from climrisk.engine.plan import Plan
from climrisk.engine.subjects import subjects
from climrisk.engine.variants import runs
from climrisk.names import CURVES, NET

__all__ = ["Figures", "renewed"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Figures:
    """What a study comes to.

    Parameters
    ----------
    plan : Plan
    values : dict by variable of float64 array (run, ...)
        As `statistics` returns them.
    stability : tuple of RankStability
        Of each run.
    differences : Dataset
        Of the total, between runs.
    """

    plan: Plan
    values: Values
    stability: tuple[RankStability, ...]
    differences: xr.Dataset


def renewed(old: Figures, edit: Edit, counts: Recount, outputs: Collection[str]) -> Figures:
    """Return what a study comes to after an edit.

    Parameters
    ----------
    old : Figures
        Before it.
    edit : Edit
    counts : Recount
        Of all draws.
    outputs : collection of str
        What is wanted and was counted.
    """
    again = statistics(edit.now, {("", ""): counts.tallies}, set(outputs) - {BREACHES})
    fresh = {name: one[0] for name, one in again.items()} | counts.breaches.shares()
    dims = {name: one.dims[2] for name, one in variables_of(outputs).items()} | {TAIL: "item"}
    places = _places(edit, counts)
    values = {
        name: places[dims[name]].put(known, fresh[name]) for name, known in old.values.items()
    }
    return Figures(edit.now, values, _stability(old, edit, counts), counts.differences.dataset())


@dataclass(frozen=True)
class _Places:
    """Where figures go along one dimension.

    Parameters
    ----------
    size : int
        Names after the edit.
    old : int64 array (2, name)
        Positions of names that were there before: now, and before.
    fresh : int64 array (3, figure)
        Run, name and row of what was counted.
    """

    size: int
    old: Integers
    fresh: Integers

    @classmethod
    def of(cls, was: list[str], now: list[str], fresh: Iterable[tuple[int, str, int]]) -> _Places:
        """Return the places of names."""
        to, before = ({name: n for n, name in enumerate(names)} for names in (now, was))
        old = [(n, before[name]) for name, n in to.items() if name in before]
        rows = [(run, to[name], row) for run, name, row in fresh]
        return cls(
            len(now),
            np.array(old, dtype=np.int64).reshape(-1, 2).T,
            np.array(rows, dtype=np.int64).reshape(-1, 3).T,
        )

    def put(self, known: Floats, fresh: Floats) -> Floats:
        """Return the figures of all names, (run, name, ...): fresh ones where there are."""
        found = np.empty((len(known), self.size, *known.shape[2:]))
        found[:, self.old[0]] = known[:, self.old[1]]
        run, name, row = self.fresh
        if len(row):
            found[run, name] = fresh[row]
        return found


def _places(edit: Edit, counts: Recount) -> dict[str, _Places]:
    """Return where figures go, by dimension."""
    was, now = ([one.name for one in subjects(plan)] for plan in (edit.was, edit.now))
    rows, several = edit.after, range(len(runs(edit.now)))
    items = [
        (run, one.name, rows.row(NET, run, n)) for n, one in enumerate(rows.told) for run in several
    ]
    sums = [(run, name, len(rows.pairs) + n) for (run, name), n in edit.sums.place.items()]
    curves = counts.curves
    years = [
        (run, name, row - curves.start)
        for (run, name), row in edit.rows[1].yearly.items()
        if curves.start <= row < curves.stop
    ]
    return {
        "item": _Places.of(was[: len(edit.was.items)], now[: len(edit.now.items)], items),
        "subject": _Places.of(was, now, [*items, *(one for one in sums if one[1] in now)]),
        "curve": _Places.of(list(CURVES), list(CURVES), years),
    }


def _stability(old: Figures, edit: Edit, counts: Recount) -> tuple[RankStability, ...]:
    """Return the stability of the ranks in each run."""
    if not counts.stability:
        return tuple(RankStability(edit.now) for _ in old.stability)
    knowledge = sharing(edit.now, subjects(edit.now)).knowledge.tolist()
    return tuple(counts.stability[run] for run in knowledge)
