"""What some items come to in every single draw, simulated alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.held_losses import Reach, Taken, reach_of
from climrisk.analysis.placed import Placed
from climrisk.analysis.sharing import Sharing, sharing
from climrisk.analysis.subject_rows import SubjectRows
from climrisk.analysis.tallies import NUMPY_DRAWS
from climrisk.engine.block import Block
from climrisk.engine.kernels import NUMPY, kernel_name, simulated_block
from climrisk.engine.plan import Plan
from climrisk.engine.subjects import Subject, entity_names, subjects
from climrisk.engine.variants import runs
from climrisk.names import MEASURED, NET
from climrisk.portable.arrays import Draws

__all__ = ["ItemDraws", "ItemRows", "of_all_runs"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ItemRows:
    """Where what the items of a plan come to stands; what is the same has one row.

    Parameters
    ----------
    plan : Plan
        Of these items alone.
    """

    plan: Plan

    @cached_property
    def told(self) -> tuple[Subject, ...]:
        """The items as subjects."""
        return subjects(self.plan)[: len(self.plan.items)]

    @cached_property
    def shared(self) -> Sharing:
        """What is counted for what."""
        return sharing(self.plan, self.told)

    @cached_property
    def by_channel(self) -> dict[str, SubjectRows]:
        """Rows of each channel and of net."""
        own = np.stack([self.shared.own(run) for run in range(len(self.shared.runs))])
        return {name: SubjectRows(self.plan, self.told, name, own) for name in MEASURED}

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """Run and item of each row of net: all there are."""
        return list(self.by_channel[NET].place)

    def row(self, name: str, run: int, item: int) -> int:
        """Return the row of an item in a run."""
        place = self.by_channel[name].place
        return place[int(self.shared.run[run, item]), int(self.shared.subject[run, item])]


@dataclass(eq=False)
class ItemDraws:
    """What items come to in consecutive draws; `ItemRows` says what stands in which row.

    Parameters
    ----------
    by_horizon : dict by channel and net of float64 array (row, horizon, draw)
        Undiscounted sums over the years of each horizon [million].
    worst : float64 array (row, horizon, draw)
        Largest effect on net on the item's own side in a year of the horizon [million].
    values : float64 array (row, draw)
        Net present values [million].
    yearly : float64 array (row, year, draw)
        Net [million].
    expected : dict by run of float64 array (item, horizon, draw)
        Expected effects given what the draw believes [million]; runs that differ in knowledge.
    overlap : Taken
        What caps take back from these items alone.
    reach : dict by item and exposure of float32 array (draw,)
        See `reach_of`.
    """

    by_horizon: dict[str, Floats]
    worst: Floats
    values: Floats
    yearly: Floats
    expected: dict[int, Floats]
    overlap: Taken
    reach: Reach

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        held = [self.worst, self.values, self.yearly, *self.expected.values()]
        bounds = sum(one.nbytes for one in self.reach.values())
        several = [*held, *self.by_horizon.values()]
        return sum(one.nbytes for one in several) + bounds + self.overlap.nbytes

    @classmethod
    def simulated(cls, rows: ItemRows, seed: int, draws: range) -> ItemDraws:
        """Return what the items come to."""
        plan, many = rows.plan, len(draws)
        shape = len(plan.horizons), many
        room = {
            name: of.room(
                np.empty((len(of), *shape)), len(plan.years), with_worst=True, with_headlines=False
            )
            for name, of in rows.by_channel.items()
        }
        knowledge = rows.shared.knowledge.tolist()
        found = cls(
            {name: one.by_horizon for name, one in room.items()},
            room[NET].worst,
            np.empty((len(rows.pairs), many)),
            np.empty((len(rows.pairs), len(plan.years), many)),
            {run: np.empty((len(plan.items), *shape)) for run in sorted(set(knowledge))},
            Taken.nothing(plan),
            {},
        )
        for blocks in of_all_runs(plan, seed, draws):
            effects = Placed.of([block.effects for block in blocks])
            place = int(blocks[0].draws[0]) - draws.start
            for name, of in rows.by_channel.items():
                of.add_years(effects, room[name], place)
            found._fill(rows, effects, blocks, slice(place, place + len(blocks[0].draws)))
        return found

    def _fill(self, rows: ItemRows, effects: Placed, blocks: tuple[Block, ...], own: slice) -> None:
        plan, net = rows.plan, rows.by_channel[NET]
        places = np.arange(own.start, own.stop)
        self.values[:, own] = net.values(*effects.present_values(plan))
        self.overlap = self.overlap.joined(Taken.of(plan, effects).at_places(places))
        several = len(entity_names(plan))
        entities = [run * several + item for run, item in rows.pairs]
        effects.put(-1, entities, self.yearly[..., own])
        for run, expected in self.expected.items():
            expected[..., own] = blocks[run].effects.expected
        many = self.values.shape[1]
        for key, bound in reach_of(plan, effects, blocks[0].world.sizes).items():
            self.reach.setdefault(key, np.empty(many, dtype=np.float32))[own] = bound


def of_all_runs(plan: Plan, seed: int, draws: Draws) -> Iterator[tuple[Block, ...]]:
    """Yield the blocks of the same draws in all runs."""
    width = NUMPY_DRAWS if kernel_name() == NUMPY else None
    blocks: list[Block] = []
    for block in simulated_block(plan, seed, draws, width):
        blocks.append(block)
        if len(blocks) == len(runs(plan)):
            yield tuple(blocks)
            blocks = []
