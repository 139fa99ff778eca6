"""People's estimates pooled into one statement of the register, and whether they disagree.

Pools are those of `domain.quantities`: linear (keeps every view; the default), logarithmic and
quantile average (both narrower), with equal or other weights. Single numbers have no density that a
logarithmic pool could multiply; it then is the average on the scale of the field (of probabilities,
the geometric mean of the odds), which is its limit for equally narrow densities.

People disagree where the 80 % intervals of two of them do not overlap, or where the highest best
value is more than three times the lowest: of amounts and rates the ratio itself, of shares and
probabilities the ratio of the odds. Signed amounts have no ratio. Both rules are climrisk's own, as
prompts to discuss; neither is a test of who is right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from climrisk.domain.elicitation.estimate import Range, quantity
from climrisk.domain.elicitation.question import Interval
from climrisk.domain.quantities import Quantity, Scale, read_quantity
from climrisk.errors import WorkshopError

__all__ = [
    "MOST_RATIO",
    "Disagreement",
    "Method",
    "disagreement",
    "pooled",
    "pooled_statement",
]

Method = Literal["linear", "log", "quantile_average"]

MOST_RATIO: Final = 3.0
"""Ratio of the highest to the lowest best value beyond which people disagree."""
_CENTRAL: Final = (0.10, 0.90)


@dataclass(frozen=True)
class Disagreement:
    """Whether people's views lie so far apart that the reasons should be heard.

    Parameters
    ----------
    apart : bool
        Two people's 80 % intervals do not overlap.
    ratio : float or None
        Highest best value over the lowest, as odds for shares and probabilities; infinite where
        the lowest is 0; None for signed amounts.
    """

    apart: bool
    ratio: float | None

    @property
    def flag(self) -> bool:
        """Whether either rule says so."""
        return self.apart or (self.ratio is not None and self.ratio > MOST_RATIO)


def pooled_statement(
    statements: Sequence[Mapping[str, float]],
    scale: Scale,
    method: Method = "linear",
    weights: Sequence[float] | None = None,
) -> dict[str, Any]:
    """Return the pool of people's statements as the register states it, without any name or code.

    Parameters
    ----------
    statements : sequence of mapping
        One for each person, as `statement` makes it of a range; two or more.
    scale : {"log", "logit", "identity"}
        Scale of the field.
    method : {"linear", "log", "quantile_average"}
        How they are pooled.
    weights : sequence of float or None
        Relative weight of each person, above 0; equal where None.

    Raises
    ------
    WorkshopError
        The pool is impossible, such as a log pool of people who rule each other out.
    """
    if method == "log" and all(set(one) == {"value"} for one in statements):
        method = "quantile_average"
    stated: dict[str, Any] = {"pool": [dict(one) for one in statements], "method": method}
    if weights is not None:
        stated["weights"] = [float(weight) for weight in weights]
    pooled(stated, scale)
    return stated


def pooled(stated: Any, scale: Scale) -> Quantity:
    """Return the distribution of a statement.

    Raises
    ------
    WorkshopError
        It is impossible; the text says why.
    """
    try:
        return read_quantity(stated, scale)
    except PydanticCustomError as error:
        raise WorkshopError(error.message()) from None
    except ValidationError as error:
        place = error.errors(include_url=False, include_input=False)[0]
        raise WorkshopError(f"{'.'.join(map(str, place['loc']))}: {place['msg']}") from None


def disagreement(ranges: Sequence[Range], interval: Interval, scale: Scale) -> Disagreement:
    """Say how far people's views lie apart.

    Parameters
    ----------
    ranges : sequence of Range
        One for each person; one or more.
    interval : {"p10-p90", "p5-p95"}
        What low and high mean.
    scale : {"log", "logit", "identity"}
        Scale of the field.
    """
    laws = [quantity(one, interval, scale) for one in ranges]
    lows, highs = np.array([law.ppf(np.array(_CENTRAL)) for law in laws]).T
    best = np.array([one.best for one in ranges])
    if scale == "logit":
        with np.errstate(divide="ignore"):
            best = best / (1.0 - best)
    ratio = None if scale == "identity" else _ratio(float(best.max()), float(best.min()))
    return Disagreement(bool(lows.max() > highs.min()), ratio)


def _ratio(most: float, least: float) -> float:
    if most == least:
        return 1.0
    return most / least if least > 0.0 else float("inf")
