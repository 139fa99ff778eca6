"""What stated dependence comes to: achieved loss correlations, and its effect on the tail."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from climrisk.analysis.replay import net_sums, tail_mean
from climrisk.engine.latents import Tie
from climrisk.engine.plan import Plan
from climrisk.engine.reduced import closed, is_capped, reduced
from climrisk.i18n.numerals import significant

__all__ = ["DependenceEffect", "TiedPair", "dependence_effect"]

Floats = NDArray[np.float64]
MOST_DRAWS: Final = 20_000
"""Draws on which dependence is measured; the same with and without it."""
LEVEL: Final = 0.95


@dataclass(frozen=True)
class TiedPair:
    """Two tied items, and what became of the correlation between their losses.

    Parameters
    ----------
    first, second : str
        Item ids.
    kind : str
        `occurrence` or `severity`.
    latent : float
        Correlation of the latents in normal scores, after any repair.
    achieved, achieved_rank : float
        Pearson and Spearman correlation of the net losses over the horizon; a hedge is positive
        between a risk and an opportunity in magnitudes, so signs are those of magnitudes.
    standard_error : float
        Of the rank correlation, 1 / sqrt(draws - 1).
    """

    first: str
    second: str
    kind: str
    latent: float
    achieved: float
    achieved_rank: float
    standard_error: float


@dataclass(frozen=True)
class DependenceEffect:
    """Effect of all ties on the tail of the total.

    Parameters
    ----------
    scenario, control, horizon : str
        Where it was measured.
    draws : int
    unit : str
        Of the tails, such as RMB million.
    tail_with, tail_without : float
        Mean loss on net of the worst 5 % over the horizon [million], with and without the ties.
    pairs : tuple of TiedPair
    """

    scenario: str
    control: str
    horizon: str
    draws: int
    unit: str
    tail_with: float
    tail_without: float
    pairs: tuple[TiedPair, ...]

    @property
    def sentence(self) -> str:
        """The effect in one sentence."""
        change = self.tail_with / self.tail_without - 1.0 if self.tail_without > 0.0 else np.nan
        verb = "deepens" if self.tail_with >= self.tail_without else "softens"
        return (
            f"dependence {verb} the worst 5 % of {self.horizon} net in {self.scenario} from a "
            f"mean loss of {significant(self.tail_without)} to {significant(self.tail_with)} "
            f"{self.unit} ({change:+.0%}, {self.draws:,} draws)"
        )

    def record(self) -> dict[str, Any]:
        """Return everything as plain data, the sentence included."""
        return {**asdict(self), "sentence": self.sentence}


def dependence_effect(
    plan: Plan, seed: int, draws: int, scenario: str, control: str = "current"
) -> DependenceEffect | None:
    """Measure the ties in the last horizon of one scenario; None where nothing is tied.

    Parameters
    ----------
    plan : Plan
    seed, draws : int
        Of the run; at most 20,000 draws are used.
    scenario, control : str
    """
    ties = [*plan.occurrence_ties, *plan.severity_ties]
    if not any(len(tie.items) > 1 or np.any(tie.persistence) for tie in ties):
        return None
    horizon, years = list(plan.horizons.items())[-1]
    count = min(draws, MOST_DRAWS)
    tied_net = net_sums(plan, seed, range(count), scenario, control, years)
    free = replace(plan, occurrence_ties=(), severity_ties=())
    apart = reduced(free, closed(free, {name for tie in ties for name in tie.items}))
    free_net = net_sums(apart, seed, range(count), scenario, control, years)
    free_total = tied_net.sum(axis=0) - _replaced(plan, apart, tied_net) + free_net.sum(axis=0)
    places = {item.id: place for place, item in enumerate(plan.items)}
    sides = {item.id: item.side for item in plan.items}
    magnitudes = {name: sides[name] * tied_net[place] for name, place in places.items()}
    return DependenceEffect(
        scenario,
        control,
        horizon,
        count,
        f"{plan.settings.money.label} million",
        tail_mean(-tied_net.sum(axis=0), LEVEL),
        tail_mean(-free_total, LEVEL),
        (
            *_pairs("occurrence", plan.occurrence_ties, magnitudes),
            *_pairs("severity", plan.severity_ties, magnitudes),
        ),
    )


def _replaced(plan: Plan, apart: Plan, net: Floats) -> Floats:
    """Return what the items of a reduced plan, and their overlap, come to in all, (draw,)."""
    again = {item.id for item in apart.items}
    rows = [place for place, item in enumerate(plan.items) if item.id in again]
    if any(is_capped(item) for item in apart.items):
        rows.append(plan.overlap_row)
    return np.asarray(net[rows].sum(axis=0))


def _pairs(kind: str, ties: tuple[Tie, ...], magnitudes: dict[str, Floats]) -> tuple[TiedPair, ...]:
    return tuple(
        _pair(kind, tie, row, column, magnitudes)
        for tie in ties
        for row in range(len(tie.items))
        for column in range(row)
        if (tie.factor @ tie.factor.T)[row, column] != 0.0
    )


def _pair(kind: str, tie: Tie, row: int, column: int, magnitudes: dict[str, Floats]) -> TiedPair:
    first, second = tie.items[column], tie.items[row]
    one, other = magnitudes[first], magnitudes[second]
    latent = float((tie.factor @ tie.factor.T)[row, column])
    error = 1.0 / np.sqrt(max(one.size - 1, 1))
    achieved = _correlation(one, other)
    ranked = _correlation(_ranks(one), _ranks(other))
    return TiedPair(first, second, kind, latent, achieved, ranked, float(error))


def _ranks(values: Floats) -> Floats:
    """Return ranks, ties at their mean."""
    return np.asarray(pd.Series(values).rank(), dtype=np.float64)


def _correlation(one: Floats, other: Floats) -> float:
    if one.size < 2 or one.std() == 0.0 or other.std() == 0.0:
        return float("nan")
    return float(np.corrcoef(one, other)[0, 1])
