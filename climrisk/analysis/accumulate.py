"""Blocks of draws into tallies, all runs at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.counted import Counted
from climrisk.analysis.kept_draws import DrawKeeper
from climrisk.analysis.outputs import ANNUAL, BREACHES, CURVES, MATRIX, RANGES, STABILITY
from climrisk.analysis.placed import Placed
from climrisk.analysis.sharing import Sharing
from climrisk.analysis.stability import RankStability
from climrisk.analysis.subject_rows import SubjectRows, Yearly
from climrisk.analysis.subject_tallies import (
    HEADLINE_BINS,
    RunTallies,
    largest_events,
)
from climrisk.engine.block import Block
from climrisk.engine.plan import Plan
from climrisk.engine.subjects import Subject, entity_names
from climrisk.metrics.event_frequency import EventFrequency
from climrisk.names import BASE_YEAR_SCENARIO, HEADLINES, MEASURED, NET, TOTAL

__all__ = ["Accumulator"]

Floats = NDArray[np.float64]


BUFFERED: Final = 1024
"""Draws that are counted together: a histogram that is in the cache is used for many of them."""


class Accumulator:
    """Tallies of all scenarios and controls; what is the same by construction is counted once.

    Parameters
    ----------
    plan : Plan
    subjects : sequence of Subject
        What results are told of.
    shared : Sharing
        What is counted for what.
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
        outputs: Collection[str],
        keeper: DrawKeeper | None = None,
    ) -> None:
        self._keeper, self._begin = keeper, 0
        self._plan, self._told, self._shared, self._outputs = plan, subjects, shared, outputs
        self._several = several = range(len(shared.runs))
        own = np.stack([shared.own(run) for run in several])
        self._rows = {name: SubjectRows(plan, subjects, name, own) for name in MEASURED}
        self._items = [pair for pair in self._rows[NET].place if pair[1] < len(plan.items)]
        distinct = [subjects[n] for _, n in self._rows[NET].place]
        self._tallies = RunTallies(plan, distinct, (), RankStability(plan))
        self._stability = {n: RankStability(plan) for n in several if shared.knowledge[n] == n}
        self._events = {
            n: [EventFrequency(HEADLINE_BINS) for _ in plan.horizons]
            for n in several
            if shared.events[n] == n
        }
        self._largest = largest_events(plan, len(self._events))
        self._base = {name: self._base_rows(name) for name in MEASURED}
        total = [one.name for one in subjects].index(TOTAL)
        self._totals = [self._row(NET, run, total) for run in several]
        self._room = self._filled = 0
        self._found: Mapping[str, Yearly] = {}
        self._values = np.empty((0, 0))

    @property
    def nbytes(self) -> int:
        """Memory of the tallies, in bytes."""
        others: list[Any] = [
            *self._stability.values(),
            *(one for of in self._events.values() for one in of),
        ]
        held: list[int] = [one.nbytes for one in (self._tallies, self._largest, *others)]
        waiting = [self._values.nbytes, *(one.nbytes for one in self._found.values())]
        return sum(held) + sum(waiting)

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
        if self._filled + draws > self._room:
            self.flush(max(draws, BUFFERED))
        if not self._filled:
            self._begin = int(blocks[0].draws[0])
        place, own = self._filled, slice(self._filled, self._filled + draws)
        for name, rows in self._rows.items():
            annual = self._tallies.annual[name] if ANNUAL in self._outputs else None
            rows.add_years(effects, annual, self._found[name], place)
        net = self._rows[NET]
        self._values[:, own] = net.values(*effects.present_values(self._plan))
        self._filled += draws
        self._add_single(effects, blocks)
        sums = self._found[NET].by_horizon[self._totals, :, own]
        return np.concatenate([sums, self._values[self._totals, np.newaxis, own]], axis=1)

    def flush(self, room: int = 0) -> None:
        """Count what was added, and make room for so many draws."""
        if self._filled:
            found = {name: one.first(self._filled) for name, one in self._found.items()}
            values = np.ascontiguousarray(self._values[:, : self._filled])
            if RANGES in self._outputs:
                self._count(found)
                self._count_values(values)
            if self._keeper is not None:
                self._keeper.add(self._begin, found, values)
        self._filled = 0
        if room != self._room:
            self._room, years = room, len(self._plan.years)
            self._found = {name: rows.room(years, room) for name, rows in self._rows.items()}
            self._values = np.empty((len(self._rows[NET]), room))

    def merge(self, other: Accumulator) -> None:
        """Add the tallies of other draws of the same plan."""
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

    def of_run(self, run: int) -> RunTallies:
        """Return the tallies of one run, with what was counted for it in another."""
        shared, plan = self._shared, self._plan
        events = int(shared.events[run])
        stability = self._stability[int(shared.knowledge[run])]
        found = RunTallies(plan, self._told, self._events[events], stability)
        first = list(self._events).index(events) * len(plan.horizons)
        for horizon in range(len(plan.horizons)):
            found.largest_event.take(horizon, self._largest, first + horizon)
        for name, subjects in found.rows.items():
            for row, subject in enumerate(subjects):
                found.take_channel(name, row, self._tallies, self._row(name, run, subject))
        for item in range(len(plan.items)):
            of = self._items.index(self._counted(run, item))
            found.material.take(item, self._tallies.material, of)
        names = [one.name for one in self._told]
        for row, name in enumerate(HEADLINES):
            of = self._row(NET, run, names.index(name))
            found.take_headline(row, self._tallies, self._rows[NET].headlines.index(of))
        return found

    def _counted(self, run: int, subject: int) -> tuple[int, int]:
        """Return the run and subject that are counted for these."""
        return int(self._shared.run[run, subject]), int(self._shared.subject[run, subject])

    def _row(self, name: str, run: int, subject: int) -> int:
        """Return the row in which a subject of a run is counted."""
        return self._rows[name].place[self._counted(run, subject)]

    def _base_rows(self, name: str) -> list[int]:
        """Return for each row that of the same subject and control in scenario `base_year`."""
        runs = self._shared.runs
        base = [runs.index((BASE_YEAR_SCENARIO, control)) for _, control in runs]
        return [self._row(name, base[run], subject) for run, subject in self._rows[name].place]

    def _count(self, found: Mapping[str, Yearly]) -> None:
        tallies = self._tallies
        for name, one in found.items():
            tallies.horizon[name].add(one.by_horizon)
            tallies.change[name].add(one.by_horizon - one.by_horizon[self._base[name]])
        heads, net = self._rows[NET].headlines, found[NET]
        if {ANNUAL, CURVES} & set(self._outputs):
            tallies.headline_years.add(net.headlines)
        tallies.headline_horizons.add(net.by_horizon[heads])
        if BREACHES in self._outputs:
            tallies.breaches.add(net.headlines, tuple(self._plan.horizons.values()))
        if MATRIX in self._outputs:
            threshold = self._plan.settings.material_effect.value
            tallies.draws_with_material_year += (net.worst > threshold).sum(axis=-1)

    def _count_values(self, values: Floats) -> None:
        self._tallies.value.add(values)
        self._tallies.headline_value.add(values[self._rows[NET].headlines])

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
