"""Small studies simulated with the seed of all cases, and figures read off the results."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr

from climrisk.analysis import analyse
from climrisk.domain.study import Study
from climrisk.engine.blocks import blocks
from climrisk.engine.plan import make_plan
from climrisk.metrics.tally import Tally
from climrisk.names import BASE_YEAR_SCENARIO, CURRENT, NET, TOTAL
from climrisk.verify.case import Estimate

__all__ = [
    "SEED",
    "estimate",
    "loss_exceedance",
    "loss_quantile",
    "mean_loss",
    "simulated",
    "tallied",
]

SEED: Final = 2023
"""Seed of every case, fixed so that a failure is never a matter of luck."""


def simulated(study: Study, draws: int, scenarios: tuple[str, ...] = ()) -> xr.Dataset:
    """Return the results of a study under current controls, scenario `base_year` included."""
    results = analyse(study, draws=draws, seed=SEED, scenarios=scenarios, outputs=())
    return results.sel(control=CURRENT)


def estimate(results: xr.Dataset, name: str, **where: object) -> Estimate:
    """Return one variable of the results with its error, at the labels `where`.

    Where it has more dimensions: the total's net in scenario `base_year` and the first horizon, and
    return periods by probability.
    """
    usual = {
        "scenario": BASE_YEAR_SCENARIO,
        "subject": TOTAL,
        "channel": NET,
        "convention": "probability",
    }
    one = results[[name, f"{name}_se"]].isel(horizon=0, missing_dims="ignore")
    labels = {key: label for key, label in (usual | where).items() if key in one.dims}
    chosen = one.sel(labels)
    return Estimate(float(chosen[name]), float(chosen[f"{name}_se"]))


def mean_loss(results: xr.Dataset, **where: object) -> Estimate:
    """Return minus the mean effect, with its error; see `estimate`."""
    mean, error = estimate(results, "mean", **where)
    return Estimate(-mean, error)


def tallied(study: Study, draws: int) -> Tally:
    """Return the tally of the total's net in the first year, at base-year climate."""
    plan = make_plan(study, ())
    tally = Tally((1,), plan.step, plan.scale)
    for block in blocks(plan, SEED, range(draws)):
        if block.control == CURRENT:
            tally.add(block.effects.net[:, 0].sum(axis=0)[np.newaxis])
    return tally


def loss_quantile(tally: Tally, level: float) -> Estimate:
    """Return the loss that is not exceeded with probability `level` [million]."""
    value, error = tally.loss_var((level,)), tally.loss_var_error((level,))
    return Estimate(float(value.item()), float(error.item()))


def loss_exceedance(tally: Tally, threshold: float) -> Estimate:
    """Return the probability that the loss is greater than `threshold` [million]."""
    value, error = tally.exceedance_probability(threshold), tally.exceedance_error(threshold)
    return Estimate(float(value.item()), float(error.item()))
