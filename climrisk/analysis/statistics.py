"""From tallies to the figures of results: statistics of every run, and ranks among items."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.outputs import ANNUAL, MATRIX, STABILITY
from climrisk.analysis.stability import RankStability
from climrisk.analysis.subject_tallies import RunTallies
from climrisk.engine.plan import Plan
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
Integers = NDArray[np.int64]
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
    sums = one.sums.reading()
    found = {**_sums(one, sums), **_value(one)}
    if MATRIX in outputs:
        found |= _matrix(one, sums, outputs)
    if ANNUAL in outputs:
        found |= _annual(one)
    return found


def _placed(one: RunTallies, values: Floats, of: Integers) -> Floats:
    """Return (subject, channel, ...); NaN where a subject does not touch a channel.

    Parameters
    ----------
    one : RunTallies
    values : float64 array (distinct sum or change, ...)
    of : int64 array (row of all channels,)
        Which of them a row has.
    """
    spread = np.full((len(one.subjects), len(MEASURED), *values.shape[1:]), np.nan)
    spread[*_places(one)] = values[of]
    return spread


def _places(one: RunTallies) -> tuple[list[int], list[int]]:
    """Return subject and channel of the rows of all channels, one after the other."""
    rows = [row for name in MEASURED for row in one.rows[name]]
    channels = [number for number, name in enumerate(MEASURED) for _ in one.rows[name]]
    return rows, channels


def _headline_rows(one: RunTallies) -> list[int]:
    return [row for row, about in enumerate(one.subjects) if about.name in HEADLINES]


def _sums(one: RunTallies, sums: Reading) -> Values:
    """Statistics of a horizon's sum: headlines' net from finer bins."""
    together = Reading.joined([sums, one.headline_horizons.reading()])
    of, changes, rows = one.distinct.of_rows, one.distinct.changes, sums.shape[0]
    heads = _headline_rows(one)
    found: Values = {}
    for name, values in _statistics(together).items():
        found[name] = _placed(one, values[:rows], of)
        found[name][heads, -1] = values[rows:][one.distinct.headlines]
    return {
        "mean": _placed(one, one.sums.mean(), of),
        "mean_se": _placed(one, one.sums.mean_error(), of),
        "mean_change": _placed(one, one.change.mean(), changes),
        "mean_change_se": _placed(one, one.change.standard_error(), changes),
        "sd": _placed(one, one.sums.sd(), of),
        "sd_se": _placed(one, sums.sd_error(), of),
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


def _annual(one: RunTallies) -> Values:
    yearly, of, heads = one.headline_years.reading(), one.distinct.of_rows, one.distinct.headlines
    return {
        "annual_mean": _placed(one, one.annual.mean(), of),
        "annual_mean_se": _placed(one, one.annual.standard_error(), of),
        "annual_percentile": yearly.quantile(QUANTILES)[heads],
        "annual_percentile_se": yearly.quantile_error(QUANTILES)[heads],
    }


def _value(one: RunTallies) -> Values:
    parts = [one.value.reading(), one.headline_value.reading()]
    together = Reading.joined([part.flat() for part in parts])
    of, rows, heads = one.values, parts[0].shape[0], _headline_rows(one)
    found: Values = {}
    for name, values in (
        ("npv_percentile", together.quantile(QUANTILES)),
        ("npv_percentile_se", together.quantile_error(QUANTILES)),
    ):
        found[name] = values[of]
        found[name][heads] = values[rows:][one.distinct.headlines]
    mean, error = one.value.mean().reshape(-1), one.value.mean_error().reshape(-1)
    return {"npv_mean": mean[of], "npv_mean_se": error[of], **found}


def _matrix(one: RunTallies, sums: Reading, outputs: Collection[str]) -> Values:
    points = one.material.points()
    items = slice(0, one.items)
    draws = max(one.sums.count, 1)
    probability = one.draws_with_material_year / draws
    if ANNUAL not in outputs:  # then years of sums are not looked at
        probability[items.stop :] = np.nan
    net = one.distinct.sums[NET]
    years = np.array([span.stop - span.start for span in one.plan.horizons.values()])
    expected = one.sums.mean()[net[items]] / years
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
        TAIL: _own_tail(one, sums)[items],
    }


def _own_tail(one: RunTallies, sums: Reading) -> Floats:
    """Return the mean of the worst 5 % for risks and of the best 5 % for opportunities."""
    net = one.distinct.sums[NET]
    worst = -sums.loss_tvar((0.95,))[net, :, 0]
    best = sums.gain_tvar((0.95,))[net, :, 0]
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
