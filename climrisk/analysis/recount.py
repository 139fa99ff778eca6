"""What one thread counts of an edit: the items that it touches, and the sums that they are in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.breach import BreachCounts
from climrisk.analysis.differences import Differences
from climrisk.analysis.edit import Edit
from climrisk.analysis.item_draws import ItemDraws
from climrisk.analysis.kept_draws import KeptBlock
from climrisk.analysis.stability import RankStability
from climrisk.analysis.subject_tallies import RunTallies
from climrisk.engine.variants import runs
from climrisk.names import CURVES, MEASURED, NET, RISKS, TOTAL

__all__ = ["Recount"]

Floats = NDArray[np.float64]


class Recount:
    """Counts of an edit; `Countable` for `workers.counted`.

    Parameters
    ----------
    edit : Edit
    blocks : mapping of first draw to KeptBlock
        What was kept of every draw; changed in place.
    known : mapping of first draw to ItemDraws
        What the touched items came to before; simulated where it is not known.

    Attributes
    ----------
    tallies : RunTallies
        Of the touched items in the order of their rows, then of the sums.
    breaches : BreachCounts
        Of the rows of `curves`.
    differences : Differences
    stability : dict by run of RankStability
        Of the runs that differ in knowledge.
    found : dict by first draw of ItemDraws
        What the touched items come to.
    """

    def __init__(
        self, edit: Edit, blocks: Mapping[int, KeptBlock], known: Mapping[int, ItemDraws]
    ) -> None:
        self._edit, self._blocks, self._known = edit, blocks, known
        plan, items, sums = edit.now, edit.after, edit.sums
        self.stability = {
            run: RankStability(plan) for run in sorted({run for run, _ in edit.rows[1].expected})
        }
        subjects = [items.told[n] for _, n in items.pairs]
        self.tallies = RunTallies(plan, (*subjects, *sums.subjects), edit.distinct)
        self.curves = _curve_rows(edit)
        self.breaches = BreachCounts(plan, self.curves.stop - self.curves.start)
        self.differences = Differences(plan)
        self.found: dict[int, ItemDraws] = {}
        self._by_horizon = np.empty((0, 0, 0))
        self._values = np.empty((0, 0))

    def add(self, seed: int, draws: range, counted: Callable[[int], None]) -> None:
        """Simulate the touched items, change what is kept of the draws, and count."""
        edit, block = self._edit, self._blocks[draws.start]
        before = self._known.get(draws.start)
        if before is None:
            before = ItemDraws.simulated(edit.before, seed, draws)
        counted(0)
        after = ItemDraws.simulated(edit.after, seed, draws)
        edit.apply(seed, block, before, after)
        self.found[draws.start] = after
        self._count_items(after)
        self._count_sums(block, after)
        self._count_ranks(block)
        counted(len(draws))

    def merge(self, other: Recount) -> None:
        """Add the counts of other draws."""
        self.tallies.merge(other.tallies)
        self.breaches.merge(other.breaches)
        self.differences.merge(other.differences)
        for run, stability in self.stability.items():
            stability.merge(other.stability[run])
        self.found |= other.found

    def _count_items(self, after: ItemDraws) -> None:
        edit, tallies = self._edit, self.tallies
        plan = edit.now
        threshold, spans = plan.settings.material_effect.value, tuple(plan.horizons.values())
        sides = [edit.after.plan.items[n].side for _, n in edit.after.pairs]
        tallies.material.add(after.yearly, sides, threshold, spans)
        beyond = (after.worst > threshold).sum(axis=-1)
        tallies.draws_with_material_year[: len(beyond)] += beyond

    def _count_sums(self, block: KeptBlock, after: ItemDraws) -> None:
        edit, tallies = self._edit, self.tallies
        self._hold(len(block.draws))
        begin, found = 0, {}
        for name in MEASURED:
            own, rows = after.by_horizon[name], len(tallies.rows[name])
            found[name] = self._by_horizon[begin : begin + rows]
            found[name][: len(own)] = own
            edit.sums.by_horizon(block, name, found[name][len(own) :])
            begin += rows
        items = len(after.values)
        self._values[:items] = after.values
        edit.sums.values(block, self._values[items:])
        tallies.add(self._by_horizon, self._values)
        self.breaches.add(block.yearly[self.curves], tuple(edit.now.horizons.values()))
        total = [items + edit.sums.place[run, TOTAL] for run in range(len(runs(edit.now)))]
        net = found[NET][total], self._values[total, np.newaxis]
        self.differences.add(np.concatenate(net, axis=1))

    def _hold(self, draws: int) -> None:
        """Make room for items and sums; it is used again and again."""
        distinct, horizons = self._edit.distinct, len(self._edit.now.horizons)
        if self._values.shape[1] != draws:
            self._by_horizon = np.empty((len(distinct.changes), horizons, draws))
            self._values = np.empty((len(distinct.values), draws))

    def _count_ranks(self, block: KeptBlock) -> None:
        plan, rows = self._edit.now, self._edit.rows[1].expected
        for run, stability in self.stability.items():
            expected = np.empty((len(plan.items), len(plan.horizons), len(block.draws)))
            for n, item in enumerate(plan.items):
                if (run, item.id) in rows:
                    expected[n] = block.expected[rows[run, item.id]]
            stability.add(expected)


def _curve_rows(edit: Edit) -> slice:
    """Return the rows of the years of curves that change: all, or those of the total."""
    kept, changed = edit.rows[1].yearly, {name for _, name in edit.sums.place}
    assert CURVES[-1] == TOTAL
    if RISKS in changed:
        return slice(0, max(kept.values()) + 1)
    own = [row for (_, name), row in kept.items() if name == TOTAL]
    return slice(min(own), max(own) + 1)
