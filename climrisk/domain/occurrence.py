"""When a risk or an opportunity occurs: in any year, at most once, or always."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from climrisk.domain.base import Declaration, Number
from climrisk.domain.frame import Period
from climrisk.domain.quantities import Probability, Quantity, Rate

__all__ = ["Annual", "Occurrence", "Once", "Ongoing"]


class Annual(Declaration):
    """Occurs in any year, once (Bernoulli) or several times (Poisson, negative binomial)."""

    type: Literal["annual"]
    law: Literal["bernoulli", "poisson", "negative_binomial"]
    """`bernoulli` states a probability, the others a rate."""
    probability: Probability | None = None
    """Chance that it occurs in a year."""
    rate: Rate | None = None
    """Expected number of events in a year."""
    contagion: Annotated[Number, Field(gt=0, le=100)] | None = None
    """Negative binomial: variance = mean + contagion * mean ** 2; the rate is gamma-mixed with
    mean 1 and this variance, so that it keeps its meaning when a driver moves the rate."""

    @model_validator(mode="after")
    def _law_states_its_own(self) -> Annual:
        wanted, other = (
            ("probability", "rate") if self.law == "bernoulli" else ("rate", "probability")
        )
        if getattr(self, wanted) is None:
            raise ValueError(f"{self.law} without {wanted}; allowed: law {self.law} with {wanted}")
        if getattr(self, other) is not None:
            raise ValueError(f"{self.law} with {other}; allowed: law {self.law} with {wanted} only")
        if (self.contagion is not None) != (self.law == "negative_binomial"):
            found = "with contagion" if self.contagion is not None else "without contagion"
            raise ValueError(f"{self.law} {found}; allowed: negative_binomial with contagion")
        return self

    @property
    def likelihood(self) -> Quantity:
        """The probability or the rate, whichever the law states."""
        stated = self.probability if self.probability is not None else self.rate
        assert stated is not None
        return stated


class Once(Declaration):
    """Occurs at most once in a window; the effect then lasts and ramps up as stated."""

    type: Literal["once"]
    window: Period
    """First and last year in which it may occur; the same years as the frame's period."""
    probability: Probability
    """Chance that it has occurred by the end of the window, under the frame's conditions."""
    lasts: Annotated[int, Field(ge=1, strict=True)] | Literal["to_end"]
    """Years that the effect lasts, the year of occurrence included."""
    ramp: Annotated[int, Field(ge=1, strict=True)] = 1
    """Years until the full effect, growing evenly; 1 is the full effect at once."""

    @property
    def likelihood(self) -> Quantity:
        """The probability by the end of the window."""
        return self.probability


class Ongoing(Declaration):
    """Always there; grows with its drivers."""

    type: Literal["ongoing"]

    @property
    def likelihood(self) -> None:
        """An ongoing effect has no likelihood."""
        return None


Occurrence = Annotated[Annual | Once | Ongoing, Field(discriminator="type")]
