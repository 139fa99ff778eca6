"""What a price on carbon costs a company."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["carbon_cost"]


def carbon_cost(
    emissions: ArrayLike, price: ArrayLike, coverage: ArrayLike, pass_through: ArrayLike
) -> NDArray[np.float64]:
    """Return the own cost of emissions: emissions x price x coverage x (1 - pass-through).

    Parameters
    ----------
    emissions : array_like
        Gross emissions that a price may fall on [tCO2e].
    price : array_like
        Price [money per tCO2e].
    coverage : array_like
        Share of the emissions that the price falls on, 0 to 1.
    pass_through : array_like
        Share of the cost that customers bear, 0 to 1.

    Returns
    -------
    ndarray
        Cost, not an effect: 0 or more [money], in the shape that the inputs broadcast to. It is
        neither scaled by a margin nor floored. Source: trisk.model, calc_net_profits (case T1).
    """
    borne = 1.0 - np.asarray(pass_through, dtype=np.float64)
    covered = np.asarray(emissions, dtype=np.float64) * np.asarray(coverage, dtype=np.float64)
    return np.asarray(covered * np.asarray(price, dtype=np.float64) * borne)
