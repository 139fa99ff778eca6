"""Ranks by magnitude."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from climrisk.metrics.blocks import Floats

__all__ = ["rank"]


def rank(values: npt.ArrayLike) -> Floats:
    """Rank by magnitude along the last axis.

    Parameters
    ----------
    values : array_like
        Amounts, (..., item); NaN where there is none.

    Returns
    -------
    ndarray
        1 for the largest magnitude; ties share the lower number; NaN for NaN, (..., item).
    """
    size = np.abs(np.asarray(values, dtype=np.float64))
    larger = size[..., np.newaxis, :] > size[..., :, np.newaxis]
    return np.where(np.isnan(size), np.nan, 1.0 + larger.sum(axis=-1))
