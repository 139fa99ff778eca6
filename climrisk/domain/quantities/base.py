"""What every quantity can do, whatever its family."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Self

import numpy as np
from numpy.typing import NDArray
from pydantic import model_serializer, model_validator
from pydantic_core import PydanticCustomError

from climrisk.domain.base import Provenance

__all__ = ["FloatArray", "Quantity", "refused", "shown"]

FloatArray = NDArray[np.float64]


class Quantity(Provenance, ABC):
    """A number that is known exactly, or known only as a distribution."""

    @property
    @abstractmethod
    def support(self) -> tuple[float, float]:
        """Lowest and highest possible value, in the unit of the field."""

    @property
    def variance_is_finite(self) -> bool:
        """False where means converge more slowly than one over the square root of the draws."""
        return True

    @abstractmethod
    def ppf(self, u: FloatArray) -> FloatArray:
        """Return the values below which the quantity lies with probability `u`.

        Parameters
        ----------
        u : ndarray
            Probabilities inside (0, 1), of any shape.

        Returns
        -------
        ndarray
            Values in the unit of the field, of the shape of `u`; never decreasing in `u`.
        """

    @abstractmethod
    def mean(self) -> float:
        """Return the expected value, in the unit of the field."""

    def in_words(self) -> str:
        """Read the quantity back as odds, to three significant figures."""
        low, high = self.support
        if low == high:
            return f"always {_three_figures(low)}"
        p5, p50, p95 = (_three_figures(float(x)) for x in self.ppf(np.array([0.05, 0.5, 0.95])))
        return f"1 in 20 below {p5}, even chance below {p50}, 1 in 20 above {p95}"

    def _check(self) -> None:
        """Refuse numbers that no distribution of this family fits."""

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        self._check()
        return self

    @model_serializer
    def as_stated(self) -> dict[str, object]:
        """Write the statement as the user made it, without empty keys."""
        fields = type(self).model_fields.items()
        stated = {f.alias or name: getattr(self, name) for name, f in fields if not f.exclude}
        return {key: value for key, value in stated.items() if value is not None}


def refused(message: str) -> PydanticCustomError:
    """Return the error that an impossible statement raises; pydantic adds the field's place."""
    return PydanticCustomError("quantity", message)


def shown(value: float) -> str:
    """Write a number in a message as a user would."""
    return f"{value:.12g}".replace("inf", "infinity")


def _three_figures(value: float) -> str:
    return f"{float(f'{value:.3g}'):,.15g}"
