"""From tallies to the figures of results: statistics of every run, and ranks among items."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.outputs import ANNUAL, BREACHES, MATRIX, STABILITY
from climrisk.analysis.outputs import CURVES as OF_CURVES
from climrisk.analysis.stability import RankStability
from climrisk.analysis.subject_tallies import RunTallies
from climrisk.engine.plan import Plan
from climrisk.metrics.exceedance import exceedance_curve
from climrisk.metrics.proportion import proportion_error
from climrisk.metrics.ranking import rank
from climrisk.metrics.reading import Reading
from climrisk.names import (
    CURVES,
    HEADLINES,
    MEASURED,
    NET,
    QUANTILES,
    RISKS,
    TAIL_LEVELS,
)

__all__ = ["TAIL", "Values", "both_bases", "ranks", "statistics"]

Floats = NDArray[np.float64]
Values = dict[str, Floats]
TAIL: Final = "tail"
"""Mean of the outermost 5 % on an item's own side, (item, horizon): what `rank_tail` ranks."""


def statistics(
    plan: Plan, tallies: Mapping[tuple[str, str], RunTallies], outputs: Collection[str]
) -> Values:
    """Return the figures of each tally but the ranks, (run, ...) by variable, and `TAIL`.

    Parameters
    ----------
    plan : Plan
    tallies : mapping of (scenario, control) to RunTallies
        All of the same subjects.
    outputs : collection of str
        What is wanted and was counted, as `analysis.outputs` names it.
    """
    parts = [_run(plan, one, outputs) for one in tallies.values()]
    return {name: np.stack([part[name] for part in parts]) for name in parts[0]}


def ranks(
    plan: Plan, values: Values, stability: Sequence[RankStability], outputs: Collection[str]
) -> Values:
    """Return the ranks of all items, (run, item, horizon) by variable, and how stable they are.

    Parameters
    ----------
    plan : Plan
    values : dict by variable of float64 array
        As `statistics` returns them.
    stability : sequence of RankStability
        Of each run.
    outputs : collection of str
        What is wanted; empty without `MATRIX`.
    """
    if MATRIX not in outputs:
        return {}
    expected, tail = (
        np.stack([_ranked(plan, run) for run in values[name]])
        for name in ("expected_per_year", TAIL)
    )
    found = {"rank_expected": expected, "rank_tail": tail}
    if STABILITY in outputs:
        shares = [one.shares(run) for one, run in zip(stability, expected, strict=True)]
        found |= {name: np.stack([one[name] for one in shares]) for name in shares[0]}
    return found


def _run(plan: Plan, one: RunTallies, outputs: Collection[str]) -> Values:
    """Statistics of one scenario and control; each histogram is unpacked once."""
    found = {**_sums(one), **_value(one)}
    if MATRIX in outputs:
        found |= _matrix(one, outputs)
    years = one.headline_years.reading()
    if ANNUAL in outputs:
        found |= _annual(one, years)
    if OF_CURVES in outputs:
        found |= _curves(plan, one, years)
    if BREACHES in outputs:
        found |= one.breaches.probabilities()
    return found


def _spread(one: RunTallies, read: Callable[[str], Floats]) -> Floats:
    """Return (subject, channel, ...) from arrays by channel; NaN where a channel is not touched."""
    return _placed(one, np.concatenate([read(name) for name in MEASURED]))


def _placed(one: RunTallies, values: Floats) -> Floats:
    """Return (subject, channel, ...) from rows by channel, then subject."""
    spread = np.full((len(one.subjects), len(MEASURED), *values.shape[1:]), np.nan)
    spread[*_places(one)] = values
    return spread


def _places(one: RunTallies) -> tuple[list[int], list[int]]:
    """Return subject and channel of the rows of all channels, one after the other."""
    rows = [row for name in MEASURED for row in one.rows[name]]
    channels = [number for number, name in enumerate(MEASURED) for _ in one.rows[name]]
    return rows, channels


def _headline_rows(one: RunTallies) -> list[int]:
    return [row for row, about in enumerate(one.subjects) if about.name in HEADLINES]


def _sums(one: RunTallies) -> Values:
    """Statistics of a horizon's sum: headlines' net from finer bins."""
    sums, heads = [one.horizon[name].reading() for name in MEASURED], _headline_rows(one)
    together = Reading.joined([*sums, one.headline_horizons.reading()])
    rows = together.shape[0] - len(heads)
    found: Values = {}
    for name, values in _statistics(together).items():
        found[name] = _placed(one, values[:rows])
        found[name][heads, -1] = values[rows:]
    return {
        "mean": _spread(one, lambda channel: one.horizon[channel].mean()),
        "mean_se": _spread(one, lambda channel: one.horizon[channel].mean_error()),
        "mean_change": _spread(one, lambda channel: one.change[channel].mean()),
        "mean_change_se": _spread(one, lambda channel: one.change[channel].standard_error()),
        "sd": _spread(one, lambda channel: one.horizon[channel].sd()),
        "sd_se": _placed(one, together.sd_error()[:rows]),
        **found,
    }


