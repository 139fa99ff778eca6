"""Draws added until the bad end of the total is known well enough."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import xarray as xr

from climrisk.analysis.tallies import Tallies
from climrisk.domain.study import Study
from climrisk.engine.plan import Plan
from climrisk.engine.variants import runs
from climrisk.metrics.convergence import relative_errors
from climrisk.names import CURRENT, HEADLINES, NET, TOTAL

__all__ = [
    "FIRST_DRAWS",
    "MOST_DRAWS",
    "Precision",
    "errors_of_p5",
    "sampling_of",
    "until_precise",
]

FIRST_DRAWS: Final = 8_192
"""Draws before the error is looked at for the first time; then it is after every doubling."""
MOST_DRAWS: Final = 4_000_000
"""Draws at which a run stops where nobody says otherwise."""
BAD_END: Final = 0.05


@dataclass(frozen=True)
class Precision:
    """How well the P5 of total net in the last horizon must be known, in every scenario.

    Parameters
    ----------
    target : float
        Largest standard error allowed, relative to the larger of the P5 and what is material over
        the horizon; above 0.
    most : int
        Draws at which to stop however large the error is.
    told : callable
        Called after each look with the draws so far and the largest relative error.
    """

    target: float
    most: int
    told: Callable[[int, float], None]

    def __post_init__(self) -> None:
        if not 0.0 < self.target < 1.0:
            raise ValueError(f"target_error: found {self.target}, allowed above 0 and below 1")

    def record(self, results: xr.Dataset, study: Study) -> dict[str, Any]:
        """Return the target, the most draws, what was achieved by scenario, and whether it is."""
        achieved = errors_of_p5(results, study)
        reached = max(achieved.values()) <= self.target
        return {
            "target": self.target,
            "max_draws": self.most,
            "reached": reached,
            "achieved": achieved,
        }


def sampling_of(
    study: Study,
    draws: int | None,
    target_error: float | None,
    max_draws: int | None,
    told: Callable[[int, float], None] | None = None,
) -> int | Precision:
    """Return a number of draws or a precision: what the caller asks for, else what the study does.

    Parameters
    ----------
    study : Study
    draws, target_error, max_draws, told
        As for `analyse`.

    Raises
    ------
    ValueError
        If both draws and a target are given, `max_draws` without a target, or a target that is not
        between 0 and 1.
    """
    stated = study.settings.simulation
    if draws is not None:
        if target_error is not None or max_draws is not None:
            raise ValueError("draws: found with target_error or max_draws, allowed without")
        return draws
    target = stated.target_error if target_error is None else target_error
    if target is None:
        if max_draws is not None:
            raise ValueError("max_draws: found without target_error, allowed with it")
        return stated.draws
    most = stated.max_draws or MOST_DRAWS if max_draws is None else max_draws
    return Precision(target, most, told or _nobody)


def _nobody(_draws: int, _error: float) -> None:
    """Tell nobody."""


def until_precise(
    count: Callable[[range], Tallies], plan: Plan, wanted: Precision
) -> tuple[Tallies, int]:
    """Return tallies of as many draws as it takes, and their number.

    Draws are added to those that are there, so that the tallies are those of one run of that many
    draws. The numbers of draws are 8,192 times a power of two, or the most allowed: where the error
    is looked at does not depend on the machine.

    Parameters
    ----------
    count : callable
        Simulates and counts a range of draws.
    plan : Plan
    wanted : Precision
    """
    draws = min(FIRST_DRAWS, wanted.most)
    tallies = count(range(draws))
    while True:
        error = _largest_error(plan, tallies)
        wanted.told(draws, error)
        if error <= wanted.target or draws >= wanted.most:
            return tallies, draws
        more = min(2 * draws, wanted.most)
        tallies.merge(count(range(draws, more)))
        draws = more


def _largest_error(plan: Plan, tallies: Tallies) -> float:
    span, counted = list(plan.horizons.values())[-1], tallies.counted()
    effects = counted.tallies.headline_horizons.reading()
    p5, error = effects.quantile(BAD_END)[:, -1], effects.quantile_error(BAD_END)[:, -1]
    of = counted.tallies.distinct.headlines[counted.headline[:, HEADLINES.index(TOTAL)]]
    rows = [of[run] for run, (_, control) in enumerate(runs(plan)) if control == CURRENT]
    material = plan.settings.material_effect.value * (span.stop - span.start)
    return max(0.0, *relative_errors(p5[rows], error[rows], material).reshape(-1).tolist())


def errors_of_p5(results: xr.Dataset, study: Study) -> dict[str, float]:
    """Return by scenario what `Precision` bounds: relative errors under current controls."""
    last = results.isel(horizon=-1).sel(
        subject=TOTAL, channel=NET, quantile=BAD_END, control=CURRENT
    )
    errors = relative_errors(
        last["percentile"].to_numpy(),
        last["percentile_se"].to_numpy(),
        study.settings.material_effect.value * int(last["horizon_years"]),
    )
    return dict(zip(last["scenario"].to_numpy().tolist(), errors.tolist(), strict=True))
