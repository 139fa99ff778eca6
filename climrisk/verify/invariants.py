"""Invariants: means are expectations, and a scenario does not differ from itself (M6)."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import xarray as xr

from climrisk.analysis import analyse
from climrisk.analysis.verdict import exact_check
from climrisk.domain.study import Study
from climrisk.io.study import read_study
from climrisk.verify.case import Case, Check, Estimate
from climrisk.verify.simulation import SEED, mean_loss
from climrisk.verify.studies import annual, study_of

__all__ = ["CASES"]

_DRAWS: Final = 50_000
_LX: Final = "lx-technology-2023"
_LX_DRAWS: Final = 4_000
_TWIN: Final = "twin"


def _uncertain_probability() -> Study:
    """Return a probability that a driver moves: its mean outcome is not that of its mean."""
    link = {"driver": "stress", "acts_on": "probability", "form": "ratio", "elasticity": 2.0}
    chance = {"family": "uniform", "low": 0.1, "high": 0.5}
    doubled = {"stress": {2023: 1.0, 2024: 2.0, 2100: 2.0}}
    return _twinned({"A": annual("bernoulli", chance, 100.0, links=[link])}, doubled)


def _uncertain_model() -> Study:
    """Return a rate that two climate models move differently."""
    link = {"driver": "storms", "acts_on": "rate", "form": "ratio", "elasticity": 2.0}
    paths = {name: {2023: 1.0, 2024: up, 2100: up} for name, up in (("calm", 1.0), ("wild", 3.0))}
    return _twinned(
        {"A": annual("poisson", 0.5, 10.0, links=[link])}, {"storms": {"models": paths}}
    )


def _twinned(items: dict[str, Any], drivers: dict[str, Any]) -> Study:
    return study_of(items, {"moving": drivers, _TWIN: drivers})


def _small(study: Study, name: str, expected: float) -> tuple[Check, ...]:
    results = analyse(study, draws=_DRAWS, seed=SEED, outputs=())
    loss = mean_loss(results.sel(control="current"), scenario="moving")
    exact = results["exact_mean"].sel(
        scenario="moving", control="current", item="A", channel="net", horizon="whole"
    )
    return (
        Check(f"{name}: mean loss", loss, expected, 0.0, "million"),
        Check(f"{name}: exact mean", Estimate(-float(exact)), expected, 1e-9, "million"),
        _self_difference(results, name, "moving"),
    )


def _lx() -> tuple[Check, ...]:
    study = read_study(_LX)
    first = study.settings.scenarios[0]
    twins = study.model_copy(
        update={"scenarios": {**study.scenarios, _TWIN: study.scenarios[first]}}
    )
    scenarios = (*study.settings.scenarios, _TWIN)
    results = analyse(twins, draws=_LX_DRAWS, seed=SEED, scenarios=scenarios, outputs=())
    exact = exact_check(results)
    what = f"LX: largest of {exact.compared} differences from exact means"
    bound = exact.bound  # of so many comparisons together, not of one
    return (
        Check(what, Estimate(exact.largest_z), 0.0, bound, "standard errors"),
        _self_difference(results, "LX", first),
    )


def _self_difference(results: xr.Dataset, name: str, scenario: str) -> Check:
    """Hold every figure of a scenario against those of its twin."""
    told = results.drop_vars("scenario")
    names = results["scenario"].to_numpy().tolist()
    first, second = (told.isel(scenario=names.index(one)) for one in (scenario, _TWIN))
    largest = max(_largest_gap(first[key], second[key]) for key in results.data_vars)
    what = f"{name}: largest difference of a scenario from itself"
    return Check(what, Estimate(largest), 0.0, 0.0, "any unit")


def _largest_gap(first: xr.DataArray, second: xr.DataArray) -> float:
    """Return the largest difference; infinite where only one of two figures is missing."""
    mine, other = first.to_numpy(), second.to_numpy()
    differ = ~((mine == other) | (np.isnan(mine) & np.isnan(other)))
    gap = np.abs(mine[differ] - other[differ])
    return float(np.nan_to_num(gap, nan=np.inf).max(initial=0.0))


def _every_study() -> tuple[Check, ...]:
    # E[1 - (1 - P)^4] for P uniform from 0.1 to 0.5; E[driver^2] over two models
    probability = 1.0 - (0.9**5 - 0.5**5) / (5 * 0.4)
    return (
        *_small(_uncertain_probability(), "uncertain probability", 100.0 * probability),
        *_small(_uncertain_model(), "uncertain model", 0.5 * 10.0 * (1.0 + 9.0) / 2.0),
        *_lx(),
    )


CASES: Final = (
    Case(
        "M6",
        "Mean of every scenario is its exact expectation, and a scenario equals itself",
        "closed forms; the faults of Activity Browser, issues 851 and 619",
        _every_study,
        _DRAWS,
        f"The LX study has {_LX_DRAWS:,} draws. Values at mean inputs, 75.99 and 20, would fail.",
    ),
)
