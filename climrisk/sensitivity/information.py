"""Value of information: what knowing an input before deciding is worth.

A decision is worth B if taken and 0 if not. Without knowing more it is worth max(0, E[B]); knowing
X it is worth E[max(0, E[B | X])]. The difference is the expected value of partial perfect
information of X, an upper bound of what finding out about X may cost.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from climrisk.sensitivity.regression import Regression

__all__ = ["Information", "partial_information", "perfect_information"]

Floats = NDArray[np.float64]


class Information(NamedTuple):
    """What knowing is worth.

    Parameters
    ----------
    value : float
        Estimate, in the unit of the benefit.
    standard_error : float
        Of the estimate, over draws.
    in_sample : float
        The estimate that judges each draw by a regression that has seen it: biased upward.
    decides_otherwise : float
        Share of draws in which knowing would change the decision.
    """

    value: float
    standard_error: float
    in_sample: float
    decides_otherwise: float


def partial_information(benefit: Floats, known: Regression) -> Information:
    """Return the expected value of partial perfect information, by cross-fitted regression.

    E[B | X] is regressed on X by splines. Each draw is decided by the regression on the other
    folds and then earns its own benefit: a regression that is not quite right decides a little
    worse than the true E[B | X], so that the estimate is biased downward, never upward by
    overfitting; it may come out below zero by its error. The same with the regression on all draws
    is biased upward, and stands beside it: the true value lies between both, but for their errors.

    Parameters
    ----------
    benefit : float64 array (draw,)
        B in each draw, before anything is known; chance in it only adds noise.
    known : Regression
        On X: one or several inputs known together, in the same draws, tied or not.

    References
    ----------
    .. [1] M. Strong, J. Oakley, A. Brennan, Estimating multiparameter partial expected value of
       perfect information from a probabilistic sensitivity analysis sample: a nonparametric
       regression approach, Medical Decision Making 34(3), 311-326, 2014.
    .. [2] V. Chernozhukov et al., Double/debiased machine learning for treatment and structural
       parameters, Econometrics Journal 21(1), C1-C68, 2018, for cross-fitting.
    """
    seen = known.fitted(benefit)
    in_sample = float(np.mean(np.maximum(seen, 0.0)) - max(0.0, float(np.mean(benefit))))
    return _worth_of_deciding(benefit, known.cross_fitted(benefit) > 0.0, in_sample)


def perfect_information(benefit: Floats) -> Information:
    """Return the expected value of perfect information: everything known that B depends on.

    Parameters
    ----------
    benefit : float64 array (draw,)
        B given all that could be known, without chance.
    """
    found = _worth_of_deciding(benefit, benefit > 0.0, 0.0)
    return found._replace(in_sample=found.value)


def _worth_of_deciding(benefit: Floats, taken: NDArray[np.bool_], in_sample: float) -> Information:
    """Return what deciding draw by draw earns beyond the best single decision for all draws."""
    today = bool(np.mean(benefit) > 0.0)
    gained = (taken.astype(np.float64) - today) * benefit
    error = float(np.std(gained, ddof=1) / np.sqrt(benefit.size))
    return Information(float(np.mean(gained)), error, in_sample, float(np.mean(taken != today)))
