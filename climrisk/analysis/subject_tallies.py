"""The tallies of subjects, one series for each of them and each run that counts it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from climrisk.analysis.breach import BreachCounts
from climrisk.analysis.stability import RankStability
from climrisk.engine.plan import Plan
from climrisk.engine.subjects import Subject
from climrisk.metrics.event_frequency import EventFrequency
from climrisk.metrics.matrix import MaterialYears
from climrisk.metrics.moments import Moments
from climrisk.metrics.tally import Tally
from climrisk.names import HEADLINES, MEASURED, NET

__all__ = [
    "HEADLINE_BINS",
    "MINOR_BINS",
    "SCALE_TO_FLOOR",
    "RunTallies",
    "SubjectTallies",
    "largest_events",
]

HEADLINE_BINS = 256
SCALE_TO_FLOOR = 2.0**-21
"""Headline net below this part of the study's size counts as zero in quantiles: bounds memory."""
MINOR_BINS = 64


class SubjectTallies:
    """Tallies of subjects, on the first dimension of each.

    Parameters
    ----------
    plan : Plan
    count : mapping of channel and net to int
        How many subjects there are in it.
    headlines, items : int
        How many of the subjects are headlines, and items.

    Attributes
    ----------
    annual : dict by channel and net of Moments (subject, year)
    horizon, change : dict by channel and net of Tally and Moments (subject, horizon)
        Undiscounted sums over a horizon's years, and their paired difference from `base_year`.
    headline_years, headline_horizons, headline_value : Tally
        Net of the headlines in finer bins: (headline, year), (headline, horizon), (headline,).
    value : Tally (subject,)
        Net present value of net.
    material : MaterialYears
        Material years of every item.
    draws_with_material_year : int64 array (subject, horizon)
        Draws in which at least one year of the horizon is material.
    breaches : BreachCounts (headline,)
        Years whose loss passes the appetite.
    """

    def __init__(self, plan: Plan, count: Mapping[str, int], headlines: int, items: int) -> None:
        self.plan = plan
        years, horizons, grid = len(plan.years), len(plan.horizons), (plan.step, plan.scale)
        fine = (HEADLINE_BINS, plan.scale * SCALE_TO_FLOOR)
        self.annual = {name: Moments((count[name], years), *grid) for name in MEASURED}
        self.change = {name: Moments((count[name], horizons), *grid) for name in MEASURED}
        self.horizon = {
            name: Tally((count[name], horizons), *grid, bins_per_octave=MINOR_BINS)
            for name in MEASURED
        }
        self.value = Tally((count[NET],), *grid, bins_per_octave=MINOR_BINS)
        self.headline_years = Tally((headlines, years), *grid, *fine)
        self.headline_horizons = Tally((headlines, horizons), *grid, *fine)
        self.headline_value = Tally((headlines,), *grid, *fine)
        self.material = MaterialYears(items, horizons, *grid)
        self.draws_with_material_year = np.zeros((count[NET], horizons), dtype=np.int64)
        self.breaches = BreachCounts(plan, headlines)

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        held: list[int] = [one.nbytes for one in self._parts()]
        return sum(held) + self.draws_with_material_year.nbytes

    def merge(self, other: SubjectTallies) -> None:
        """Add the tallies of other draws of the same subjects."""
        for mine, theirs in zip(self._parts(), other._parts(), strict=True):
            mine.merge(theirs)
        self.draws_with_material_year += other.draws_with_material_year

    def take_channel(self, name: str, to: int, other: SubjectTallies, of: int) -> None:
        """Take over what one channel, or net, has of one subject."""
        self.annual[name].take(to, other.annual[name], of)
        self.change[name].take(to, other.change[name], of)
        self.horizon[name].take(to, other.horizon[name], of)
        if name == NET:
            self.value.take(to, other.value, of)
            self.draws_with_material_year[to] = other.draws_with_material_year[of]

    def take_headline(self, to: int, other: SubjectTallies, of: int) -> None:
        """Take over what is counted of headlines alone."""
        self.headline_years.take(to, other.headline_years, of)
        self.headline_horizons.take(to, other.headline_horizons, of)
        self.headline_value.take(to, other.headline_value, of)
        self.breaches.take(to, other.breaches, of)

    def _parts(self) -> list[Any]:
        return [
            *self.annual.values(),
            *self.change.values(),
            *self.horizon.values(),
            self.value,
            self.headline_years,
            self.headline_horizons,
            self.headline_value,
            self.material,
            self.breaches,
        ]


class RunTallies(SubjectTallies):
    """Everything that was counted of one scenario under one control, to be read.

    Parameters
    ----------
    plan : Plan
    subjects : sequence of Subject
        What results are told of.
    events : sequence of EventFrequency
        Single occurrences of the annual risks in the last year of each horizon.
    stability : RankStability
        Ranks of the items' expected effects given each draw's knowledge.

    Attributes
    ----------
    rows : dict by channel and net of list of int
        Positions of the subjects that can touch it: those of its tallies.
    items : int
        How many of the subjects are items; these come first.
    largest_event : Tally (horizon,)
        Minus the largest loss from one event in the horizon's last year.
    """

    def __init__(
        self,
        plan: Plan,
        subjects: Sequence[Subject],
        events: Sequence[EventFrequency],
        stability: RankStability,
    ) -> None:
        self.subjects = tuple(subjects)
        self.rows = {
            name: [row for row, one in enumerate(subjects) if number in one.measured]
            for number, name in enumerate(MEASURED)
        }
        count = {name: len(rows) for name, rows in self.rows.items()}
        heads = sum(one.name in HEADLINES for one in subjects)
        ids = {item.id for item in plan.items}
        self.items = sum(one.name in ids for one in subjects)
        super().__init__(plan, count, heads, self.items)
        self.events, self.stability = tuple(events), stability
        self.largest_event = largest_events(plan, 1)


def largest_events(plan: Plan, runs: int) -> Tally:
    """Return an empty tally of minus the largest loss from one event, (run times horizon,)."""
    return Tally(
        (runs * len(plan.horizons),),
        plan.step,
        plan.scale,
        HEADLINE_BINS,
        plan.scale * SCALE_TO_FLOOR,
    )
