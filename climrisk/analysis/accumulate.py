"""Blocks of draws into tallies, for one scenario under one control."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.breach import BreachCounts
from climrisk.analysis.stability import RankStability
from climrisk.analysis.subject_rows import SubjectRows, Yearly
from climrisk.engine.block import Block
from climrisk.engine.plan import Plan
from climrisk.engine.present_value import present_value
from climrisk.engine.subjects import Subject
from climrisk.metrics.counting import compiled_counting
from climrisk.metrics.event_frequency import EventFrequency
from climrisk.metrics.matrix import MaterialYears
from climrisk.metrics.moments import Moments
from climrisk.metrics.tally import Tally
from climrisk.names import MEASURED, NET, TOTAL

__all__ = ["Accumulator", "BlockSums", "HorizonSums", "Own"]

Floats = NDArray[np.float64]
Switches = NDArray[np.bool_]
HorizonSums = dict[str, Floats]
"""By channel or net: (counted subject with that channel, horizon, draw) [million]."""

HEADLINE_BINS = 256
SCALE_TO_FLOOR = 2.0**-21
"""Headline net below this part of the study's size counts as zero in quantiles: bounds memory."""
MINOR_BINS = 64


class Own(NamedTuple):
    """What a run counts for itself; what it leaves out is the same somewhere else.

    Parameters
    ----------
    subjects : bool array (subject,)
    knowledge, events : bool
        Whether it counts ranks given knowledge, and single events.
    """

    subjects: Switches
    knowledge: bool = True
    events: bool = True

    @classmethod
    def everything(cls, subjects: Sequence[Subject]) -> Own:
        """Return what leaves nothing out."""
        return cls(np.ones(len(subjects), dtype=bool))


class BlockSums(NamedTuple):
    """What a block comes to in one scenario under one control."""

    by_horizon: HorizonSums
    total: Floats | None
    """Net of `total`, (horizon and present value, draw); None where it is not counted."""


