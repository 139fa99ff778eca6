"""The sums of items that an edit changes: what they are made of, and where they are counted."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.held_losses import Taken
from climrisk.analysis.kept_draws import KeptBlock
from climrisk.analysis.kept_rows import KeptRows, Of
from climrisk.analysis.sharing import sharing
from climrisk.engine.plan import Plan
from climrisk.engine.subjects import Subject, subjects
from climrisk.metrics.counting import compiled_counting
from climrisk.names import HEADLINES, MEASURED, NET

__all__ = ["ChannelSums", "EditSums"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class ChannelSums:
    """Sums in one channel.

    Parameters
    ----------
    members, first : int64 arrays
        Rows of what is kept that each sum adds up, and where its own begin, then the end.
    held : tuple of (sum, run)
        Sums with the overlap of a run.
    """

    members: Integers
    first: Integers
    held: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        """Return how many sums there are."""
        return len(self.first) - 1

    def put(self, kept: Floats, taken: Floats, at: Integers, sums: Floats) -> None:
        """Put the sums of some draws.

        Parameters
        ----------
        kept : float64 array (row, ..., draw)
            What is kept.
        taken, at : float64 array (run, ..., position), int64 array (position,)
            What caps take back, and in which draws.
        sums : float64 array (sum, ..., draw)
            Filled.
        """
        counting = compiled_counting()
        if counting is None:
            for number, total in enumerate(sums):
                own = self.members[self.first[number] : self.first[number + 1]]
                total[...] = kept[own].sum(axis=0)
        else:
            wide = math.prod(kept.shape[1:])  # there may be no rows
            flat = kept.reshape(len(kept), wide), sums.reshape(len(sums), wide)
            counting.sum_members(flat[0], self.members, self.first, flat[1])
        if len(at):
            for number, run in self.held:
                sums[number][..., at] += taken[run]


class EditSums:
    """Sums that are counted again, those of runs that do the same once.

    Parameters
    ----------
    plan : Plan
        After the edit.
    kept : KeptRows
        Of this plan.
    names : collection of str
        Which sums.

    Attributes
    ----------
    pairs : list of (run, subject)
        All of them, run by run, by position among the plan's subjects.
    subjects : list of Subject
        The same.
    place : dict of (run, name) to int
        Position among them.
    by_channel : dict by channel and net of ChannelSums
        Of those that can touch it, in their order.
    """

    def __init__(self, plan: Plan, kept: KeptRows, names: Collection[str]) -> None:
        told = subjects(plan)
        shared = sharing(plan, told)
        again = [n for n in range(len(plan.items), len(told)) if told[n].name in names]
        several = range(len(shared.runs))
        first: dict[tuple[int, int], int] = {}
        self.place: dict[Of, int] = {
            (run, told[n].name): first.setdefault((int(shared.run[run, n]), n), len(first))
            for run in several
            for n in again
        }
        self.pairs = list(first)
        self.subjects = [told[n] for _, n in first]
        self._runs = [run for run, _ in first]
        self.by_channel = {name: self._channel(plan, kept, name) for name in MEASURED}

    @property
    def heads(self) -> list[int]:
        """Positions of the headlines."""
        return [n for n, one in enumerate(self.subjects) if one.name in HEADLINES]

    def by_horizon(self, block: KeptBlock, name: str, sums: Floats) -> None:
        """Put the sums over years of a channel, (sum, horizon, draw)."""
        overlap: Taken = block.overlap
        of = self.by_channel[name]
        of.put(block.by_horizon[name], overlap.by_horizon[name], overlap.at, sums)

    def values(self, block: KeptBlock, sums: Floats) -> None:
        """Put present values, (sum, draw)."""
        overlap = block.overlap
        self.by_channel[NET].put(block.values, overlap.values, overlap.at, sums)

    def _channel(self, plan: Plan, kept: KeptRows, name: str) -> ChannelSums:
        own = self._measured(MEASURED.index(name))
        rows = kept.by_horizon[name]
        members = [
            [rows[run, part.name] for part in kept.made_of(one) if (run, part.name) in rows]
            for run, one in own
        ]
        held = tuple(
            (n, run) for n, (run, one) in enumerate(own) if plan.overlap_row in one.members
        )
        return ChannelSums(
            np.array([row for of in members for row in of], dtype=np.int64),
            np.cumsum([0, *(len(of) for of in members)]),
            held,
        )

    def _measured(self, number: int) -> list[tuple[int, Subject]]:
        pairs = zip(self._runs, self.subjects, strict=True)
        return [(run, one) for run, one in pairs if number in one.measured]
