"""Blocks of draws into tallies, for one scenario under one control."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.breach import BreachCounts
from climrisk.analysis.stability import RankStability
from climrisk.engine.blocks import Block
from climrisk.engine.plan import Plan
from climrisk.engine.present_value import present_value
from climrisk.engine.subjects import Subject, summed
from climrisk.metrics.event_frequency import EventFrequency
from climrisk.metrics.matrix import MaterialYears
from climrisk.metrics.moments import Moments
from climrisk.metrics.tally import Tally
from climrisk.names import HEADLINES, MEASURED, NET, TOTAL

__all__ = ["Accumulator", "BlockSums", "HorizonSums"]

Floats = NDArray[np.float64]
HorizonSums = dict[str, Floats]
"""By channel or net: (subject with that channel, horizon, draw) [million]."""

HEADLINE_BINS = 256
SCALE_TO_FLOOR = 2.0**-21
"""Headline net below this part of the study's size counts as zero in quantiles: bounds memory."""
MINOR_BINS = 64


class BlockSums(NamedTuple):
    """What a block comes to in one scenario under one control."""

    by_horizon: HorizonSums
    total: Floats
    """Net of `total`, (horizon and present value, draw)."""


class Accumulator:
    """Tallies of one scenario under one control.

    Parameters
    ----------
    plan : Plan
    subjects : sequence of Subject
        What results are told of.

    Attributes
    ----------
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
        Material years of every item.
    draws_with_material_year : int64 array (subject, horizon)
        Draws in which at least one year of the horizon is material.
    breaches : BreachCounts
        Years whose loss passes the appetite.
    stability : RankStability
        Ranks of the items' expected effects given each draw's knowledge.
    """

    def __init__(self, plan: Plan, subjects: Sequence[Subject]) -> None:
        self.plan = plan
        self.subjects = tuple(subjects)
        self.rows = {name: rows_with(subjects, name) for name in MEASURED}
        years, horizons = len(plan.years), len(plan.horizons)
        grid = (plan.step, plan.scale)
        count = {name: len(rows) for name, rows in self.rows.items()}
        self.annual = {name: Moments((count[name], years), *grid) for name in MEASURED}
        self.change = {name: Moments((count[name], horizons), *grid) for name in MEASURED}
        self.horizon = {
            name: Tally((count[name], horizons), *grid, bins_per_octave=MINOR_BINS)
            for name in MEASURED
        }
        self.value = Tally((len(self.subjects),), *grid, bins_per_octave=MINOR_BINS)
        heads, floor = len(HEADLINES), plan.scale * SCALE_TO_FLOOR
        self.headline_years = Tally((heads, years), *grid, HEADLINE_BINS, floor)
        self.headline_horizons = Tally((heads, horizons), *grid, HEADLINE_BINS, floor)
        self.headline_value = Tally((heads,), *grid, HEADLINE_BINS, floor)
        self.largest_event = Tally((horizons,), *grid, HEADLINE_BINS, floor)
        self.material = MaterialYears(len(plan.items), horizons, *grid)
        self.draws_with_material_year = np.zeros((len(self.subjects), horizons), dtype=np.int64)
        self.events = [EventFrequency(HEADLINE_BINS) for _ in plan.horizons]
        self.breaches = BreachCounts(plan, subjects)
        self.stability = RankStability(plan)
        self._headlines = [
            number for number, one in enumerate(self.subjects) if one.name in HEADLINES
        ]

    @property
    def nbytes(self) -> int:
        """Memory of the tallies, in bytes."""
        tallies = [
            self.value,
            self.headline_years,
            self.headline_horizons,
            self.headline_value,
            self.largest_event,
            *self.horizon.values(),
        ]
        moments = [*self.annual.values(), *self.change.values()]
        return (
            sum(one.nbytes for one in tallies)
            + sum(one.nbytes for one in moments)
            + sum(one.nbytes for one in self.events)
            + self.material.nbytes
        )

    def add(self, block: Block, base: HorizonSums | None) -> BlockSums:
        """Add a block and return its sums.

        Parameters
        ----------
        block : Block
            Effects of consecutive draws.
        base : HorizonSums or None
            Sums of the same draws and control in scenario `base_year`; None for itself.
        """
        sums: HorizonSums = {}
        for number, name in enumerate(MEASURED):
            members = [self.subjects[row] for row in self.rows[name]]
            amounts = block.effects.amounts[:, number]
            yearly = summed(members, amounts)
            sums[name] = self._horizon_sums(yearly)
            self.annual[name].add(yearly)
            self.horizon[name].add(sums[name])
            self.change[name].add(sums[name] - (sums[name] if base is None else base[name]))
            if name == NET:
                self._add_net(yearly, sums[name])
        value = self._add_value(block.effects.amounts[:, -1])
        self.stability.add(block.effects.expected)
        for counts, found in zip(self.events, block.effects.events, strict=True):
            counts.add(len(block.draws), found.draw, found.loss, found.count)
        last = [span.stop - 1 for span in self.plan.horizons.values()]
        self.largest_event.add(-block.effects.largest_event[last])
        row = [one.name for one in self.subjects].index(TOTAL)
        return BlockSums(sums, np.vstack([sums[NET][row], value[row]]))

    def _horizon_sums(self, yearly: Floats) -> Floats:
        spans = self.plan.horizons.values()
        return np.stack([yearly[:, span].sum(axis=1) for span in spans], axis=1)

    def _add_net(self, yearly: Floats, sums: Floats) -> None:
        self.headline_years.add(yearly[self._headlines])
        self.headline_horizons.add(sums[self._headlines])
        self.breaches.add(yearly)
        threshold = self.plan.settings.material_effect.value
        spans = tuple(self.plan.horizons.values())
        items = slice(0, len(self.plan.items))
        self.material.add(yearly[items], [one.side for one in self.plan.items], threshold, spans)
        for row, one in enumerate(self.subjects):
            material = one.side * yearly[row] > threshold
            for number, span in enumerate(spans):
                hit = np.count_nonzero(material[span].any(axis=0))
                self.draws_with_material_year[row, number] += hit

    def _add_value(self, net: Floats) -> Floats:
        """Add net present values and return them, (subject, draw)."""
        discounted = present_value(self.plan, net)
        values = summed(self.subjects, discounted)
        self.value.add(values)
        self.headline_value.add(values[self._headlines])
        return values


def rows_with(subjects: Sequence[Subject], name: str) -> list[int]:
    """Return the positions of the subjects that can touch a channel, or net."""
    number = MEASURED.index(name)
    return [row for row, one in enumerate(subjects) if number in one.measured]
