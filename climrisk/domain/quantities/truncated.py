"""A quantity without its values below or above stated bounds.

ppf(u) = Q(F(low) + u * (F(high) - F(low))), with Q and F the quantiles and the cumulative chance
of the whole quantity. Source: Johnson, Kotz and Balakrishnan 1994, Continuous Univariate
Distributions 1, sec. 0.3. Support: where the bounds and the whole overlap. Mean: see
`partial_expectation`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Final

import numpy as np
from pydantic import Field, WithJsonSchema

from climrisk.domain.base import Number
from climrisk.domain.quantities.base import FloatArray, Quantity, Reader, refused, three_figures
from climrisk.domain.quantities.bounds import check_bounds
from climrisk.domain.quantities.law import StatedLaw
from climrisk.domain.quantities.partial_expectation import expectation_within
from climrisk.domain.quantities.steps import Steps
from climrisk.portable.pieces import rounded

__all__ = ["Truncated"]

_MOST_CUT_OFF: Final = 0.5
_JUST_BELOW_ONE: Final = 1.0 - 2.0**-53


class Truncated(Quantity):
    """A quantity of which the values outside some bounds are ruled out."""

    whole: Annotated[Quantity, WithJsonSchema({"type": "object"})] = Field(alias="truncate")
    """The statement that is cut off; any but single values."""
    low: Number | None = None
    """Lowest value kept."""
    high: Number | None = None
    """Highest value kept."""

    @classmethod
    def nested(cls, stated: Mapping[object, object], read: Reader) -> dict[str, object]:
        """Return the statement that is cut off."""
        return {"truncate": read(stated["truncate"])}

    def _check(self) -> None:
        whole = self.whole
        if whole.support[0] == whole.support[1]:
            raise refused("found a certain number to truncate, allowed a range")
        if isinstance(whole, StatedLaw) and isinstance(whole.law, Steps):
            raise refused("found single values to truncate; leave the values out instead")
        if self.low is None and self.high is None:
            raise refused("found truncate without a bound, allowed low, high or both")
        if self.low is not None and self.high is not None:
            check_bounds(self.low, self.high)
        cut_off = sum(self._cut_off)
        if cut_off > _MOST_CUT_OFF:
            raise refused(
                f"the bounds cut off {100.0 * cut_off:.3g} % of the probability, "
                f"allowed up to {100.0 * _MOST_CUT_OFF:.0f} %; "
                "state the range that is left by its own percentiles"
            )

    @cached_property
    def _cut_off(self) -> tuple[float, float]:
        """Probability below the lower bound and above the upper one."""
        low, high = self._bounds
        just_below = np.nextafter(low, -math.inf)  # a value at the bound itself stays
        below, _ = self.whole.tails(np.array([just_below]))
        _, above = self.whole.tails(np.array([high]))
        lost = rounded(np.array([below[0], above[0]]))  # their last bits depend on the machine
        return float(lost[0]), float(lost[1])

    @property
    def _bounds(self) -> tuple[float, float]:
        low = -math.inf if self.low is None else self.low
        return low, math.inf if self.high is None else self.high

    @property
    def support(self) -> tuple[float, float]:
        """Where the bounds and the whole overlap."""
        least, most = self.whole.support
        low, high = self._bounds
        return max(least, low), min(most, high)

    @property
    def variance_is_finite(self) -> bool:
        """True between bounds, else that of the whole."""
        return self.whole.variance_is_finite or all(map(math.isfinite, self.support))

    def ppf(self, u: FloatArray) -> FloatArray:
        """Return the quantiles at `u`, of the shape of `u`."""
        below, above = self._cut_off
        kept = 1.0 - below - above
        u = np.asarray(u)
        of_whole = np.where(u <= 0.5, below + u * kept, 1.0 - (above + (1.0 - u) * kept))
        inside = np.clip(of_whole, np.finfo(float).tiny, _JUST_BELOW_ONE)
        return np.clip(self.whole.ppf(inside), *self.support)

    def tails(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the chances of at most `x` and of more."""
        cut_below, cut_above = self._cut_off
        kept = 1.0 - cut_below - cut_above
        below, above = self.whole.tails(x)
        chances = (below - cut_below) / kept, (above - cut_above) / kept
        return np.clip(chances[0], 0.0, 1.0), np.clip(chances[1], 0.0, 1.0)

    def log_density(self, x: FloatArray) -> FloatArray:
        """Return the logarithm of the density at `x`."""
        low, high = self.support
        log_density = self.whole.log_density(x) - math.log1p(-sum(self._cut_off))
        return np.where((x < low) | (x > high), -np.inf, log_density)

    def mean(self) -> float:
        """Return the expected value."""
        return expectation_within(self.whole, *self._bounds) / (1.0 - sum(self._cut_off))

    def _words(self) -> str:
        bounds = {"from": self.low, "to": self.high}
        kept = " ".join(f"{w} {three_figures(x)}" for w, x in bounds.items() if x is not None)
        return f"cut off {kept} ({100.0 * sum(self._cut_off):.2g} % lost): {super()._words()}"
