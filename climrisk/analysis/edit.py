"""An edit of items: what it touches, and how the kept draws change with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.edit_sums import EditSums
from climrisk.analysis.held_losses import Taken, exposures_of
from climrisk.analysis.item_draws import ItemDraws, ItemRows, of_all_runs
from climrisk.analysis.kept_draws import KeptBlock
from climrisk.analysis.kept_rows import KeptRows, Of
from climrisk.analysis.placed import Placed
from climrisk.analysis.same_amounts import Distinct, SameAmounts, distinct_rows
from climrisk.engine.plan import Plan
from climrisk.engine.reduced import is_capped, reduced
from climrisk.engine.subjects import subjects
from climrisk.names import (
    MEASURED,
    NET,
    OPPORTUNITIES,
    OVERLAP,
    RISKS,
    TOTAL,
    TOTAL_BEFORE_MEASURES,
)

__all__ = ["Edit"]

Floats = NDArray[np.float64]
Moves = list[tuple[int, int]]
"""Row of what is kept, row of an item."""
NEARLY_FULL: Final = 1.0 - 1e-6
"""Sum of bounds below which a cap takes back nothing, whatever the rounding of a sum."""


@dataclass(frozen=True, eq=False)
class Edit:
    """An edit of items.

    Parameters
    ----------
    was, now : Plan
        Of all items, before and after.
    names : frozenset of str
        Items that are touched.
    """

    was: Plan
    now: Plan
    names: frozenset[str]

    @cached_property
    def before(self) -> ItemRows:
        """The touched items as they were."""
        return ItemRows(reduced(self.was, self.names))

    @cached_property
    def after(self) -> ItemRows:
        """The touched items as they are."""
        return ItemRows(reduced(self.now, self.names))

    @cached_property
    def rows(self) -> tuple[KeptRows, KeptRows]:
        """Where draws are kept, before and after."""
        return KeptRows.of(self.was), KeptRows.of(self.now)

    @cached_property
    def moves(self) -> tuple[dict[str, Moves], dict[str, Moves]]:
        """Rows of items in rows of what is kept, before and after, by channel and net."""
        return self._moves(self.before), self._moves(self.after)

    @cached_property
    def sums(self) -> EditSums:
        """The sums that have to be counted again."""
        touched = [item for rows in (self.before, self.after) for item in rows.plan.items]
        names = {item.category for item in touched} | {TOTAL_BEFORE_MEASURES, TOTAL}
        names |= {RISKS if item.kind == "risk" else OPPORTUNITIES for item in touched}
        names |= {OVERLAP} if self._caps else set()
        return EditSums(self.now, self.rows[1], names)

    @cached_property
    def distinct(self) -> Distinct:
        """What is counted for what, of the touched items and then the sums in each channel."""
        told = subjects(self.now)
        place = {one.name: n for n, one in enumerate(told)}
        rows = {}
        for number, name in enumerate(MEASURED):
            items = self.after.by_channel[name].place
            rows[name] = [(run, place[self.after.told[n].name]) for run, n in items]
            rows[name] += [(run, n) for run, n in self.sums.pairs if number in told[n].measured]
        return distinct_rows(self.now, SameAmounts(self.now, told), told, rows)

    def apply(self, seed: int, block: KeptBlock, before: ItemDraws, after: ItemDraws) -> None:
        """Change what is kept of some draws, in place.

        Parameters
        ----------
        seed : int
        block : KeptBlock
        before, after : ItemDraws
            What the touched items came to in its draws, and what they come to now.
        """
        block.move(*self.rows)
        overlap = self._overlap(seed, block, after) if self._caps else block.overlap
        for of, moves, sign in zip((before, after), self.moves, (-1, 1), strict=True):
            for name in MEASURED:
                _change(block.by_horizon[name], of.by_horizon[name], moves[name], sign)
            _change(block.values, of.values, moves[NET], sign)
        self._change_years(block, before, after, overlap)
        block.overlap = overlap
        place = {item.id: n for n, item in enumerate(self.after.plan.items)}
        for row, (run, name) in _representatives(self.rows[1].expected):
            if name in place:
                block.expected[row] = after.expected[run][place[name]]

    def _change_years(
        self, block: KeptBlock, before: ItemDraws, after: ItemDraws, overlap: Taken
    ) -> None:
        parts = (self.before, before, -1), (self.after, after, 1)
        for row, (run, curve) in _representatives(self.rows[1].yearly):
            kept = block.yearly[row]
            for rows, of, sign in parts:
                for n, item in enumerate(rows.plan.items):
                    if curve == TOTAL or item.kind == "risk":
                        _add(kept, of.yearly[rows.row(NET, run, n)], sign)
            if curve == TOTAL:
                kept[:, block.overlap.at] -= block.overlap.yearly[run]
                kept[:, overlap.at] += overlap.yearly[run]

    def _moves(self, rows: ItemRows) -> dict[str, Moves]:
        """Return which rows of the touched items are in which rows of what is kept."""
        items = rows.plan.items
        found: dict[str, Moves] = {}
        for number, name in enumerate(MEASURED):
            found[name] = [
                (row, rows.row(name, run, n))
                for row, (run, part) in _representatives(self.rows[1].by_horizon[name])
                for n, item in enumerate(items)
                if item.category == part and number in rows.told[n].measured
            ]
        return found

    @cached_property
    def _caps(self) -> bool:
        """Whether losses of a touched item are held by exposures."""
        return any(is_capped(i) for rows in (self.before, self.after) for i in rows.plan.items)

    @cached_property
    def _exposures(self) -> dict[str, list[str]]:
        return exposures_of(self.now)

    @cached_property
    def _capped(self) -> Plan:
        """All capped items, as they are."""
        return reduced(self.now, {name for of in self._exposures.values() for name in of})

    def _overlap(self, seed: int, block: KeptBlock, after: ItemDraws) -> Taken:
        """Return what caps take back now.

        Nothing where the bounds of no touched item's exposure are passed and nothing was taken
        before; what is taken from the touched items alone, where only such exposures can be
        passed that hold no other item. All capped items are simulated in the draws that are left.
        """
        for key in [key for key in block.reach if key[0] in self.names]:
            del block.reach[key]
        block.reach.update(after.reach)
        none = np.zeros(len(block.draws), dtype=np.bool_)
        touched, shared = none.copy(), none.copy()
        for exposure, items in self._exposures.items():
            passed = sum((block.reach[item, exposure].astype(float) for item in items), none * 0.0)
            passed = passed > NEARLY_FULL
            if self.names & set(items):
                touched |= passed
            if not self.names >= set(items):
                shared |= passed
        before = none.copy()
        before[block.overlap.at] = True
        again = shared & (touched | before)
        return after.overlap.where(~shared).joined(self._simulated(seed, block.draws, again))

    def _simulated(self, seed: int, draws: range, wanted: NDArray[np.bool_]) -> Taken:
        """Return what caps take back in some draws, (draw,)."""
        plan, found, done = self._capped, Taken.nothing(self._capped), 0
        places = np.flatnonzero(wanted)
        if not len(places):
            return found
        for blocks in of_all_runs(plan, seed, draws.start + places):
            own = places[done : done + len(blocks[0].draws)]
            taken = Taken.of(plan, Placed.of([block.effects for block in blocks]))
            found = found.joined(taken.at_places(own))
            done += len(own)
        return found


def _representatives(rows: dict[Of, int]) -> Iterator[tuple[int, Of]]:
    """Return the first key of every row."""
    return iter({row: key for key, row in reversed(rows.items())}.items())


def _change(kept: Floats, of: Floats, moves: Moves, sign: int) -> None:
    for to, row in moves:
        _add(kept[to], of[row], sign)


def _add(kept: Floats, amounts: Floats, sign: int) -> None:
    (np.add if sign > 0 else np.subtract)(kept, amounts, out=kept)
