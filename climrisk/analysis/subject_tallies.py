"""The tallies of subjects, one series for each of them and each run that counts it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.breach import BreachCounts
from climrisk.analysis.same_amounts import Distinct
from climrisk.engine.plan import Plan
from climrisk.engine.subjects import Subject
from climrisk.metrics.histogram import Histogram
from climrisk.metrics.matrix import MaterialYears
from climrisk.metrics.moments import Moments
from climrisk.metrics.tally import Tally
from climrisk.names import MEASURED, NET

__all__ = [
    "HEADLINE_BINS",
    "MINOR_BINS",
    "SCALE_TO_FLOOR",
    "RunTallies",
    "largest_events",
]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

HEADLINE_BINS = 256
SCALE_TO_FLOOR = 2.0**-21
"""Headline net below this part of the study's size counts as zero in quantiles: bounds memory."""
MINOR_BINS = 64


class RunTallies:
    """Tallies of subjects: what is the same amounts in every draw is counted once.

    Parameters
    ----------
    plan : Plan
    subjects : sequence of Subject
        What results are told of; those of one run, or distinct ones of several.
    distinct : Distinct
        What is counted for what, of the rows of these subjects.

    Attributes
    ----------
    rows : dict by channel and net of list of int
        Positions of the subjects that can touch it: those of its tallies.
    items : int
        How many of the subjects are items; these come first.
    annual : Moments (distinct sum, year)
    sums : Tally (distinct sum, horizon)
        Undiscounted sums over a horizon's years.
    change : Moments (distinct change, horizon)
        Their paired difference from `base_year`.
    headline_years, headline_horizons, headline_value : Histogram
        Net of the headlines in finer bins: (distinct headline, year), (distinct headline, horizon),
        (distinct headline,).
    value : Tally (distinct value,)
        Net present value of net. `sums` itself where nothing is discounted and there is but one
        horizon of all years, and `headline_value` likewise.
    material : MaterialYears
        Material years of every item.
    draws_with_material_year : int64 array (subject, horizon)
        Draws in which at least one year of the horizon is material.
    breaches : BreachCounts (headline,)
        Years whose loss passes the appetite.
    """

    def __init__(self, plan: Plan, subjects: Sequence[Subject], distinct: Distinct) -> None:
        self.plan, self.subjects, self.distinct = plan, tuple(subjects), distinct
        self.rows = {
            name: [row for row, one in enumerate(subjects) if number in one.measured]
            for number, name in enumerate(MEASURED)
        }
        ids = {item.id for item in plan.items}
        self.items = sum(one.name in ids for one in subjects)
        years, horizons, grid = len(plan.years), len(plan.horizons), (plan.step, plan.scale)
        fine = (HEADLINE_BINS, plan.scale * SCALE_TO_FLOOR)
        sums, heads = len(distinct.sum_of), len(distinct.headline_of)
        self.annual = Moments((sums, years), *grid)
        self.sums = Tally((sums, horizons), *grid, bins_per_octave=MINOR_BINS)
        self.change = Moments((len(distinct.change_of), horizons), *grid)
        self.headline_years = Histogram((heads, years), *fine)
        self.headline_horizons = Histogram((heads, horizons), *fine)
        self.are_values_sums = _are_values_sums(plan)
        self.value, self.headline_value = self.sums, self.headline_horizons
        if not self.are_values_sums:
            values = (len(distinct.value_of),)
            self.value = Tally(values, *grid, bins_per_octave=MINOR_BINS)
            self.headline_value = Histogram((heads,), *fine)
        self.material = MaterialYears(self.items, horizons, *grid)
        self.draws_with_material_year = np.zeros((len(subjects), horizons), dtype=np.int64)
        self.breaches = BreachCounts(plan, len(distinct.headlines))
        self._series = _Series.of(distinct, horizons, years)

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        held: list[int] = [one.nbytes for one in self._parts()]
        return sum(held) + self.draws_with_material_year.nbytes

    @property
    def values(self) -> Integers:
        """Which series of `value` a row of net has, (row of net,)."""
        return self.distinct.sums[NET] if self.are_values_sums else self.distinct.values

    def add(self, by_horizon: Floats, values: Floats) -> None:
        """Count the sums of a block of draws.

        Parameters
        ----------
        by_horizon : float64 array (row of all channels, horizon, draw)
            Undiscounted sums over the years of each horizon [million]; contiguous.
        values : float64 array (row of net, draw)
            Net present values [million]; contiguous, and not looked at where `are_values_sums`.
        """
        flat, of = by_horizon.reshape(-1, by_horizon.shape[-1]), self._series
        self.sums.add_rows(flat, of.sums)
        self.change.add_changes(flat, of.change, of.base)
        self.headline_horizons.add_rows(flat, of.headlines)
        if not self.are_values_sums:
            self.value.add_rows(values, self.distinct.value_of)
            self.headline_value.add_rows(values, self.distinct.headline_of)

    def add_headline_years(self, net: Floats) -> None:
        """Count the years of headlines, (row of a headline, year, draw) [million]; contiguous."""
        self.headline_years.add_rows(net.reshape(-1, net.shape[-1]), self._series.years)

    def merge(self, other: RunTallies) -> None:
        """Add the tallies of other draws of the same subjects."""
        for mine, theirs in zip(self._parts(), other._parts(), strict=True):
            mine.merge(theirs)
        self.draws_with_material_year += other.draws_with_material_year

    def _parts(self) -> list[Any]:
        values = [] if self.are_values_sums else [self.value, self.headline_value]
        return [
            self.annual,
            self.sums,
            self.change,
            self.headline_years,
            self.headline_horizons,
            self.material,
            self.breaches,
            *values,
        ]


class _Series(NamedTuple):
    """Flat rows of series that have a number for each horizon or year."""

    sums: Integers
    change: Integers
    base: Integers
    headlines: Integers
    years: Integers

    @classmethod
    def of(cls, distinct: Distinct, horizons: int, years: int) -> _Series:
        """Return where they stand among the rows of all channels, or of headlines."""
        heads = distinct.first_of_net(distinct.headline_of)
        by_horizon = (distinct.sum_of, distinct.change_of, distinct.base_of, heads)
        sums, change, base, headlines = (_spread(of, horizons) for of in by_horizon)
        return cls(sums, change, base, headlines, _spread(distinct.headline_years, years))


def _spread(rows: Integers, several: int) -> Integers:
    """Return the flat places of what rows have several of."""
    return np.asarray((rows[:, np.newaxis] * several + np.arange(several)).reshape(-1))


def _are_values_sums(plan: Plan) -> bool:
    """Return whether present values are the sums over the years of the only horizon."""
    whole = [slice(0, len(plan.years))] == list(plan.horizons.values())
    return whole and bool((plan.discount == 1.0).all())


def largest_events(plan: Plan, runs: int) -> Tally:
    """Return an empty tally of minus the largest loss from one event, (run times horizon,)."""
    return Tally(
        (runs * len(plan.horizons),),
        plan.step,
        plan.scale,
        HEADLINE_BINS,
        plan.scale * SCALE_TO_FLOOR,
    )
