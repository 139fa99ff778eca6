"""The scale on which a statement is read: what may be stated there, and the way there and back.

======== ================= ============ ==========================
scale    value             support      read so
======== ================= ============ ==========================
log      exp(z)            (0, inf)     amounts and rates
logit    1 / (1 + exp(-z)) (0, 1)       shares and probabilities
identity z                 (-inf, inf)  quantities of either sign
======== ================= ============ ==========================
"""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise
from typing import Annotated, Final, Literal

import numpy as np
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from climrisk.domain.quantities.base import FloatArray, refused, shown
from climrisk.portable.arrays import exp, expit, log, log1p

__all__ = [
    "LIMITS",
    "PERMITTED",
    "ContextScale",
    "Scale",
    "check_percentiles",
    "from_scale",
    "log_stretch",
    "percent_hint",
    "places",
    "to_scale",
]

Scale = Literal["log", "logit", "identity"]

ContextScale = Annotated[Scale, SkipJsonSchema(), Field(exclude=True)]
"""A scale that the field sets, not the user; it is not part of the statement."""

LIMITS: Final[dict[Scale, tuple[float, float]]] = {
    "log": (0.0, math.inf),
    "logit": (0.0, 1.0),
    "identity": (-math.inf, math.inf),
}
"""Lowest and highest value that a field of this scale may take."""

PERMITTED: Final[dict[Scale, str]] = {
    "log": "0 or more",
    "logit": "0 to 1",
    "identity": "any number",
}
"""The limits in words."""

_OPEN: Final[dict[Scale, str]] = {"log": "above 0", "logit": "above 0 and below 1"}


@lru_cache(maxsize=4096)
def to_scale(value: float, scale: Scale) -> float:
    """Return the place of `value`, strictly inside the limits, on the scale."""
    if scale == "log":
        return float(log(value))
    return float(log(value) - log1p(-value)) if scale == "logit" else value


def from_scale(z: FloatArray, scale: Scale) -> FloatArray:
    """Return the values at the places `z`, of any shape, on the scale."""
    if scale == "identity":
        return z
    if scale == "log":
        return exp(z)
    return expit(z)


def places(values: FloatArray, scale: Scale) -> FloatArray:
    """Return the places of `values`, of any shape, on the scale; its ends are infinite."""
    if scale == "identity":
        return np.asarray(values, dtype=float)
    low, high = LIMITS[scale]
    inside = np.clip(values, low, high)
    odds = log(inside)
    return odds if scale == "log" else np.asarray(odds - log1p(-inside))


def log_stretch(values: FloatArray, scale: Scale) -> FloatArray:
    """Return the logarithm of d place / d value, which turns a density on the scale into one."""
    if scale == "identity":
        return np.zeros(np.shape(values))
    return np.asarray(-log(values) - (log1p(-values) if scale == "logit" else 0.0))


def check_percentiles(stated: dict[str, float], scale: Scale) -> None:
    """Refuse percentiles that the scale cannot hold or that do not increase.

    Parameters
    ----------
    stated : dict of str to float
        Percentiles by name, from low to high.
    scale : {"log", "logit", "identity"}
        Scale on which they are read.

    Raises
    ------
    PydanticCustomError
        A percentile on or outside the limits, or not above the one before it.
    """
    low, high = LIMITS[scale]
    for name, value in stated.items():
        if not low < value < high:
            hint = percent_hint(value, scale)
            raise refused(f"found {name} {shown(value)}, allowed {_OPEN[scale]}{hint}")
    for (lower, a), (upper, b) in pairwise(stated.items()):
        if a > b:
            raise refused(
                f"{lower} {shown(a)} is above {upper} {shown(b)}: percentiles must increase"
            )
        if a == b:
            raise refused(
                f"{lower} and {upper} are both {shown(a)}: percentiles must increase; "
                f"if the quantity is certain, state the plain number {shown(a)}"
            )


def percent_hint(value: float, scale: Scale) -> str:
    """Suggest a fraction where a percentage seems to have been stated."""
    meant_as_percent = scale == "logit" and 1.0 < value <= 100.0
    return f" ({shown(value)} % is {shown(value / 100.0)})" if meant_as_percent else ""
