"""What every quantity can do, whatever its family."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Annotated, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_serializer, model_validator
from pydantic_core import PydanticCustomError

from climrisk.domain.base import Provenance

__all__ = [
    "FloatArray",
    "Numbers",
    "Quantity",
    "Reader",
    "UnknownLabel",
    "refused",
    "shown",
    "three_figures",
]

FloatArray = NDArray[np.float64]

Numbers = tuple[Annotated[float, Field(strict=True, allow_inf_nan=False)], ...]
"""A list of finite numbers."""


class Quantity(Provenance, ABC):
    """A number that is known exactly, or known only as a distribution."""

    label: Annotated[str, Field(min_length=1)] | None = None
    """The word of the study's label map that the statement was made with."""

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
    def tails(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the chance of at most `x` and the chance of more, each to full precision.

        Parameters
        ----------
        x : ndarray
            Values in the unit of the field, of any shape.

        Returns
        -------
        tuple of ndarray
            Both of the shape of `x`; their sum is 1.
        """

    def log_density(self, x: FloatArray) -> FloatArray:
        """Return the logarithm of the density at `x`, of the shape of `x`; -inf outside.

        Raises
        ------
        PydanticCustomError
            Single values have a probability of their own, so that there is no density.
        """
        raise refused("single values have a probability of their own, so there is no density")

    @abstractmethod
    def mean(self) -> float:
        """Return the expected value, in the unit of the field."""

    @classmethod
    def nested(cls, stated: Mapping[object, object], read: Reader) -> dict[str, object]:
        """Return those fields that hold statements of their own, read with `read`."""
        return {}

    def in_words(self) -> str:
        """Read the quantity back, to three significant figures."""
        return f"{self.label}: {self._words()}" if self.label else self._words()

    def _words(self) -> str:
        """Read the quantity back as odds."""
        low, high = self.support
        if low == high:
            return f"always {three_figures(low)}"
        found = self.ppf(np.array([0.05, 0.5, 0.95]))
        # a percentile that is stated as 0 may come back as what rounding left of it
        found = np.where(np.abs(found) < 1e-12 * np.abs(found).max(), 0.0, found)
        p5, p50, p95 = (three_figures(float(x)) for x in found)
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


Reader = Callable[[object], Quantity]
"""Reads a nested statement on the scale of the field."""


class UnknownLabel(str):
    """A word in the place of a statement that the study's label map does not have.

    Parameters
    ----------
    word : str
        The word.
    message : str
        Why it is refused.
    """

    message: str

    def __new__(cls, word: str, message: str) -> Self:
        """Keep the message beside the word."""
        label = super().__new__(cls, word)
        label.message = message
        return label


def refused(message: str) -> PydanticCustomError:
    """Return the error that an impossible statement raises; pydantic adds the field's place."""
    return PydanticCustomError("quantity", message)


def shown(value: float) -> str:
    """Write a number in a message as a user would."""
    return f"{value:.12g}".replace("inf", "infinity")


def three_figures(value: float) -> str:
    """Write a number to three significant figures, thousands parted by commas."""
    return f"{float(f'{value:.3g}'):,.15g}"
