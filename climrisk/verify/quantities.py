"""Quantities: what percentiles, bounds and labels mean (E1, E6, E9, K1)."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from scipy.special import ndtr

from climrisk.domain.quantities import Quantity, read_quantity
from climrisk.domain.quantities.labels import LabelMaps, resolve_labels
from climrisk.verify.case import Case, Check, Estimate

__all__ = ["CASES"]

_LABELS: Final = {
    "frequent": ((10.0, 24.0, 52.0), 26.333, 0.0005),
    "occasional": ((1.0, 6.0, 12.0), 6.167, 0.0005),
    "rare": ((0.0, 0.1, 1.0), 0.2333, 0.00005),
}
"""Lowest, most likely and highest events a year; published mean and half its last digit."""


_LEVELS: Final = (0.05, 0.5, 0.95)
_SHIFTED: Final = (-86.81908, -70.0, -31.71950)
"""P5, P50 and P95 of -100 + 30 exp(0.5 z)."""
_POOLED: Final = {"linear": (1.3, 15.0, 83.7), "log": (7.4, 18.8, 47.6)}
"""Published percentiles of two people's pooled view, by method."""


def _quantile(quantity: Quantity, score: float) -> float:
    """Return the quantile at a normal score."""
    return quantity.ppf(np.array([ndtr(score)])).item()


def _lognormal_from_a_range() -> tuple[Check, ...]:
    stated = read_quantity({"p5": 1.0, "p95": 10.0}, "log")
    mu = math.log(_quantile(stated, 0.0))
    sigma = math.log(_quantile(stated, 1.0)) - mu
    return (
        Check("mu", Estimate(mu), 1.151292546, 5e-10, "1"),
        Check("sigma", Estimate(sigma), 0.699936169, 5e-10, "1"),
        Check("mean", Estimate(stated.mean()), 4.040012826945718, 1e-13, "1"),
    )


def _normal_from_a_range() -> tuple[Check, ...]:
    half = 20.0 * 1.6448536269514727
    stated = read_quantity({"p5": 10.0 - half, "p95": 10.0 + half}, "identity")
    spread = _quantile(stated, 1.0) - _quantile(stated, 0.0)
    return (
        Check("mean", Estimate(stated.mean()), 10.0, 1e-3, "1"),
        Check("standard deviation", Estimate(spread), 20.0, 1e-3, "1"),
    )


def _known_families() -> tuple[Check, ...]:
    stated = {"family": "shifted_lognormal", "mu": math.log(30.0), "sigma": 0.5, "shift": -100.0}
    values = read_quantity(stated, "identity").ppf(np.array(_LEVELS)).tolist()
    shifted = (
        Check(f"shifted lognormal, P{100 * level:.0f}", Estimate(ours), theirs, 1e-3, "1")
        for level, ours, theirs in zip(_LEVELS, values, _SHIFTED, strict=True)
    )
    return (*_normal_from_a_range(), *shifted)


def _label_means() -> tuple[Check, ...]:
    words = {
        label: dict(zip(("low", "mode", "high"), bounds, strict=True))
        for label, (bounds, *_) in _LABELS.items()
    }
    maps = LabelMaps.model_validate({"likelihood": words})
    found = []
    for label, (_, mean, rounding) in _LABELS.items():
        stated = resolve_labels({"rate": label}, maps)["rate"]
        ours = Estimate(read_quantity(stated, "log").mean())
        found.append(Check(f"mean of `{label}`", ours, mean, rounding, "1/year"))
    return tuple(found)


def _pooled_views() -> tuple[Check, ...]:
    people = [{"p5": 1.0, "p95": 10.0}, {"p5": 20.0, "p95": 100.0}]
    found = []
    for method, published in _POOLED.items():
        pool = read_quantity({"pool": people, "method": method}, "log")
        values = pool.ppf(np.array(_LEVELS)).tolist()
        for level, ours, theirs in zip(_LEVELS, values, published, strict=True):
            what = f"{method.replace('_', ' ')} pool, P{100 * level:.0f}"
            found.append(Check(what, Estimate(ours), theirs, 0.02 * theirs, "1"))
    return tuple(found)


CASES: Final = (
    Case(
        "E1",
        "Lognormal from P5 = 1 and P95 = 10",
        "riskquant, tests/test_simpleloss.py",
        _lognormal_from_a_range,
    ),
    Case(
        "E6",
        "Normal (mean 10, sd 20) from its P5 and P95; a shifted lognormal by its parameters",
        "SHELF, tests/testthat/test-fitting.R",
        _known_families,
        remark="SHELF fits these, and a scaled beta, to quantiles by least squares, and recovers "
        "the parameters to 1e-3. climrisk does not fit: it takes percentiles or parameters as "
        "stated. So the beta is left out, and the lognormal is held the other way round.",
    ),
    Case(
        "E9",
        "Labels as modified PERT distributions, gamma 4",
        "evaluator, inst/extdata/qualitative_mappings.csv",
        _label_means,
    ),
    Case(
        "K1",
        "Two people's lognormal views, P5-P95 1-10 and 20-100, pooled",
        "closed form: mixture of the distributions, and normalised product of the densities",
        _pooled_views,
        remark="The source allows 2 %: its median of the log pool, 18.8, is 18.75 by hand.",
    ),
)
