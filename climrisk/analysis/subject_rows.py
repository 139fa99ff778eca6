"""The subjects that one run counts in a channel, in the form that counting takes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.plan import Plan
from climrisk.engine.subjects import Subject, summed
from climrisk.metrics.counting import compiled_counting
from climrisk.metrics.moments import Moments
from climrisk.names import HEADLINES, MEASURED

__all__ = ["SubjectRows", "Yearly"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Yearly:
    """What the years of a block come to, for the subjects of one channel.

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


class SubjectRows:
    """Subjects that are counted in one channel of one run.

    Parameters
    ----------
    plan : Plan
    subjects : sequence of Subject
        What results are told of.
    channel : str
        Channel or net.
    own : bool array (subject,)
        Whether a subject is counted in this run.

    Attributes
    ----------
    place : dict of int to int
        Position among these rows by that among all subjects.
    headlines : list of int
        Positions of the headlines among these rows.
    headline_names : list of str
        What they are.
    """

    def __init__(
        self, plan: Plan, subjects: Sequence[Subject], channel: str, own: NDArray[np.bool_]
    ) -> None:
        self._channel = MEASURED.index(channel)
        kept = [n for n, one in enumerate(subjects) if own[n] and self._channel in one.measured]
        self._subjects = [subjects[n] for n in kept]
        self.place = {n: row for row, n in enumerate(kept)}
        names = [one.name for one in self._subjects]
        self.headlines = [row for row, name in enumerate(names) if name in HEADLINES]
        self.headline_names = [names[row] for row in self.headlines]
        self._spans = tuple(plan.horizons.values())
        self._edges = np.array([(one.start, one.stop) for one in self._spans])
        members = [member for one in self._subjects for member in one.members]
        self._members = np.array(members, dtype=np.int64)
        self._first = np.cumsum([0, *(len(one.members) for one in self._subjects)])
        self._sides = np.array([one.side for one in self._subjects], dtype=np.int64)
        self._kept_at = np.full(len(kept), -1, dtype=np.int64)
        self._kept_at[self.headlines] = np.arange(len(self.headlines))

    def __len__(self) -> int:
        """Return how many subjects there are."""
        return len(self._subjects)

    def add_years(self, amounts: Floats, annual: Moments, *, with_worst: bool) -> Yearly:
        """Count every year, and return what the years come to.

        Parameters
        ----------
        amounts : float64 array (entity, channel and net, year, draw)
            Effects [million].
        annual : Moments (subject, year)
            Of these rows.
        with_worst : bool
            Whether `worst` and `headlines` are wanted; otherwise they have no draws.
        """
        counting = compiled_counting()
        if counting is None:
            return self._add_years(amounts, annual)
        draws, shape = amounts.shape[-1], (len(self), len(self._spans))
        by_horizon = np.empty((*shape, draws))
        worst = np.empty((*shape, draws if with_worst else 0))
        kept_at = self._kept_at if with_worst else np.full(len(self), -1)
        headlines = np.empty((len(self.headlines), amounts.shape[2], draws if with_worst else 0))
        wrong = counting.add_years(
            np.ascontiguousarray(amounts),
            self._channel,
            self._members,
            self._first,
            self._edges,
            *annual.compiled_parts(),
            by_horizon,
            self._sides,
            worst,
            kept_at,
            headlines,
        )
        if wrong >= 0:
            self._add_years(amounts, annual)  # says why
        annual.count += draws
        return Yearly(by_horizon, worst, headlines)

    def _add_years(self, amounts: Floats, annual: Moments) -> Yearly:
        yearly = summed(self._subjects, amounts[:, self._channel])
        annual.add(yearly)
        beyond = self._sides[:, np.newaxis, np.newaxis] * yearly
        return Yearly(
            np.stack([yearly[:, span].sum(axis=1) for span in self._spans], axis=1),
            np.stack([beyond[:, span].max(axis=1) for span in self._spans], axis=1),
            yearly[self.headlines],
        )

    def values(self, discounted: Floats) -> Floats:
        """Return sums over the members of a figure without years, (entity, draw) [million]."""
        counting = compiled_counting()
        if counting is None:
            return summed(self._subjects, discounted)
        totals = np.empty((len(self), discounted.shape[1]))
        counting.sum_members(discounted, self._members, self._first, totals)
        return totals
