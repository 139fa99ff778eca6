"""Blocks of draws into tallies, all runs at once."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.counted import Counted
from climrisk.analysis.kept_draws import DrawKeeper
from climrisk.analysis.outputs import ANNUAL, BREACHES, CURVES, MATRIX, RANGES, STABILITY
from climrisk.analysis.placed import Placed
from climrisk.analysis.same_amounts import SameAmounts, distinct_rows
from climrisk.analysis.sharing import Sharing
from climrisk.analysis.stability import RankStability
from climrisk.analysis.subject_rows import SubjectRows
from climrisk.analysis.subject_tallies import (
    HEADLINE_BINS,
    RunTallies,
    largest_events,
)
from climrisk.analysis.waiting import Waiting
from climrisk.engine.block import Block
from climrisk.engine.plan import Plan
from climrisk.engine.subjects import Subject, entity_names
from climrisk.metrics.event_frequency import EventFrequency
from climrisk.names import HEADLINES, MEASURED, NET, TOTAL

__all__ = ["Accumulator"]

Floats = NDArray[np.float64]


BUFFERED: Final = 1024
"""Draws that are counted together: a histogram that is in the cache is used for many of them."""
OF_YEARS: Final = frozenset({ANNUAL, CURVES, BREACHES})
"""Outputs that look at the years of headlines."""


class Accumulator:
    """Tallies of all scenarios and controls; what is the same by construction is counted once.

    Parameters
    ----------
    plan : Plan
    subjects : sequence of Subject
        What results are told of.
    shared : Sharing
        What is counted for what.
    same : SameAmounts
        Which of that is the same in several channels.
    outputs : collection of str
        What is wanted, as `analysis.outputs` names it.
    keeper : DrawKeeper, optional
        Keeps sums of single draws.
    """

    def __init__(
        self,
        plan: Plan,
        subjects: Sequence[Subject],
        shared: Sharing,
        same: SameAmounts,
        outputs: Collection[str],
        keeper: DrawKeeper | None = None,
    ) -> None:
        self._keeper, self._begin = keeper, 0
        self._plan, self._told, self._shared, self._outputs = plan, subjects, shared, outputs
        self._several = several = range(len(shared.runs))
        own = np.stack([shared.own(run) for run in several])
        self._rows = {name: SubjectRows(plan, subjects, name, own) for name in MEASURED}
        self._items = [pair for pair in self._rows[NET].place if pair[1] < len(plan.items)]
        rows = {name: list(of.place) for name, of in self._rows.items()}
        distinct = distinct_rows(plan, same, subjects, rows)
        self._tallies = RunTallies(plan, [subjects[n] for _, n in rows[NET]], distinct)
        self._series = {name: distinct.counted_in(name) for name in MEASURED}
        self._stability = {n: RankStability(plan) for n in several if shared.knowledge[n] == n}
        self._events = {
            n: [EventFrequency(HEADLINE_BINS) for _ in plan.horizons]
            for n in several
            if shared.events[n] == n
        }
        self._largest = largest_events(plan, len(self._events))
        total = [one.name for one in subjects].index(TOTAL)
        self._totals = np.array([self._row(NET, run, total) for run in several])
        self._sums_of_totals = distinct.first_of_net(self._totals)
        self._filled = 0
        self._waiting = self._room(0)

    @property
    def nbytes(self) -> int:
        """Memory of the tallies, in bytes."""
        others: list[Any] = [
            *self._stability.values(),
            *(one for of in self._events.values() for one in of),
        ]
        held: list[int] = [one.nbytes for one in (self._tallies, self._largest, *others)]
        return sum(held) + self._waiting.nbytes

    def add(self, blocks: Sequence[Block]) -> Floats:
        """Add the same draws in all runs, and return net of `total`; the last wait for `flush`.

        Parameters
        ----------
        blocks : sequence of Block
            One for each run, in their order.

        Returns
        -------
        float64 array (run, horizon and present value, draw)
            [million]
        """
        effects, draws = Placed.of([block.effects for block in blocks]), len(blocks[0].draws)
        if self._filled + draws > self._waiting.room:
            self.flush()
            if draws > self._waiting.room:
                self._waiting = self._room(math.ceil(BUFFERED / draws) * draws)
        if not self._filled:
            self._begin = int(blocks[0].draws[0])
        waiting, place = self._waiting, self._filled
        annual = self._tallies.annual if ANNUAL in self._outputs else None
        for name, rows in self._rows.items():
            of = waiting.found[name], place, annual, self._series[name]
            rows.add_years(effects, *of, every_sum=self._keeper is not None)
        self._tallies.annual.count += draws if annual is not None else 0
        own = slice(place, place + draws)
        self._filled += draws
        self._add_single(effects, blocks)
        sums = waiting.by_horizon[self._sums_of_totals, :, own]
        if self._tallies.are_values_sums:
            return np.concatenate([sums, sums], axis=1)
        values = self._rows[NET].values(*effects.present_values(self._plan))
        waiting.values[:, own] = values
        return np.concatenate([sums, values[self._totals, np.newaxis]], axis=1)

    def flush(self) -> None:
        """Count what was added."""
        if self._filled:
            waiting = self._waiting.first(self._filled)
            if RANGES in self._outputs:
                self._count(waiting)
            if self._keeper is not None:
                self._keeper.add(self._begin, waiting.found, waiting.values)
        self._filled = 0

    def merge(self, other: Accumulator) -> None:
        """Add the tallies of other draws of the same plan."""
        self._waiting = other._waiting = self._room(0)  # nothing waits any longer
        self._tallies.merge(other._tallies)
        self._largest.merge(other._largest)
        for run, stability in self._stability.items():
            stability.merge(other._stability[run])
        for run, events in self._events.items():
            for mine, theirs in zip(events, other._events[run], strict=True):
                mine.merge(theirs)

    def counted(self) -> Counted:
        """Return what was counted of all runs, and where the figures of each stand."""
        runs, told = self._several, range(len(self._told))
        subject = np.array([[self._row(NET, run, n) for n in told] for run in runs])
        heads = [[one.name for one in self._told].index(name) for name in HEADLINES]
        several = list(self._events)
        return Counted(
            self._tallies,
            subject,
            np.searchsorted(self._rows[NET].headlines, subject[:, heads]),
            list(self._events.values()),
            self._largest,
            np.array([several.index(int(self._shared.events[run])) for run in runs]),
            tuple(self._stability[int(self._shared.knowledge[run])] for run in runs),
        )

    def _counted(self, run: int, subject: int) -> tuple[int, int]:
        """Return the run and subject that are counted for these."""
        return int(self._shared.run[run, subject]), int(self._shared.subject[run, subject])

    def _row(self, name: str, run: int, subject: int) -> int:
        """Return the row in which a subject of a run is counted."""
        return self._rows[name].place[self._counted(run, subject)]

    def _room(self, draws: int) -> Waiting:
        """Return room for so many draws."""
        years, horizons = len(self._plan.years), len(self._plan.horizons)
        kept = self._keeper is not None
        by_horizon = np.empty((sum(map(len, self._rows.values())), horizons, draws))
        found, begin = {}, 0
        for name, rows in self._rows.items():
            found[name] = rows.room(
                by_horizon[begin : begin + len(rows)],
                years,
                with_worst=MATRIX in self._outputs,
                with_headlines=kept or not OF_YEARS.isdisjoint(self._outputs),
            )
            begin += len(rows)
        values = np.empty((len(self._rows[NET]), draws))
        if self._tallies.are_values_sums:
            values = found[NET].by_horizon.reshape(values.shape)
        return Waiting(by_horizon, found, values)

    def _count(self, waiting: Waiting) -> None:
        tallies, net = self._tallies, waiting.found[NET]
        tallies.add(waiting.by_horizon, waiting.values)
        if {ANNUAL, CURVES} & set(self._outputs):
            tallies.add_headline_years(net.headlines)
        if BREACHES in self._outputs:
            tallies.breaches.add(net.headlines, tuple(self._plan.horizons.values()))
        if MATRIX in self._outputs:
            threshold = self._plan.settings.material_effect.value
            tallies.draws_with_material_year += (net.worst > threshold).sum(axis=-1)

    def _add_single(self, effects: Placed, blocks: Sequence[Block]) -> None:
        """Count what is counted block by block: material years, knowledge and events."""
        if MATRIX in self._outputs:
            threshold = self._plan.settings.material_effect.value
            several = len(entity_names(self._plan))
            entities = [run * several + item for run, item in self._items]
            sides = [self._plan.items[item].side for _, item in self._items]
            spans = tuple(self._plan.horizons.values())
            self._tallies.material.add(effects.channel(-1, entities), sides, threshold, spans)
        if STABILITY in self._outputs:
            for run, stability in self._stability.items():
                expected = blocks[run].effects.expected
                stability.add(expected)
                if self._keeper is not None:
                    self._keeper.add_expected(int(blocks[run].draws[0]), run, expected)
        if self._keeper is not None:
            self._keeper.add_caps(effects, blocks)
        if CURVES in self._outputs:
            self._add_events(blocks)

    def _add_events(self, blocks: Sequence[Block]) -> None:
        last = [span.stop - 1 for span in self._plan.horizons.values()]
        for run, events in self._events.items():
            for counts, found in zip(events, blocks[run].effects.events, strict=True):
                counts.add(len(blocks[run].draws), found.draw, found.loss, found.count)
        self._largest.add(
            np.concatenate([-blocks[run].effects.largest_event[last] for run in self._events])
        )
