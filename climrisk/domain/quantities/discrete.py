"""Single values with stated probabilities.

Source: Johnson, Kemp and Kotz 2005, Univariate Discrete Distributions, sec. 1.2.
Support: lowest to highest value. Mean: sum of value * probability.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import Final

from climrisk.domain.quantities.base import Numbers, refused, shown, three_figures
from climrisk.domain.quantities.law import StatedLaw
from climrisk.domain.quantities.steps import Steps

__all__ = ["Discrete"]

_ROUNDING: Final = 1e-9  # of the sum of the probabilities
_MOST_IN_WORDS: Final = 4


class Discrete(StatedLaw):
    """One of a few values, each with its probability."""

    values: Numbers
    """The possible values, in any order."""
    probabilities: Numbers
    """The probability of each value; together 1."""

    def _check(self) -> None:
        found, wanted = len(self.probabilities), len(self.values)
        if found != wanted or wanted < 2:
            raise refused(
                f"found {wanted} values and {found} probabilities, "
                "allowed two or more values with a probability for each"
            )
        for chance in self.probabilities:
            if chance <= 0.0:
                raise refused(f"found probability {shown(chance)}, allowed above 0")
        if len(set(self.values)) < wanted:
            raise refused("found a value twice, allowed each once with its whole probability")
        total = math.fsum(self.probabilities)
        if abs(total - 1.0) > _ROUNDING:
            raise refused(f"found probabilities that sum to {shown(total)}, allowed a sum of 1")

    @cached_property
    def law(self) -> Steps:
        """The values in order, with their probabilities."""
        pairs = sorted(zip(self.values, self.probabilities, strict=True))
        values, probabilities = zip(*pairs, strict=True)
        return Steps(values, probabilities)

    def _words(self) -> str:
        if len(self.values) > _MOST_IN_WORDS:
            return f"one of {len(self.values)} values: {super()._words()}"
        pairs = zip(self.law.values, self.law.probabilities, strict=True)
        return ", ".join(f"{three_figures(x)} with chance {p:.3g}" for x, p in pairs)
