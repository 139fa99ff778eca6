"""A mixture: one of several statements holds, each with a stated chance.

F(x) = sum of weight * F_i(x); see `linear_pool`. Source: McLachlan and Peel 2000, Finite Mixture
Models, ch. 1. Support: from the lowest to the highest value of the parts. Mean: sum of
weight * mean.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from typing import Final

from pydantic import Field

from climrisk.domain.quantities.base import Reader, refused, shown
from climrisk.domain.quantities.law import StatedLaw
from climrisk.domain.quantities.linear_pool import LinearPool, pooled
from climrisk.domain.quantities.parts import Weighted, read_parts

__all__ = ["Mixture"]

_ROUNDING: Final = 1e-9  # of the sum of the weights


class Mixture(StatedLaw):
    """One of several statements, each with the chance that it holds."""

    parts: tuple[Weighted, ...] = Field(alias="mixture")
    """The statements; their weights sum to 1."""

    @classmethod
    def nested(cls, stated: Mapping[object, object], read: Reader) -> dict[str, object]:
        """Return the statements with their weights."""
        parts = read_parts("mixture", "weight", stated["mixture"], read)
        for number, part in enumerate(parts, start=1):
            if "weight" not in part:
                raise refused(f"mixture {number}: found no weight, allowed a chance above 0")
        return {"mixture": parts}

    def _check(self) -> None:
        for number, part in enumerate(self.parts, start=1):
            if part.weight <= 0.0:
                raise refused(
                    f"mixture {number}: found weight {shown(part.weight)}, allowed above 0"
                )
        total = math.fsum(part.weight for part in self.parts)
        if abs(total - 1.0) > _ROUNDING:
            raise refused(f"found weights that sum to {shown(total)}, allowed a sum of 1")

    @cached_property
    def law(self) -> LinearPool:
        """The weighted sum of the parts."""
        return pooled([part.weight for part in self.parts], [part.quantity for part in self.parts])

    def _words(self) -> str:
        return f"mixture of {len(self.parts)}: {super()._words()}"
