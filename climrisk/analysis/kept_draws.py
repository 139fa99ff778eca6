"""What every single draw came to, in blocks of consecutive draws that edits change in place.

Effects are multiples of one step, so that taking off what an item came to and adding what it comes
to now leaves no trace of the way there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.held_losses import Reach, Taken, reach_of
from climrisk.analysis.kept_rows import KeptRows, Of, moved
from climrisk.analysis.placed import Placed
from climrisk.analysis.sharing import sharing
from climrisk.analysis.subject_rows import SubjectRows, Yearly
from climrisk.engine.block import Block
from climrisk.engine.plan import Plan
from climrisk.engine.subjects import subjects
from climrisk.engine.variants import variants
from climrisk.names import HEADLINES, NET

__all__ = ["DrawKeeper", "KeptBlock"]

Floats = NDArray[np.float64]


@dataclass
class KeptBlock:
    """What consecutive draws came to; `KeptRows` says what stands in which row.

    Parameters
    ----------
    draws : range
        Numbers of the draws.
    by_horizon : dict by channel and net of float64 array (row, horizon, draw)
        Undiscounted sums over the years of each horizon, without overlap [million].
    values : float64 array (row, draw)
        Net present values, without overlap [million].
    yearly : float64 array (row, year, draw)
        Net, overlap included [million].
    expected : float64 array (row, horizon, draw)
        Expected effects given what the draw believes [million].
    overlap : Taken
        What caps of exposures take back.
    reach : dict by item and exposure of float32 array (draw,)
        See `reach_of`.
    """

    draws: range
    by_horizon: dict[str, Floats]
    values: Floats
    yearly: Floats
    expected: Floats
    overlap: Taken
    reach: Reach = field(default_factory=dict)

    @classmethod
    def empty(cls, plan: Plan, rows: KeptRows, draws: range) -> KeptBlock:
        """Return a block to be filled."""
        shape = len(plan.horizons), len(draws)
        count = {name: _rows(of) for name, of in rows.by_horizon.items()}
        return cls(
            draws,
            {name: np.empty((several, *shape)) for name, several in count.items()},
            np.empty((count[NET], len(draws))),
            np.empty((_rows(rows.yearly), len(plan.years), len(draws))),
            np.empty((_rows(rows.expected), *shape)),
            Taken.nothing(plan),
        )

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        held = [self.values, self.yearly, self.expected, *self.by_horizon.values()]
        bounds = sum(one.nbytes for one in self.reach.values())
        return sum(one.nbytes for one in held) + bounds + self.overlap.nbytes

    def move(self, before: KeptRows, after: KeptRows) -> None:
        """Put everything where another plan has it."""
        for name, of in self.by_horizon.items():
            self.by_horizon[name] = moved(of, before.by_horizon[name], after.by_horizon[name])
        net = before.by_horizon[NET], after.by_horizon[NET]
        self.values = moved(self.values, *net)
        self.yearly = moved(self.yearly, before.yearly, after.yearly)
        self.expected = moved(self.expected, before.expected, after.expected)


class DrawKeeper:
    """Keeps sums of all draws while they are counted; threads may share one.

    Parameters
    ----------
    plan : Plan
    ranges : sequence of range
        Draws of each block; one thread counts all draws of a block.
    """

    def __init__(self, plan: Plan, ranges: Sequence[range]) -> None:
        told = subjects(plan)
        shared = sharing(plan, told)
        own = np.stack([shared.own(run) for run in range(len(shared.runs))])
        names = {one.name: n for n, one in enumerate(told)}
        self._plan, self.rows, self._blocks = plan, KeptRows.of(plan), dict[int, KeptBlock]()
        self._ranges = {one.start: one for one in ranges}

        def counted(key: Of) -> tuple[int, int]:
            run, n = key[0], names[key[1]]
            return int(shared.run[run, n]), int(shared.subject[run, n])

        self._from: dict[str, list[int]] = {}
        for name, of in self.rows.by_horizon.items():
            rows = SubjectRows(plan, told, name, own)
            self._from[name] = _sources(of, {key: rows.place[counted(key)] for key in of})
        # net is the last of the channels
        place = {row: number for number, row in enumerate(rows.headlines)}
        heads = {key: place[rows.place[counted(key)]] for key in self.rows.yearly}
        assert all(name in HEADLINES for _, name in heads)
        self._heads = _sources(self.rows.yearly, heads)
        first, items = variants(plan), [item.id for item in plan.items]
        self._expected = {
            run: [
                (self.rows.expected[run, item], n)
                for n, item in enumerate(items)
                if (run, item) in self.rows.expected and first[n, run] == run
            ]
            for run in range(len(shared.runs))
        }

    def add(self, first: int, found: Mapping[str, Yearly], values: Floats) -> None:
        """Keep consecutive draws from `first`; see `Accumulator`."""
        block = self._block(first)
        own = slice(first - block.draws.start, first - block.draws.start + values.shape[-1])
        for name, rows in self._from.items():
            _put(block.by_horizon[name], own, found[name].by_horizon, rows)
        _put(block.values, own, values, self._from[NET])
        _put(block.yearly, own, found[NET].headlines, self._heads)

    def add_expected(self, first: int, run: int, expected: Floats) -> None:
        """Keep expected effects, (item, horizon, draw), of consecutive draws from `first`."""
        block = self._block(first)
        start = first - block.draws.start
        for row, item in self._expected[run]:
            block.expected[row, :, start : start + expected.shape[-1]] = expected[item]

    def add_caps(self, effects: Placed, blocks: Sequence[Block]) -> None:
        """Keep what caps take back from the same draws in all runs, and how near losses come."""
        first, several = int(blocks[0].draws[0]), len(blocks[0].draws)
        block = self._block(first)
        start = first - block.draws.start
        places = np.arange(start, start + several)
        block.overlap = block.overlap.joined(Taken.of(self._plan, effects).at_places(places))
        for key, found in reach_of(self._plan, effects, blocks[0].world.sizes).items():
            kept = block.reach.setdefault(key, np.empty(len(block.draws), dtype=np.float32))
            kept[places] = found

    def kept(self) -> tuple[KeptBlock, ...]:
        """Return what was kept, in ascending order of the draws."""
        return tuple(block for _, block in sorted(self._blocks.items()))

    def _block(self, draw: int) -> KeptBlock:
        start = max(one for one in self._ranges if one <= draw)
        if start not in self._blocks:
            empty = KeptBlock.empty(self._plan, self.rows, self._ranges[start])
            self._blocks[start] = empty
        return self._blocks[start]


def _rows(of: Mapping[Of, int]) -> int:
    return len(set(of.values()))


def _sources(rows: Mapping[Of, int], counted: Mapping[Of, int]) -> list[int]:
    """Return for each row where it is counted."""
    source = {row: counted[key] for key, row in rows.items()}
    return [source[row] for row in sorted(source)]


def _put(into: Floats, draws: slice, found: Floats, rows: Sequence[int]) -> None:
    """Put some rows of what consecutive draws came to where they are kept."""
    for kept, row in zip(into, rows, strict=True):
        kept[..., draws] = found[row]
