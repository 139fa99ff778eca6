"""The tail of rare risks, and the atom at zero (C4, C6, C7)."""

from __future__ import annotations

from typing import Any, Final

import xarray as xr

from climrisk.domain.study import Study
from climrisk.verify.case import Case, Check
from climrisk.verify.simulation import estimate, loss_quantile, mean_loss, simulated, tallied
from climrisk.verify.studies import annual, study_of

__all__ = ["CASES"]

_DRAWS: Final = 200_000
_RARE_DRAWS: Final = 400_000


def _bernoulli(probability: float, amount: Any) -> Study:
    return study_of({"A": annual("bernoulli", probability, amount)})


def _mean(results: xr.Dataset, theirs: float, rounding: float) -> Check:
    return Check("mean", mean_loss(results), theirs, rounding, "million")


def _at(
    results: xr.Dataset, name: str, level: float, theirs: float, rounding: float = 0.0
) -> Check:
    label = {"loss_var": "VaR", "loss_tvar": "TVaR"}[name]
    found = estimate(results, name, level=level)
    return Check(f"{label}{100 * level:.0f}", found, theirs, rounding, "million")


def _one_in_five_years() -> tuple[Check, ...]:
    results = simulated(_bernoulli(0.2, {"mean": 50.0, "cv": 0.8}), _DRAWS)
    return (
        _mean(results, 10.0, 0.0),
        Check("standard deviation", estimate(results, "sd"), 26.83282, 5e-6, "million"),
        _at(results, "loss_var", 0.95, 62.7447, 5e-5),
        _at(results, "loss_var", 0.99, 124.1607, 5e-5),
        _at(results, "loss_tvar", 0.95, 102.3021, 5e-5),
        _at(results, "loss_tvar", 0.99, 173.2225, 5e-5),
    )


def _one_in_two_hundred_years() -> tuple[Check, ...]:
    study = _bernoulli(0.005, {"p5": 1.0, "p95": 10.0})
    results = simulated(study, _RARE_DRAWS)
    beyond = loss_quantile(tallied(study, _RARE_DRAWS), 0.999)
    return (
        _mean(results, 0.02020006, 5e-9),
        _at(results, "loss_var", 0.99, 0.0),
        Check("VaR99.9", beyond, 5.699473, 5e-7, "million"),
        _at(results, "loss_tvar", 0.99, 2.0200064, 5e-8),
    )


def _split_atom() -> tuple[Check, ...]:
    results = simulated(_bernoulli(0.01, 100.0), _DRAWS)
    return _at(results, "loss_var", 0.95, 0.0), _at(results, "loss_tvar", 0.95, 20.0)


CASES: Final = (
    Case(
        "C4",
        "Probability 0.2, lognormal loss (mean 50, cv 0.8)",
        "closed form",
        _one_in_five_years,
        _DRAWS,
    ),
    Case(
        "C6",
        "Probability 0.005, loss P5-P95 1-10 million: VaR99 is zero, TVaR99 is not",
        "closed form",
        _one_in_two_hundred_years,
        _RARE_DRAWS,
    ),
    Case(
        "C7",
        "Probability 0.01 of 100: the tail splits the atom at zero",
        "RiskPY, docstring of its tail value at risk",
        _split_atom,
        _DRAWS,
    ),
)
