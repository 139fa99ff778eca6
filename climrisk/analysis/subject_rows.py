"""The subjects that one run counts in a channel, in the form that counting takes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.placed import Placed
from climrisk.engine.plan import Plan
from climrisk.engine.subjects import Subject, entity_names, summed
from climrisk.metrics.counting import compiled_counting
from climrisk.metrics.moments import Moments
from climrisk.names import HEADLINES, MEASURED, NET

__all__ = ["SubjectRows", "Yearly"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Yearly:
    """What the years come to, for the subjects of one channel; beyond sums for net alone.

    Parameters
    ----------
    by_horizon : float64 array (subject, horizon, draw)
        Sums over each horizon's years [million].
    worst : float64 array (subject, horizon, draw)
        Largest effect on the subject's own side in a year of the horizon [million].
    headlines : float64 array (headline, year, draw)
        Effects of the headlines among them [million].
    """

    by_horizon: Floats
    worst: Floats
    headlines: Floats

    def first(self, draws: int) -> Yearly:
        """Return the first draws; the sums may not be contiguous."""
        others = (np.ascontiguousarray(one[..., :draws]) for one in (self.worst, self.headlines))
        return Yearly(self.by_horizon[..., :draws], *others)


class SubjectRows:
    """Subjects that are counted in one channel, run by run.

    Parameters
    ----------
    plan : Plan
    subjects : sequence of Subject
        What results are told of.
    channel : str
        Channel or net.
    own : bool array (run, subject)
        Whether a subject is counted in a run.

    Attributes
    ----------
    place : dict of (run, subject) to int
        Position among these rows by those of the run and among all subjects; items come first.
    headlines : list of int
        Positions of the headlines among these rows.
    """

    def __init__(
        self, plan: Plan, subjects: Sequence[Subject], channel: str, own: NDArray[np.bool_]
    ) -> None:
        self._channel = MEASURED.index(channel)
        kept = [
            (run, n)
            for run, n in sorted(np.argwhere(own).tolist(), key=lambda of: of[1] >= len(plan.items))
            if self._channel in subjects[n].measured
        ]
        self._subjects = [_in_run(plan, subjects[n], run) for run, n in kept]
        self.place = {pair: row for row, pair in enumerate(kept)}
        names = [one.name for one in self._subjects]
        self.headlines = [row for row, name in enumerate(names) if name in HEADLINES]
        self._spans = tuple(plan.horizons.values())
        self._edges = np.array([(one.start, one.stop) for one in self._spans])
        members = [member for one in self._subjects for member in one.members]
        self._members = np.array(members, dtype=np.int64)
        self._first = np.cumsum([0, *(len(one.members) for one in self._subjects)])
        self._sides = np.array([one.side for one in self._subjects], dtype=np.int64)
        self._nothing = Moments((0,), 1.0, 1.0)
        self._nowhere = np.full(len(kept), -1, dtype=np.int64)
        self._kept_at = np.full(len(kept), -1, dtype=np.int64)
        self._kept_at[self.headlines] = np.arange(len(self.headlines))

    def __len__(self) -> int:
        """Return how many subjects there are."""
        return len(self._subjects)

    def room(
        self, by_horizon: Floats, years: int, *, with_worst: bool, with_headlines: bool
    ) -> Yearly:
        """Return arrays to be filled.

        Parameters
        ----------
        by_horizon : float64 array (subject, horizon, draw)
            Where the sums go.
        years : int
        with_worst, with_headlines : bool
            Whether these are wanted of net.
        """
        shape, net = by_horizon.shape, self._channel == MEASURED.index(NET)
        heads = len(self.headlines) if net and with_headlines else 0
        return Yearly(
            by_horizon,
            np.empty((shape[0] if net and with_worst else 0, *shape[1:])),
            np.empty((heads, years, shape[2])),
        )

    def add_years(
        self,
        effects: Placed,
        found: Yearly,
        place: int,
        annual: Moments | None = None,
        series: Integers | None = None,
        *,
        every_sum: bool = True,
    ) -> None:
        """Note what the years come to, and count every year.

        Parameters
        ----------
        effects : Placed
            Effects of a block.
        found : Yearly
            As `room` returns it; filled.
        place : int
            Where the first draw goes in it.
        annual : Moments (series, year), optional
            Sums of years, but for the number of draws; not counted without.
        series : int64 array (subject,), optional
            Where each subject is counted in it, -1 for nowhere; ascending.
        every_sum : bool, optional
            Whether sums are wanted of subjects that are counted nowhere as well.
        """
        of = self._nowhere if series is None else series
        counting = compiled_counting()
        if counting is None:
            self._add_years(effects, found, place, annual, of)
            return
        wrong = counting.add_years(
            effects.rows,
            effects.further,
            np.ascontiguousarray(effects.row_of[:, self._channel]),
            effects.nothing,
            self._members,
            self._first,
            self._edges,
            of,
            every_sum,
            annual is not None,
            *(annual or self._nothing).compiled_parts(),
            place,
            found.by_horizon,
            self._sides,
            found.worst,
            self._kept_at,
            found.headlines,
        )
        if wrong >= 0:
            self._add_years(effects, found, place, annual, of)  # says why

    def _add_years(
        self, effects: Placed, found: Yearly, place: int, annual: Moments | None, series: Integers
    ) -> None:
        yearly = summed(self._subjects, effects.channel(self._channel))
        counted = np.flatnonzero(series >= 0)
        if annual is not None and counted.size:
            annual.add_part(int(series[counted[0]]), yearly[counted])
        own = slice(place, place + yearly.shape[-1])
        beyond = self._sides[:, np.newaxis, np.newaxis] * yearly
        for number, span in enumerate(self._spans):
            found.by_horizon[:, number, own] = yearly[:, span].sum(axis=1)
            if len(found.worst):
                found.worst[:, number, own] = beyond[:, span].max(axis=1)
        if len(found.headlines):
            found.headlines[..., own] = yearly[self.headlines]

    def values(self, discounted: Floats, value_of: Integers) -> Floats:
        """Return sums over the members of a figure without years, (subject, draw) [million].

        Parameters
        ----------
        discounted, value_of
            As `Placed.present_values` returns them.
        """
        counting = compiled_counting()
        if counting is None:
            return summed(self._subjects, discounted[value_of])
        totals = np.empty((len(self), discounted.shape[1]))
        counting.sum_members(discounted, value_of[self._members], self._first, totals)
        return totals


def _in_run(plan: Plan, subject: Subject, run: int) -> Subject:
    """Return a subject whose members are the entities of one of all runs."""
    entities = len(entity_names(plan))
    members = tuple(member + run * entities for member in subject.members)
    return replace(subject, members=members)
