"""How often an item occurs: counts of a year, or the part of the effect that is there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from climrisk.domain.occurrence import Once
from climrisk.portable.arrays import exp, expm1, log1p, power

__all__ = [
    "LARGEST_RATE",
    "bernoulli",
    "expected_part",
    "negative_binomial",
    "once",
    "poisson",
    "yearly_probability",
]

Floats = NDArray[np.float64]

LARGEST_RATE = 500.0
"""Events a year beyond which the inversion would be slow and exp(-rate) could underflow."""


def poisson(uniform: Floats, rate: Floats) -> Floats:
    """Return Poisson counts by inversion of the distribution function, in the inputs' shape.

    One uniform gives the counts of every scenario and control, so that they differ only by their
    rates, which are from 0 to `LARGEST_RATE`.
    """
    return _inverted(uniform, exp(-rate), np.zeros(rate.shape), rate)


def negative_binomial(uniform: Floats, rate: Floats, contagion: float) -> Floats:
    """Return negative binomial counts by inversion, in the inputs' shape.

    Mean `rate`, variance rate + contagion * rate ** 2: a Poisson law whose rate is gamma-mixed.
    Source: Klugman, Panjer and Willmot, Loss Models, section 6.3, with r = 1 / contagion and
    beta = contagion * rate; recursion p_k = (a + b / k) p_(k-1), their (a, b, 0) class.
    """
    spread = contagion * rate
    weight = spread / (1.0 + spread)
    none = power(1.0 + spread, -1.0 / contagion)
    return _inverted(uniform, none, weight, weight * (1.0 / contagion - 1.0))


def _inverted(uniform: Floats, none: Floats, a: Floats, b: Floats) -> Floats:
    """Return the counts of an (a, b, 0) law; the recursion runs until all are found, no cap."""
    counts = np.zeros(uniform.size)
    left = np.arange(uniform.size)
    target = uniform.ravel()
    term, a, b = (np.broadcast_to(part, uniform.shape).ravel() for part in (none, a, b))
    reached, number = term.copy(), 0.0
    while True:
        # beyond the last count that still moves the sum, rounding alone is left
        open_ = (target > reached) & (term > reached * 2.0**-54)
        if not open_.any():
            return counts.reshape(uniform.shape)
        number += 1.0
        left, target, a, b = left[open_], target[open_], a[open_], b[open_]
        term = term[open_] * (a + b / number)
        reached = reached[open_] + term
        counts[left] = number


def bernoulli(uniform: Floats, probability: Floats) -> Floats:
    """Return 1.0 where it occurs, 0.0 elsewhere, in the broadcast shape.

    Large uniforms occur, as for Poisson counts, so that one latent means the same for both laws.
    """
    return (uniform > 1.0 - probability).astype(np.float64)


def yearly_probability(probability: Floats, ratio: Floats | float) -> Floats:
    """Return p = 1 - exp(-rate * ratio) for the rate that `probability` implies.

    Certainty is an infinite rate: it stays certain unless the ratio is zero.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = -expm1(log1p(-probability) * ratio)
    return np.where(np.equal(ratio, 0.0), 0.0, chance)


def once(
    uniform: Floats,
    probability: Floats,
    hazard_weight: Floats,
    occurrence: Once,
    first_year: int,
    years: int,
) -> Floats:
    """Return the part of the full effect that is there, from 0 to 1, (year, draw).

    The event falls in the first year t whose cumulative hazard
    -ln(1 - P) * sum of weight * ratio up to t reaches the draw's unit exponential -ln(1 - u):
    in the first year whose chance, 1 - exp(-hazard), is above 1 - u.

    Parameters
    ----------
    uniform : float64 array (draw,)
        One latent for the whole draw.
    probability : float64 array (draw,)
        Chance by the end of the window.
    hazard_weight : float64 array (window year, draw)
        Weight times ratio of each year of the window.
    occurrence : Once
        Window, duration and ramp.
    first_year : int
        First simulated calendar year.
    years : int
        Number of simulated years.
    """
    by_then = yearly_probability(probability, np.cumsum(hazard_weight, axis=0))
    reached = uniform > 1.0 - by_then  # large uniforms occur, and early, as for the annual laws
    occurred = reached.any(axis=0)
    event = np.where(occurred, np.argmax(reached, axis=0), years) + occurrence.window[0]
    age = (first_year + np.arange(years))[:, None] - event[None, :]
    lasts = years if occurrence.lasts == "to_end" else occurrence.lasts
    there = occurred & (age >= 0) & (age < lasts)
    return np.where(there, np.minimum((age + 1.0) / occurrence.ramp, 1.0), 0.0)


def expected_part(by_then: Floats, occurrence: Once, first_year: int, years: int) -> Floats:
    """Return the mean over the latent of what `once` returns, (year, ...), from 0 to 1.

    Parameters
    ----------
    by_then : float64 array (window year, ...)
        Chance that it has occurred by the end of each year of the window.
    occurrence : Once
        Window, duration and ramp.
    first_year, years : int
        First simulated calendar year and number of simulated years.
    """
    lasts = years if occurrence.lasts == "to_end" else occurrence.lasts
    there = np.zeros((years, *by_then.shape[1:]))
    starts = np.diff(by_then, axis=0, prepend=0.0)
    for start, chance in enumerate(starts, start=occurrence.window[0] - first_year):
        for age in range(min(lasts, years - start)):
            there[start + age] += min((age + 1.0) / occurrence.ramp, 1.0) * chance
    return there
