"""A handful of percentiles of any quantity, at once also where `ppf` makes a table first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from climrisk.domain.quantities.base import FloatArray, Quantity
from climrisk.domain.quantities.linear_pool import LinearPool

__all__ = ["percentiles"]


def percentiles(quantity: Quantity, levels: Sequence[float]) -> FloatArray:
    """Return the quantiles at a few levels.

    Parameters
    ----------
    quantity : Quantity
    levels : sequence of float
        Between 0 and 1.

    Returns
    -------
    ndarray of shape (len(levels),)
        Those of `quantity.ppf` within a relative 1e-10.
    """
    law = quantity
    while not isinstance(law, LinearPool) and hasattr(law, "law"):
        law = law.law
    u = np.asarray(levels, dtype=np.float64)
    return law.few(u) if isinstance(law, LinearPool) else quantity.ppf(u)
