"""What the values between two bounds add to the expected value of a law.

E[X; low <= X <= high]: a sum over single values, over the parts of a mixture the weighted sum of
theirs, else the integral of the quantiles kept, or the mean less that of the quantiles cut off
where nothing is cut off above. Source: Klugman, Panjer and Willmot 2012, Loss Models, 4th ed.,
sec. 3.1.
"""

from __future__ import annotations

import math

import numpy as np

from climrisk.domain.quantities.expectation import integrated_quantiles
from climrisk.domain.quantities.law import Law, StatedLaw
from climrisk.domain.quantities.linear_pool import LinearPool
from climrisk.domain.quantities.steps import Steps

__all__ = ["expectation_within"]


def expectation_within(law: Law, low: float, high: float) -> float:
    """Return the integral of the value over the event that it lies between bounds.

    Parameters
    ----------
    law : Law
        The whole distribution.
    low, high : float
        Bounds, themselves included; may be infinite.

    Returns
    -------
    float
        In the unit of the quantity; divided by the probability kept, it is the mean.
    """
    inner = law.law if isinstance(law, StatedLaw) else law
    if isinstance(inner, LinearPool):
        parts = zip(inner.weights, inner.laws, strict=True)
        return math.fsum(w * expectation_within(part, low, high) for w, part in parts)
    if isinstance(inner, Steps):
        pairs = zip(inner.values, inner.probabilities, strict=True)
        return math.fsum(x * p for x, p in pairs if low <= x <= high)
    least, most = inner.support
    if least == most:
        return least if low <= least <= high else 0.0
    return _continuous(law, low, high)


def _continuous(law: Law, low: float, high: float) -> float:
    below, beyond_low = (float(x[0]) for x in law.tails(np.array([low])))
    up_to_high, above = (float(x[0]) for x in law.tails(np.array([high])))
    if beyond_low <= 0.0 or up_to_high <= 0.0:
        return 0.0
    if above > 0.0:
        return integrated_quantiles(law.ppf, below, 1.0 - above)
    return law.mean() - (integrated_quantiles(law.ppf, 0.0, below) if below else 0.0)