class Accumulator:
    """Tallies of one scenario under one control.

    Parameters
    ----------
    plan : Plan
    subjects : sequence of Subject
        What results are told of.
    own : Own, optional
        What is counted here; everything by default.

    Attributes
    ----------
    rows : dict by channel and net of list of int
        Positions of the subjects that can touch it.
    counted : dict by channel and net of SubjectRows
        Those of them that are counted here; the tallies have no series for the others.
    annual : dict by channel and net of Moments (subject, year)
    horizon, change : dict by channel and net of Tally and Moments (subject, horizon)
        Undiscounted sums over a horizon's years, and their paired difference from `base_year`.
    headline_years, headline_horizons, headline_value : Tally
        Net of risks, opportunities and total, in finer bins: (headline, year),
        (headline, horizon) and (headline,).
    value : Tally (subject,)
        Net present value of net.
    largest_event : Tally (horizon,)
        Minus the largest loss from one event in the horizon's last year.
    events : list of EventFrequency
        Single occurrences of the annual risks in the last year of each horizon.
    material : MaterialYears
        Material years of every counted item.
    draws_with_material_year : int64 array (subject, horizon)
        Draws in which at least one year of the horizon is material.
    breaches : BreachCounts
        Years whose loss passes the appetite.
    stability : RankStability
        Ranks of the items' expected effects given each draw's knowledge.
    """

    def __init__(self, plan: Plan, subjects: Sequence[Subject], own: Own | None = None) -> None:
        self.plan = plan
        self.subjects = tuple(subjects)
        self.own = own or Own.everything(subjects)
        self.rows = {name: rows_with(subjects, name) for name in MEASURED}
        self.counted = {
            name: SubjectRows(plan, subjects, name, self.own.subjects) for name in MEASURED
        }
        years, horizons, grid = len(plan.years), len(plan.horizons), (plan.step, plan.scale)
        count = {name: len(rows) for name, rows in self.counted.items()}
        self.annual = {name: Moments((count[name], years), *grid) for name in MEASURED}
        self.change = {name: Moments((count[name], horizons), *grid) for name in MEASURED}
        self.horizon = {
            name: Tally((count[name], horizons), *grid, bins_per_octave=MINOR_BINS)
            for name in MEASURED
        }
        self.value = Tally((count[NET],), *grid, bins_per_octave=MINOR_BINS)
        heads, fine = len(self.counted[NET].headlines), (HEADLINE_BINS, plan.scale * SCALE_TO_FLOOR)
        self.headline_years = Tally((heads, years), *grid, *fine)
        self.headline_horizons = Tally((heads, horizons), *grid, *fine)
        self.headline_value = Tally((heads,), *grid, *fine)
        self.largest_event = Tally((horizons,), *grid, *fine)
        self._items = [n for n in range(len(plan.items)) if self.own.subjects[n]]
        self._sides = [plan.items[n].side for n in self._items]
        self.material = MaterialYears(len(self._items), horizons, *grid)
        self.draws_with_material_year = np.zeros((count[NET], horizons), dtype=np.int64)
        self.events = [EventFrequency(HEADLINE_BINS) for _ in plan.horizons]
        self.breaches = BreachCounts(plan)
        self.stability = RankStability(plan)

    @property
    def nbytes(self) -> int:
        """Memory of the tallies, in bytes."""
        held: list[int] = [one.nbytes for one in self._tallies()]
        return sum(held) + self.draws_with_material_year.nbytes

    def add(self, block: Block, base: Mapping[str, Floats] | None) -> BlockSums:
        """Add a block and return its sums.

        Parameters
        ----------
        block : Block
            Effects of consecutive draws.
        base : mapping of channel or net to float64 array, or None
            Sums of the same draws, control and counted subjects in scenario `base_year`,
            (subject, horizon, draw); None for itself.
        """
        sums: HorizonSums = {}
        effects = block.effects
        amounts = effects.amounts
        for name, rows in self.counted.items():
            found = rows.add_years(amounts, self.annual[name], with_worst=name == NET)
            sums[name] = found.by_horizon
            self.horizon[name].add(sums[name])
            self.change[name].add(sums[name] - (sums[name] if base is None else base[name]))
            if name == NET:
                self._add_net(amounts, found)
        value = self._add_value(amounts)
        if self.own.knowledge:
            self.stability.add(effects.expected)
        if self.own.events:
            self._add_events(block)
        row = self.counted[NET].place.get([one.name for one in self.subjects].index(TOTAL))
        return BlockSums(sums, None if row is None else np.vstack([sums[NET][row], value[row]]))

    def merge(self, other: Accumulator) -> None:
        """Add the tallies of other draws of the same run, that counted the same."""
        for mine, theirs in zip(self._tallies(), other._tallies(), strict=True):
            mine.merge(theirs)
        self.draws_with_material_year += other.draws_with_material_year

    def take(self, subject: int, other: Accumulator, of: int) -> None:
        """Take over the tallies of one subject from those of an equal one.

        Parameters
        ----------
        subject : int
            Position among the subjects; counted here, and nothing was added to it.
        other : Accumulator
            Of the same draws.
        of : int
            Position of the equal subject there.
        """
        for name, rows in self.counted.items():
            if subject in rows.place:
                to, source = rows.place[subject], other.counted[name].place[of]
                for tallies in ("annual", "change", "horizon"):
                    getattr(self, tallies)[name].take(to, getattr(other, tallies)[name], source)
        net, theirs = self.counted[NET], other.counted[NET]
        to, source = net.place[subject], theirs.place[of]
        self.value.take(to, other.value, source)
        self.draws_with_material_year[to] = other.draws_with_material_year[source]
        if subject < len(self.plan.items):
            self.material.take(self._items.index(subject), other.material, other._items.index(of))
        if to in net.headlines:
            to, source = net.headlines.index(to), theirs.headlines.index(source)
            for name in ("headline_years", "headline_horizons", "headline_value"):
                getattr(self, name).take(to, getattr(other, name), source)
            self.breaches.take(self.subjects[subject].name, other.breaches)

    def _tallies(self) -> list[Any]:
        return [
            *self.annual.values(),
            *self.change.values(),
            *self.horizon.values(),
            self.value,
            self.headline_years,
            self.headline_horizons,
            self.headline_value,
            self.largest_event,
            *self.events,
            self.material,
            self.breaches,
            self.stability,
        ]

    def _add_net(self, amounts: Floats, found: Yearly) -> None:
        rows = self.counted[NET]
        self.headline_years.add(found.headlines)
        self.headline_horizons.add(found.by_horizon[rows.headlines])
        self.breaches.add(rows.headline_names, found.headlines, found.worst[rows.headlines])
        threshold = self.plan.settings.material_effect.value
        spans = tuple(self.plan.horizons.values())
        self.material.add(amounts[self._items, -1], self._sides, threshold, spans)
        self.draws_with_material_year += (found.worst > threshold).sum(axis=-1)

    def _add_value(self, amounts: Floats) -> Floats:
        """Add net present values and return them, (counted subject, draw)."""
        rows = self.counted[NET]
        values = rows.values(self._discounted(amounts))
        self.value.add(values)
        self.headline_value.add(values[rows.headlines])
        return values

    def _discounted(self, amounts: Floats) -> Floats:
        """Return present values of net as `present_value` does, (entity, draw) [million]."""
        plan, counting = self.plan, compiled_counting()
        if counting is None:
            return present_value(plan, amounts[:, -1])
        values = np.empty((amounts.shape[0], amounts.shape[3]))
        channel = amounts.shape[1] - 1
        counting.present_values(amounts, channel, plan.discount, plan.step, values)
        return values

    def _add_events(self, block: Block) -> None:
        for counts, found in zip(self.events, block.effects.events, strict=True):
            counts.add(len(block.draws), found.draw, found.loss, found.count)
        last = [span.stop - 1 for span in self.plan.horizons.values()]
        self.largest_event.add(-block.effects.largest_event[last])


def rows_with(subjects: Sequence[Subject], name: str) -> list[int]:
    """Return the positions of the subjects that can touch a channel, or net."""
    number = MEASURED.index(name)
    return [row for row, one in enumerate(subjects) if number in one.measured]
