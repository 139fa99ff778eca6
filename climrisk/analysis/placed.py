"""Effects of the same draws in all runs, and where those of each entity stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.effects import Effects
from climrisk.engine.fused_results import SharedEffects
from climrisk.engine.kernel import OPERATING_COST
from climrisk.engine.own_cost import ChargedEffects
from climrisk.engine.plan import Plan
from climrisk.engine.present_value import present_value
from climrisk.metrics.counting import compiled_counting

__all__ = ["Placed"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Placed:
    """Effects of the same draws in all runs, and where those of each entity stand.

    Parameters
    ----------
    rows, further : float64 arrays (row, year, draw)
        Effects [million]; the further rows are numbered behind the others.
    row_of : int64 array (entity, channel and net)
        Their rows; the entities of one run after those of the other.
    nothing : int
        A row that is zero throughout, or -1.
    """

    rows: Floats
    further: Floats
    row_of: Integers
    nothing: int = -1

    @classmethod
    def of(cls, runs: Sequence[Effects]) -> Placed:
        """Return the effects of the same draws in several runs; shared ones are not copied."""
        costs = [one.cost for one in runs if isinstance(one, ChargedEffects)]
        inner = [one.found if isinstance(one, ChargedEffects) else one for one in runs]
        shared = [one for one in inner if isinstance(one, SharedEffects)]
        if len(shared) < len(runs):
            return cls._dense([one.amounts for one in runs])
        rows, row_of = shared[0].found.rows, [one.row for one in shared]
        if not costs:
            return cls(rows, np.empty((0, *rows.shape[1:])), np.concatenate(row_of), 0)
        for run, places in enumerate(row_of):
            own = np.zeros((1, places.shape[1]), dtype=np.int64)
            own[0, OPERATING_COST] = own[0, -1] = len(rows) + run
            row_of[run] = np.concatenate([places, own])
        return cls(rows, np.stack(costs), np.concatenate(row_of), 0)

    @classmethod
    def _dense(cls, amounts: Sequence[Floats]) -> Placed:
        together = np.concatenate(amounts)
        entities, channels, years, draws = together.shape
        row_of = np.arange(entities * channels).reshape(entities, channels)
        rows = together.reshape(-1, years, draws)
        return cls(rows, np.empty((0, years, draws)), row_of)

    def channel(self, number: int, entities: Sequence[int] | slice = slice(None)) -> Floats:
        """Return the effects of entities on one channel or net, (entity, year, draw)."""
        return self._at(self.row_of[entities, number])

    def put(self, number: int, entities: Sequence[int], into: Floats) -> None:
        """Put what `channel` returns into an array of that shape, without another copy."""
        for to, place in zip(into, self.row_of[entities, number], strict=True):
            inside = place < len(self.rows)
            to[...] = self.rows[place] if inside else self.further[place - len(self.rows)]

    def _at(self, places: Integers) -> Floats:
        behind = places >= len(self.rows)
        found = np.asarray(self.rows[np.where(behind, 0, places)])
        found[behind] = self.further[places[behind] - len(self.rows)]
        return found

    def present_values(self, plan: Plan) -> tuple[Floats, Integers]:
        """Return present values of net, and which of them is whose.

        Returns
        -------
        values : float64 array (value, draw)
            As `present_value` gives them [million].
        value_of : int64 array (entity,)
        """
        rows, value_of = np.unique(self.row_of[:, -1], return_inverse=True)
        counting = compiled_counting()
        if counting is None:
            return present_value(plan, self._at(rows)), value_of
        values = np.empty((len(rows), self.rows.shape[-1]))
        of = (self.rows, self.further, rows, self.nothing)
        counting.present_values(*of, plan.discount, plan.step, values)
        return values, value_of
