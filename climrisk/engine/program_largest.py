"""Instructions for the largest loss from one event, which all items with single events raise."""

from __future__ import annotations

from climrisk.engine import fused_operations as op
from climrisk.engine.assembly import LARGEST, Assembly, Row
from climrisk.engine.plan import Plan
from climrisk.engine.program_runs import Runs

__all__ = ["LargestEvents"]


class LargestEvents:
    """The largest loss of each year, one for all runs in which all items do the same.

    Parameters
    ----------
    plan, to, runs
        What is written for, and where.
    """

    def __init__(self, plan: Plan, to: Assembly, runs: Runs) -> None:
        self._to, self._runs = to, runs
        self._items = [n for n, item in enumerate(plan.items) if item.has_single_events]
        self._groups = runs.groups(self._items, runs.told) if self._items else {}
        self._rows: dict[tuple[int, ...], Row] = {}

    def begin(self) -> None:
        """Write that nothing is lost yet in the year."""
        for runs in self._groups:
            self._rows[runs] = self._to.room()
            self._to.act(op.FILL, self._rows[runs], numbers=(0.0,))

    def raised(
        self,
        item: int,
        run: int,
        what: int,
        operands: tuple[Row, ...] = (),
        numbers: tuple[float, ...] = (),
    ) -> None:
        """Let an instruction raise the losses of all runs in which an item does the same."""
        place = self._items.index(item)
        for runs, row in self._rows.items():
            if runs[place] == run:
                self._to.act(what, row, *operands, numbers=numbers)

    def close(self) -> None:
        """Write them on the money grid."""
        for runs, like in self._groups.items():
            self._runs.largest[like] = self._to.used(LARGEST) // self._to.years
            self._to.act(op.SNAP, self._to.room(region=LARGEST, moves=True), self._rows[runs])
