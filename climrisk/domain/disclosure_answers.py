"""Answers for a disclosure: a text, an amount, or the statement that there is none."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from climrisk.domain.base import Declaration, Identifier, Number, Provenance, Truth, Year
from climrisk.domain.settings import CurrencyCode
from climrisk.domain.text import LocalText
from climrisk.names import Basis

__all__ = [
    "CapitalDeployed",
    "CarbonPriceAnswer",
    "Day",
    "Exposed",
    "FICode",
    "FinancialEffects",
    "PayLink",
    "StatedAmount",
    "Statement",
]

FICode = Literal["FI-REV", "FI-EXP", "FI-AL", "FI-CF"]
"""Revenue, expenditure, assets and liabilities, capital and financing."""

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def _a_day(text: str) -> str:
    try:
        if _DAY.fullmatch(text) and date.fromisoformat(text):
            return text
    except ValueError:
        pass
    raise ValueError(f"found {text!r}; allowed: a day such as 2025-01-01")


Day = Annotated[str, AfterValidator(_a_day)]
"""A calendar day, such as 2025-01-01."""
Fraction = Annotated[Number, Field(ge=0, le=1)]
NotNegative = Annotated[Number, Field(ge=0)]


class Statement(Provenance):
    """One answer: a text, or `none: true` where the company says that there is none."""

    basis: Basis
    """`reported` where the company has published it."""
    source: Annotated[str, Field(min_length=1)]
    """Publication and section, or who says so."""
    text: LocalText | None = None
    none: Truth = False
    """True where the company says that there is none; left out where it says nothing."""
    missing: LocalText | None = None
    """What the answer does not cover; the row is then done in part."""
    inventory: tuple[Identifier, ...] = ()
    """Sources of `inventory.csv` that hold its figures."""

    @model_validator(mode="after")
    def _an_answer(self) -> Self:
        stated = [name for name in self._answering() if getattr(self, name) not in (None, ())]
        if self.none and stated:
            raise ValueError(f"found none: true and {stated[0]}; allowed one of them")
        if not self.none and not stated:
            allowed = ", ".join(self._answering())
            raise ValueError(f"found no answer; allowed: {allowed}, or none: true")
        return self

    @classmethod
    def _answering(cls) -> tuple[str, ...]:
        """Return the fields of which one must answer."""
        return ("text", "inventory")


class StatedAmount(Declaration):
    """One amount by line of the accounts; positive when good for the company."""

    code: FICode
    amount: Number
    """Millions of the study's currency."""
    items: tuple[Identifier, ...] = ()
    """Risks and opportunities behind it."""
    text: LocalText | None = None


class FinancialEffects(Statement):
    """Amounts by FI code, or words."""

    amounts: tuple[StatedAmount, ...] = ()

    @classmethod
    def _answering(cls) -> tuple[str, ...]:
        return ("text", "amounts")


class Exposed(Statement):
    """What is exposed or aligned: an amount and its share of a whole."""

    amount: NotNegative | None = None
    """Millions of the study's currency."""
    share: Fraction | None = None
    """Of `of`, as a fraction."""
    of: LocalText | None = None
    """What the share is of, such as total assets."""

    @classmethod
    def _answering(cls) -> tuple[str, ...]:
        return ("text", "amount", "share")

    @model_validator(mode="after")
    def _share_of_something(self) -> Self:
        if self.share is not None and self.of is None:
            raise ValueError("share without of; allowed: say what it is a share of")
        return self


class CapitalDeployed(Statement):
    """Capital expenditure, financing or investment of the period."""

    amount: NotNegative | None = None
    """Millions of the study's currency."""

    @classmethod
    def _answering(cls) -> tuple[str, ...]:
        return ("text", "amount")


class CarbonPriceAnswer(Statement):
    """The company's own price for a tonne; shown, never in net."""

    value: NotNegative | None = None
    """`currency` a tCO2e."""
    currency: CurrencyCode | None = None
    year: Year | None = None
    """Year whose prices it is in."""
    use: LocalText | None = None
    """What it is used for in decisions."""

    @classmethod
    def _answering(cls) -> tuple[str, ...]:
        return ("text", "value")

    @model_validator(mode="after")
    def _a_whole_price(self) -> Self:
        if self.value is not None and (self.currency is None or self.year is None):
            raise ValueError("value without currency and year; allowed: state both")
        return self


class PayLink(Statement):
    """How pay depends on climate."""

    share: Fraction | None = None
    """Part of executives' pay of the period that is linked, as a fraction."""

    @classmethod
    def _answering(cls) -> tuple[str, ...]:
        return ("text", "share")
