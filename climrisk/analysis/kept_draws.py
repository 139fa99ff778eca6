"""Sums over each horizon in every single draw, of all subjects but the items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.sharing import sharing
from climrisk.analysis.subject_rows import SubjectRows, Yearly
from climrisk.engine.plan import Plan
from climrisk.engine.subjects import subjects
from climrisk.names import MEASURED, NET

__all__ = ["DrawKeeper", "KeptDraws"]

Floats = NDArray[np.float64]
Of = tuple[int, str]
"""Position of the run, name of the subject."""


@dataclass(frozen=True)
class KeptDraws:
    """What the sums came to in every draw.

    Parameters
    ----------
    by_horizon : dict by channel and net of dict by run and subject of float64 array (horizon, draw)
        Undiscounted sums over the years of each horizon [million]; arrays are shared.
    values : dict by run and subject of float64 array (draw,)
        Net present values [million].
    """

    by_horizon: dict[str, dict[Of, Floats]] = field(default_factory=dict)
    values: dict[Of, Floats] = field(default_factory=dict)


class DrawKeeper:
    """Keeps the sums of all draws while they are counted; threads may share one.

    Parameters
    ----------
    plan : Plan
    draws : int
        Draws of the run, from 0.
    """

    def __init__(self, plan: Plan, draws: int) -> None:
        told = subjects(plan)
        shared = sharing(plan, told)
        several = range(len(shared.runs))
        own = np.stack([shared.own(run) for run in several])
        self._place: dict[str, dict[Of, int]] = {}
        for number, name in enumerate(MEASURED):
            rows = SubjectRows(plan, told, name, own).place
            self._place[name] = {
                (run, one.name): rows[int(shared.run[run, n]), int(shared.subject[run, n])]
                for run in several
                for n, one in enumerate(told[len(plan.items) :], start=len(plan.items))
                if number in one.measured
            }
        self._rows = {name: sorted(set(of.values())) for name, of in self._place.items()}
        shape = len(plan.horizons), draws
        self._by_horizon = {name: np.empty((len(of), *shape)) for name, of in self._rows.items()}
        self._values = np.empty((len(self._rows[NET]), draws))

    def add(self, first: int, found: Mapping[str, Yearly], values: Floats) -> None:
        """Keep consecutive draws from `first`; see `Accumulator`."""
        own = slice(first, first + values.shape[-1])
        for name, rows in self._rows.items():
            self._by_horizon[name][..., own] = found[name].by_horizon[rows]
        self._values[:, own] = values[self._rows[NET]]

    def kept(self) -> KeptDraws:
        """Return what was kept, without copies; what is the same is one array."""
        sums = {
            name: dict(zip(rows, self._by_horizon[name], strict=True))
            for name, rows in self._rows.items()
        }
        values = dict(zip(self._rows[NET], self._values, strict=True))
        return KeptDraws(
            {
                name: {key: sums[name][row] for key, row in place.items()}
                for name, place in self._place.items()
            },
            {key: values[row] for key, row in self._place[NET].items()},
        )
