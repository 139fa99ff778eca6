"""Monte Carlo error of a share of the draws, also where no draw or every draw counts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["proportion_error"]

Floats = npt.NDArray[np.float64]


def proportion_error(share: npt.ArrayLike, draws: float) -> Floats:
    """Return the standard error of a share of the draws.

    Half the width of Wilson's score interval at one standard error. It is that of the binomial
    but for terms of order 1/n, and stays above 0, at 1/(2 (n + 1)) if n draws found nothing: a
    simulation can't show that something never happens.

    Parameters
    ----------
    share : array_like
        Shares of the draws, any shape, from 0 to 1.
    draws : float
        Number of draws n, above 0; NaN without draws.

    Returns
    -------
    ndarray
        Standard errors, the shape of `share`; NaN without draws.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
    Journal of the American Statistical Association 22, 209-212.
    """
    p = np.asarray(share, dtype=np.float64)
    spread = np.sqrt(p * (1.0 - p) / draws + 0.25 / (draws * draws))
    return np.asarray(spread / (1.0 + 1.0 / draws))
