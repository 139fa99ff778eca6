"""What a t copula needs of the chi-squared and Student t laws, from tables.

A table is the definition of its function, and the same bits on every machine: chi-squared within
a relative 1e-10 of SciPy, normal scores within 1e-10. Source of the near-normal variable that the t
table is read by: Wallace (1959), Bounds on normal approximations to Student's and the chi-square
distributions, Annals of Mathematical Statistics 30(4), doi:10.1214/aoms/1177706096.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from climrisk.domain.quantities.gamma import unit_gamma
from climrisk.portable.arrays import expm1, log1p
from climrisk.portable.pieces import Pieces, piecewise

__all__ = ["chi_squared", "student_scores"]

Floats = NDArray[np.float64]

_FARTHEST: Final = 12.0
"""Wallace's variable where about 1e-32 is left: no float64 is so near to 1."""


def chi_squared(df: float, u: Floats) -> Floats:
    """Return the quantiles of the chi-squared law at `u`, of its shape."""
    return 2.0 * unit_gamma(df / 2.0).ppf(u)


def student_scores(df: float, t: Floats) -> Floats:
    """Return the normal scores of Student t values, of the shape of `t`.

    Parameters
    ----------
    df : float
        Degrees of freedom.
    t : float64 array
        Values of the t law; those with less than about 1e-32 beyond them are taken as that.
    """
    size = np.sqrt(df * log1p(t * t / df))
    return np.copysign(_scores(df).at(size), t)


@lru_cache(maxsize=64)
def _scores(df: float) -> Pieces:
    """Return the normal score by Wallace's variable sqrt(df log(1 + t^2 / df)), for t above 0."""
    from scipy.special import ndtri, stdtr

    def exact(size: Floats) -> Floats:
        t = np.sqrt(df * expm1(size * size / df))
        return np.asarray(-ndtri(stdtr(df, -t)))

    return piecewise(exact, 0.0, _FARTHEST)
