"""Standard error of a standard deviation, from binned draws."""

from __future__ import annotations

import numpy as np

from climrisk.metrics.blocks import Floats
from climrisk.metrics.distribution import Distribution

__all__ = ["standard_deviation_error"]


def standard_deviation_error(effects: Distribution) -> Floats:
    """Return sqrt((m4 - s^4) / n) / (2 s) of each series.

    Source: Kendall and Stuart, The Advanced Theory of Statistics, vol. 1, section 10.9 (delta
    method on the sample variance). Draws are taken as evenly spread within a bin.

    Parameters
    ----------
    effects : Distribution
        Binned draws of several series.

    Returns
    -------
    ndarray
        In the unit of the values, (series,); 0 for a constant, NaN without draws.
    """
    series, count = effects.series, effects.count.astype(np.float64)
    draws = effects.totals.astype(np.float64)
    middle, half = (effects.lower + effects.upper) / 2.0, (effects.upper - effects.lower) / 2.0

    def per_series(values: Floats) -> Floats:
        summed = np.bincount(series, weights=count * values, minlength=draws.size)
        with np.errstate(invalid="ignore", divide="ignore"):
            return summed / draws

    gap = (middle - per_series(middle)[series]) ** 2
    width = half**2
    variance = per_series(gap + width / 3.0)
    # products, not powers: the same bits on every processor
    fourth = per_series(gap * gap + 2.0 * gap * width + width * width / 5.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        error = np.sqrt(np.maximum(fourth - variance**2, 0.0) / draws) / (2.0 * np.sqrt(variance))
    return np.where(variance == 0.0, 0.0, error)
