"""What a picture says about the study and the run that it shows, in the reader's language."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from climrisk.i18n import money, money_unit, translate
from climrisk.names import Language

__all__ = ["Caption", "printable"]

_SPACES: Final = re.compile(r"[^\S\u00a0]+")


@dataclass(frozen=True)
class Caption:
    """What a picture says about its study and run.

    Attributes
    ----------
    scenario, horizon : str
        Titles, in `language`.
    years : tuple of int
        First and last year of the horizon.
    currency : str
        ISO 4217 code of every amount.
    price_year : int
        Year whose prices the amounts are in.
    material_effect : float
        Effect in a year from which it counts as material [million].
    draws, seed : int
        Of the run.
    notice : str or None
        Printed inside every picture of the study.
    remarks : tuple of str
        Further marks that the run's figures carry, such as unverified inputs.
    language : {"en", "zh-Hant", "zh-Hans"}
        Language of all texts.
    """

    scenario: str
    horizon: str
    years: tuple[int, int]
    currency: str
    price_year: int
    material_effect: float
    draws: int
    seed: int
    notice: str | None = None
    remarks: tuple[str, ...] = ()
    language: Language = "en"

    @property
    def span(self) -> str:
        """The years, as printed."""
        first, last = self.years
        return str(first) if first == last else f"{first}–{last}"

    @property
    def unit(self) -> str:
        """Currency and scale of every amount, as printed."""
        return money_unit(self.currency, self.language)

    def say(self, key: str, **values: object) -> str:
        """Return a text of the catalogue in the caption's language."""
        return translate(key, self.language, **values)

    def money(self, amount: float) -> str:
        """Return an amount [million] in the caption's currency and language."""
        return money(amount, self.currency, self.language)


def printable(text: str) -> str:
    """Return text on one line, without controls, private glyphs and marks that turn direction.

    No-break spaces stay.
    """
    if text.isprintable():  # no controls, and no space but the plain one
        return _SPACES.sub(" ", text).strip()
    kept = (" " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char for char in text)
    visible = "".join(char for char in kept if not unicodedata.category(char).startswith("C"))
    return _SPACES.sub(" ", visible).strip()
