"""What was counted of all runs together, and the figures of each run out of it.

Many figures are the same in several runs by construction. They are counted once, read off their
counts once, and then put where they belong.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.outputs import ANNUAL, BREACHES, CURVES, variables_of
from climrisk.analysis.stability import RankStability
from climrisk.analysis.statistics import TAIL, Values, both_bases, statistics
from climrisk.analysis.subject_tallies import RunTallies
from climrisk.engine.plan import Plan
from climrisk.metrics.event_frequency import EventFrequency
from climrisk.metrics.exceedance import exceedance_curve
from climrisk.metrics.tally import Tally
from climrisk.names import CURVES as ALL_CURVES
from climrisk.names import HEADLINES

__all__ = ["Counted", "statistics_of_runs"]

Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Counted:
    """What was counted of all runs, and where the figures of each stand.

    Parameters
    ----------
    tallies : RunTallies
        Of the distinct subjects of all runs; items come first.
    subject : int64 array (run, subject)
        Which of the distinct subjects is that of a run.
    headline : int64 array (run, headline)
        Which of their headlines.
    events : sequence of sequence of EventFrequency
        Of distinct runs, by horizon.
    largest_event : Tally (distinct run times horizon,)
    event : int64 array (run,)
        Which of these distinct runs.
    stability : tuple of RankStability
        Of each run.
    """

    tallies: RunTallies
    subject: Integers
    headline: Integers
    events: Sequence[Sequence[EventFrequency]]
    largest_event: Tally
    event: Integers
    stability: tuple[RankStability, ...]


def statistics_of_runs(plan: Plan, counted: Counted, outputs: Collection[str]) -> Values:
    """Return the figures of each run but the ranks, (run, ...) by variable; see `statistics`.

    Parameters
    ----------
    plan : Plan
    counted : Counted
    outputs : collection of str
        What is wanted and was counted, as `analysis.outputs` names it.
    """
    by_subject = set(outputs) - {CURVES, BREACHES}
    distinct = statistics(plan, {("", ""): counted.tallies}, by_subject)
    of = {
        "subject": counted.subject,
        "item": counted.subject[:, : len(plan.items)],
        "headline": counted.headline,
    }
    dims = {name: one.dims[2] for name, one in variables_of(by_subject).items()} | {TAIL: "item"}
    found = {name: values[0][of[dims[name]]] for name, values in distinct.items()}
    if "probability" in found and ANNUAL not in outputs:  # even where a sum is that of one item
        for name in ("probability", "probability_se"):
            found[name][:, len(plan.items) :] = np.nan
    if CURVES in outputs:
        found |= _curves(plan, counted)
    if BREACHES in outputs:
        rows = counted.headline[:, _curve_places()]
        found |= {name: of[rows] for name, of in counted.tallies.breaches.shares().items()}
    return found


def _curve_places() -> list[int]:
    return [HEADLINES.index(name) for name in ALL_CURVES]


def _curves(plan: Plan, counted: Counted) -> Values:
    """Exceedance curves, (run, curve, year, basis, return period), and those by frequency."""
    last = [span.stop - 1 for span in plan.horizons.values()]
    tallies = counted.tallies
    rows = tallies.distinct.headlines[counted.headline[:, _curve_places()]]
    of_years = exceedance_curve(tallies.headline_years.reading())
    of_events = exceedance_curve(counted.largest_event)
    frequency = [[one.curve() for one in run] for run in counted.events]

    def by_frequency(of: str) -> NDArray[np.float64]:
        return np.array([[getattr(one, of) for one in run] for run in frequency])[counted.event]

    def both(of: str) -> NDArray[np.float64]:
        years, events = getattr(of_years, of), getattr(of_events, of)
        events = events.reshape(len(counted.events), len(last), -1)
        return both_bases(years[rows][:, :, last], events[counted.event])

    return {
        "exceedance_loss": both("loss"),
        "exceedance_loss_se": both("standard_error"),
        "exceedance_frequency_loss": by_frequency("loss"),
        "exceedance_frequency_loss_se": by_frequency("standard_error"),
    }
