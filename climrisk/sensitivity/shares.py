"""Where the spread of total net comes from: by item, and by input."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from climrisk.analysis.explained import MODEL
from climrisk.domain.study import Study
from climrisk.engine.kernels import simulated_run
from climrisk.engine.subjects import entity_names
from climrisk.errors import QuestionRefusedError
from climrisk.names import ALL_YEARS, CURRENT
from climrisk.sensitivity.asked import Asked, asked
from climrisk.sensitivity.inputs import acting_inputs, provenance, scores
from climrisk.sensitivity.jackknife import with_jackknife_error

__all__ = ["covariance_shares", "input_shares", "item_shares", "rank_correlation"]

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


def item_shares(
    study: Study,
    scenario: str,
    *,
    control: str = CURRENT,
    horizon: str = ALL_YEARS,
    draws: int | None = None,
    seed: int | None = None,
) -> pd.DataFrame:
    """Return the share of the variance of total net that each subject brings, hedges below zero.

    A share is the covariance of a subject with the total over the variance of the total: with
    dependence, common drivers and all. Shares sum to 1. One below zero lowers the spread.

    Parameters
    ----------
    study, scenario, control, horizon, draws, seed
        As `sensitivity.asked.asked` takes them.

    Returns
    -------
    DataFrame
        A row for each item, overlap, measures and own carbon cost, largest first: `subject, share,
        share_se`.

    Raises
    ------
    QuestionRefusedError
        If the study has no such scenario, control or horizon, or total net does not vary.

    References
    ----------
    .. [1] D. Tasche, Capital allocation to business units and sub-portfolios: the Euler principle,
       2008, section 3.2: contributions to the standard deviation.
    """
    of = asked(study, scenario, control=control, horizon=horizon, draws=draws, seed=seed)
    parts = _worth(of)
    share, error = covariance_shares(parts)
    frame = pd.DataFrame({"subject": entity_names(of.plan), "share": share, "share_se": error})
    return _labelled(frame, of).sort_values("share", ascending=False, ignore_index=True)


def input_shares(
    study: Study,
    scenario: str,
    *,
    control: str = CURRENT,
    horizon: str = ALL_YEARS,
    draws: int | None = None,
    seed: int | None = None,
) -> pd.DataFrame:
    """Return how closely the rank of total net follows that of each input.

    The squared rank correlation sees every rising or falling relation, straight or not. Shares of
    tied inputs overlap, and what inputs do together is missing, so that shares need not sum to 1;
    what is left is chance, interaction and relations that turn round.

    Parameters
    ----------
    study, scenario, control, horizon, draws, seed
        As `sensitivity.asked.asked` takes them.

    Returns
    -------
    DataFrame
        A row for each input, largest share first: `input, basis, source, rank_correlation,
        rank_correlation_se, rank_share, rank_share_se`. A climate model has no rank: its share is
        the variance of the mean ranks of models over that of all ranks, its correlation empty.

    Raises
    ------
    QuestionRefusedError
        If the study has no such scenario, control or horizon, or total net does not vary.
    """
    of = asked(study, scenario, control=control, horizon=horizon, draws=draws, seed=seed)
    inputs = acting_inputs(of.plan, control)
    total = _worth(of).sum(axis=0)
    _require_spread(total)
    by_block = [np.stack([scores(one, world) for one in inputs]) for world in of.worlds()]
    columns = _rank_columns([one is MODEL for one in inputs], np.concatenate(by_block, 1), total)
    frame = pd.DataFrame(provenance(study, inputs) | columns)
    return _labelled(frame, of).sort_values("rank_share", ascending=False, ignore_index=True)


def covariance_shares(parts: Floats) -> tuple[Floats, Floats]:
    """Return cov(part, sum) / var(sum) of each part, and jackknife errors, (part,) each.

    Parameters
    ----------
    parts : float64 array (part, draw)

    Raises
    ------
    QuestionRefusedError
        If the sum does not vary.
    """
    _require_spread(parts.sum(axis=0))

    def share(kept: Mask) -> Floats:
        own = parts[:, kept] - parts[:, kept].mean(axis=1, keepdims=True)
        total = own.sum(axis=0)
        return np.asarray(own @ total / (total @ total))

    return with_jackknife_error(share, parts.shape[1])


def rank_correlation(one: Floats, other: Floats) -> tuple[float, float]:
    """Return Spearman's rank correlation, and its jackknife error.

    Parameters
    ----------
    one, other : float64 array (draw,)
    """
    ranks = _ranks(one), _ranks(other)

    def correlation(kept: Mask) -> Floats:
        return np.corrcoef(ranks[0][kept], ranks[1][kept])[:1, 1]

    value, error = with_jackknife_error(correlation, one.size)
    return float(value[0]), float(error[0])


def _rank_columns(is_model: Iterable[bool], inputs: Floats, total: Floats) -> dict[str, Floats]:
    rows = [
        (np.nan, np.nan, *_between(one, total))
        if model
        else _squared(*rank_correlation(one, total))
        for model, one in zip(is_model, inputs, strict=True)
    ]
    names = ("rank_correlation", "rank_correlation_se", "rank_share", "rank_share_se")
    return dict(zip(names, np.array(rows).T, strict=True))


def _squared(correlation: float, error: float) -> tuple[float, float, float, float]:
    return correlation, error, correlation**2, 2.0 * abs(correlation) * error


def _between(groups: Floats, total: Floats) -> tuple[float, float]:
    """Return the variance of the mean ranks of groups over that of all ranks."""
    ranks = _ranks(total)

    def share(kept: Mask) -> Floats:
        own, centred = groups[kept], ranks[kept] - ranks[kept].mean()
        squares = [(own == g).sum() * centred[own == g].mean() ** 2 for g in np.unique(own)]
        return np.array([sum(squares) / (centred @ centred)])

    value, error = with_jackknife_error(share, total.size)
    return float(value[0]), float(error[0])


def _ranks(values: Floats) -> Floats:
    from scipy.stats import rankdata  # slow to import

    return np.asarray(rankdata(values), dtype=np.float64)


def _require_spread(total: Floats) -> None:
    if np.ptp(total) == 0.0:
        raise QuestionRefusedError("total net is the same in every draw: nothing moves it")


def _worth(of: Asked) -> Floats:
    """Return net of every entity over the horizon, (entity, draw) [million]."""
    blocks = simulated_run(of.plan, of.seed, range(of.draws), of.scenario, of.control)
    return np.concatenate([of.worth(one.effects.amounts[:, -1]) for one in blocks], axis=1)


def _labelled(frame: pd.DataFrame, of: Asked) -> pd.DataFrame:
    for place, (name, word) in enumerate(of.labels().items()):
        frame.insert(place, name, word)
    return frame