def _statistics(effects: Reading) -> Values:
    """Percentiles and tails with their errors, (*shape, quantile or level)."""
    tvar, tvar_error = effects.loss_tvar_with_error(TAIL_LEVELS)
    return {
        "percentile": effects.quantile(QUANTILES),
        "percentile_se": effects.quantile_error(QUANTILES),
        "loss_var": effects.loss_var(TAIL_LEVELS),
        "loss_var_se": effects.loss_var_error(TAIL_LEVELS),
        "loss_tvar": tvar,
        "loss_tvar_se": tvar_error,
    }


def _annual(one: RunTallies, yearly: Reading) -> Values:
    return {
        "annual_mean": _spread(one, lambda channel: one.annual[channel].mean()),
        "annual_mean_se": _spread(one, lambda channel: one.annual[channel].standard_error()),
        "annual_percentile": yearly.quantile(QUANTILES),
        "annual_percentile_se": yearly.quantile_error(QUANTILES),
    }


def _value(one: RunTallies) -> Values:
    together = Reading.joined([one.value.reading(), one.headline_value.reading()])
    rows, heads = len(one.subjects), _headline_rows(one)
    found: Values = {}
    for name, values in (
        ("npv_percentile", together.quantile(QUANTILES)),
        ("npv_percentile_se", together.quantile_error(QUANTILES)),
    ):
        found[name] = values[:rows]
        found[name][heads] = values[rows:]
    return {"npv_mean": one.value.mean(), "npv_mean_se": one.value.mean_error(), **found}


def _matrix(one: RunTallies, outputs: Collection[str]) -> Values:
    points = one.material.points()
    items = slice(0, one.items)
    draws = max(one.value.count, 1)
    probability = one.draws_with_material_year / draws
    if ANNUAL not in outputs:  # then years of sums are not looked at
        probability[items.stop :] = np.nan
    net = one.horizon[NET]
    years = np.array([span.stop - span.start for span in one.plan.horizons.values()])
    expected = net.mean()[items] / years
    return {
        "probability": probability,
        "probability_se": proportion_error(probability, draws),
        "likelihood_per_year": points.likelihood_per_year,
        "impact_mean": points.impact_mean,
        "impact_mean_se": points.impact_mean_se,
        "impact_percentile": np.stack(
            [points.impact_p5, points.impact_p50, points.impact_p95], axis=-1
        ),
        "expected_per_year": expected,
        TAIL: _own_tail(one)[items],
    }


def _own_tail(one: RunTallies) -> Floats:
    """Return the mean of the worst 5 % for risks and of the best 5 % for opportunities."""
    effects = one.horizon[NET].reading()
    worst = -effects.loss_tvar((0.95,))[..., 0]
    best = effects.gain_tvar((0.95,))[..., 0]
    sides = np.array([about.side for about in one.subjects])[:, None]
    return np.where(sides < 0, worst, best)


def _ranked(plan: Plan, values: Floats) -> Floats:
    """Rank by magnitude within each horizon, risks and opportunities apart; 1 is the largest."""
    ranks = np.full(values.shape, np.nan)
    sides = np.array([item.side for item in plan.items])
    for side in (-1, 1):
        rows = np.flatnonzero(sides == side)
        for horizon in range(values.shape[1]):
            ranks[rows, horizon] = rank(side * values[rows, horizon])
    return ranks


def _curves(plan: Plan, one: RunTallies, years: Reading) -> Values:
    """Exceedance curves of the last year of each horizon: (curve, year, basis, return period)."""
    last = [span.stop - 1 for span in plan.horizons.values()]
    of_years, of_events = exceedance_curve(years), exceedance_curve(one.largest_event)
    frequency = [one.curve() for one in one.events]
    rows = np.ix_([HEADLINES.index(name) for name in CURVES], last)
    return {
        "exceedance_loss": both_bases(of_years.loss[rows], of_events.loss),
        "exceedance_loss_se": both_bases(of_years.standard_error[rows], of_events.standard_error),
        "exceedance_frequency_loss": np.stack([curve.loss for curve in frequency]),
        "exceedance_frequency_loss_se": np.stack([curve.standard_error for curve in frequency]),
    }


def both_bases(years: Floats, events: Floats) -> Floats:
    """Return figures of curves by year and by single event, (..., curve, year, basis, period).

    Parameters
    ----------
    years : float64 array (..., curve, year, return period)
    events : float64 array (..., year, return period)
        Of the risks; no other curve has them.
    """
    found = np.stack([years, np.full_like(years, np.nan)], axis=-2)
    found[..., CURVES.index(RISKS), :, 1, :] = events
    return found
