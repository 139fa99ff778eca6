"""What matters most: Sobol indices of a known function (M1), and what knowing is worth (V1)."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.streams import per_draw, stream
from climrisk.portable.arrays import normal_quantile
from climrisk.sensitivity import (
    Information,
    Predictor,
    Regression,
    partial_information,
    perfect_information,
    sobol_indices,
)
from climrisk.verify.case import Case, Check, Estimate
from climrisk.verify.simulation import SEED

__all__ = ["CASES"]

Floats = NDArray[np.float64]
_BASE_POINTS: Final = 32768
_PUBLISHED: Final = {"x1": (0.31, 0.55), "x2": (0.44, 0.44), "x3": (0.00, 0.24)}
_DRAWS: Final = 200_000
_OF_X: Final = 0.657745
"""E[max(0, X)] E[Y] = exp(1/2) / sqrt(2 pi)."""


def _ishigami(points: Floats) -> Floats:
    """Return sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1 for x uniform on (-pi, pi)."""
    x1, x2, x3 = np.pi * (2.0 * points.T - 1.0)
    return np.asarray(np.sin(x1) + 7.0 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1))


def _indices() -> tuple[Check, ...]:
    found = sobol_indices(_ishigami, list(_PUBLISHED), base_points=_BASE_POINTS, seed=SEED)
    checks = []
    figures = found[["first", "first_se", "total", "total_se"]].to_numpy(np.float64)
    for row, (name, published) in zip(figures, _PUBLISHED.items(), strict=True):
        own = row.reshape(2, 2)
        for order, (value, error), theirs in zip(("first", "total"), own, published, strict=True):
            estimate = Estimate(float(value), float(error))
            checks.append(Check(f"{order} order, {name}", estimate, theirs, 0.005, "1"))
    return tuple(checks)


def _worth() -> tuple[Check, ...]:
    x, log_y = (
        normal_quantile(per_draw(stream(SEED, "case", "V1", name), range(_DRAWS)))
        for name in ("X", "Y")
    )
    benefit = x * np.exp(log_y)
    of_x, of_y = (partial_information(benefit, Regression([Predictor(one)])) for one in (x, log_y))
    both = perfect_information(benefit)
    return (
        Check("knowing X", _estimate(of_x), _OF_X, 5e-7, "1"),
        Check("knowing Y", _estimate(of_y), 0.0, 0.0, "1"),
        Check("knowing both", _estimate(both), _OF_X, 5e-7, "1"),
    )


def _estimate(found: Information) -> Estimate:
    return Estimate(found.value, found.standard_error)


CASES: Final = (
    Case(
        "M1",
        "Sobol indices of the Ishigami function",
        "SALib, tests/test_regression.py",
        _indices,
        remark=f"{_BASE_POINTS:,} base points of a scrambled Sobol sequence. The source rounds "
        "loosely: the closed forms are 0.3139, 0.4424, 0 and 0.5576, 0.4424, 0.2437.",
        needs="SALib",
    ),
    Case(
        "V1",
        "Accept or reject X Y, X ~ N(0, 1), Y ~ LN(0, 1): what knowing X, Y or both is worth",
        "closed form: E[max(0, X)] E[Y]; Y alone changes no decision, as E[X] = 0",
        _worth,
        _DRAWS,
    ),
)
