"""Several people's statements of one quantity, pooled.

method linear: one of the people is right, each with the chance of the weight (`linear_pool`);
method log: the product of their densities (`log_pool`); method quantile_average: the average of
their quantiles on the scale of the field (`quantile_average`). Source: O'Hagan et al. 2006,
Uncertain Judgements, ch. 9. Support and mean: those of the method.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Final, Literal

from pydantic import Field

from climrisk.domain.quantities.base import Numbers, Reader, refused, shown
from climrisk.domain.quantities.gaussian import Gaussian
from climrisk.domain.quantities.law import Law, StatedLaw
from climrisk.domain.quantities.linear_pool import LinearPool, in_order
from climrisk.domain.quantities.log_pool import LogPool, pooled_gaussian
from climrisk.domain.quantities.parts import Person, read_parts
from climrisk.domain.quantities.quantile_average import QuantileAverage
from climrisk.domain.quantities.scales import ContextScale

__all__ = ["Pool"]

_NAMES: Final = {"linear": "pool", "log": "log pool", "quantile_average": "quantile average"}


class Pool(StatedLaw):
    """What several people state about one quantity."""

    people: tuple[Person, ...] = Field(alias="pool")
    """Each person's statement."""
    method: Literal["linear", "log", "quantile_average"] | None = None
    """`linear` where not stated, which keeps every view; the others narrow the range."""
    weights: Numbers | None = None
    """Relative weight of each person; equal where not stated."""
    scale: ContextScale

    @classmethod
    def nested(cls, stated: Mapping[object, object], read: Reader) -> dict[str, object]:
        """Return what each person states."""
        return {"pool": read_parts("pool", "who", stated["pool"], read)}

    def _check(self) -> None:
        names = [person.who for person in self.people if person.who is not None]
        for name in names:
            if names.count(name) > 1:
                raise refused(f"found who {name!r} twice, allowed one statement a person")
        weights = self._weights
        if len(weights) != len(self.people):
            raise refused(
                f"found {len(weights)} weights for {len(self.people)} people, allowed one each"
            )
        for weight in weights:
            if weight <= 0.0:
                raise refused(f"found weight {shown(weight)}, allowed above 0")
        law = self.law
        if isinstance(law, LogPool | QuantileAverage):
            law.check()

    @property
    def _weights(self) -> tuple[float, ...]:
        return self.weights if self.weights is not None else (1.0,) * len(self.people)

    @cached_property
    def law(self) -> Law:
        """The pool of the people by the stated method."""
        weights, laws = in_order(self._weights, [person.quantity for person in self.people])
        if self.method == "quantile_average":
            return QuantileAverage(weights, laws, self.scale)
        if self.method != "log":
            return LinearPool(weights, laws)
        normal = [
            law.law for law in laws if isinstance(law, StatedLaw) and isinstance(law.law, Gaussian)
        ]
        if len(normal) == len(laws) and len({law.scale for law in normal}) == 1:
            return pooled_gaussian(weights, normal)
        return LogPool(weights, laws, self.scale)

    def _words(self) -> str:
        kind = _NAMES[self.method or "linear"]
        weighted = "" if self.weights is None else ", weighted"
        return f"{kind} of {len(self.people)} people{weighted}: {super()._words()}"
