"""Amounts of money in words: the currency always named, one scale for a range.

House style: `RMB 1,793.1 million`, `人民幣1,793.1百萬元`, `人民币1,793.1百万元`; never a bare
¥ or $, which several currencies share. 1 億 is 100 million and 1 萬 is 10,000.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from climrisk.i18n.numerals import fixed, significant
from climrisk.names import Language

__all__ = ["money", "money_range", "money_unit", "number_range"]

MILLION: Final = {"en": "million", "zh-Hant": "百萬", "zh-Hans": "百万"}
MYRIAD: Final = {"zh-Hant": "萬", "zh-Hans": "万"}
HUNDRED_MILLION: Final = {"zh-Hant": "億", "zh-Hans": "亿"}

MILLIONS_IN_MYRIAD: Final = 0.01
MILLIONS_IN_HUNDRED_MILLION: Final = 100.0


@dataclass(frozen=True)
class _Wording:
    """What stands before the number and after its scale."""

    before: str
    after: str


_EN: Final = {
    "CNY": _Wording("RMB ", ""),
    "EUR": _Wording("EUR ", ""),
    "GBP": _Wording("GBP ", ""),
    "HKD": _Wording("HK$", ""),
    "USD": _Wording("US$", ""),
}
_HANT: Final = {
    "CNY": _Wording("人民幣", "元"),
    "EUR": _Wording("", "歐元"),
    "GBP": _Wording("", "英鎊"),
    "HKD": _Wording("", "港元"),
    "USD": _Wording("", "美元"),
}
_HANS: Final = {
    "CNY": _Wording("人民币", "元"),
    "EUR": _Wording("", "欧元"),
    "GBP": _Wording("", "英镑"),
    "HKD": _Wording("", "港元"),
    "USD": _Wording("", "美元"),
}
_WORDINGS: Final = {"en": _EN, "zh-Hant": _HANT, "zh-Hans": _HANS}


def money(
    amount: float,
    currency: str,
    language: Language = "en",
    *,
    decimals: int | None = None,
    myriads: bool = False,
) -> str:
    """Return an amount with its currency and scale.

    Parameters
    ----------
    amount : float
        Amount [million of the currency].
    currency : str
        ISO 4217 code; one without a house wording is printed as its code.
    language : {"en", "zh-Hant", "zh-Hans"}, default "en"
        Language of the text.
    decimals : int, optional
        Decimals of a reported amount; by default a simulated one's two significant figures.
    myriads : bool, default False
        Whether Chinese counts in 萬 and 億; English always counts in millions.

    Returns
    -------
    str
        Such as `RMB 12 million`.

    Raises
    ------
    ValueError
        If the amount is not finite or the currency is no ISO 4217 code.
    """
    worded = _wording(currency, language)
    count, scale = _scaled(amount, language) if myriads else (amount, MILLION[language])
    figures = significant(count) if decimals is None else fixed(count, decimals)
    return f"{worded.before}{figures}{_gap(language)}{scale}{worded.after}"


def money_range(low: float, high: float, currency: str, language: Language = "en") -> str:
    """Return a simulated range on one scale: `RMB 3–48 million`, `RMB -12 to +30 million`.

    Parameters
    ----------
    low, high : float
        Ends of the range [million of the currency], low <= high.
    currency : str
        ISO 4217 code.
    language : {"en", "zh-Hant", "zh-Hans"}, default "en"
        Language of the text.

    Returns
    -------
    str
        The two ends to two significant figures; a single amount where they print alike. A range
        that reaches below zero is said with a word, for an en dash beside a minus misleads.

    Raises
    ------
    ValueError
        If low > high, an end is not finite, or the currency is no ISO 4217 code.
    """
    span, worded = number_range(low, high, language), _wording(currency, language)
    return f"{worded.before}{span}{_gap(language)}{MILLION[language]}{worded.after}"


def number_range(low: float, high: float, language: Language = "en") -> str:
    """Return a simulated range without its unit: `3–48`, `-12 to +30`; see `money_range`.

    Raises
    ------
    ValueError
        If low > high or an end is not finite.
    """
    if low > high:
        raise ValueError(f"range: found {low} to {high}, allowed low <= high")
    first, last = significant(low), significant(high)
    if first == last:
        return first
    if low >= 0:
        return f"{first}–{last}"
    word = " to " if language == "en" else "至"
    return f"{first}{word}{'+' if high > 0 else ''}{last}"


def money_unit(currency: str, language: Language = "en") -> str:
    """Return the unit of a column of amounts, such as `RMB million` or `人民幣百萬元`.

    Raises
    ------
    ValueError
        If the currency is no ISO 4217 code.
    """
    worded = _wording(currency, language)
    space = " " if language == "en" and not worded.before.endswith(" ") else ""
    return f"{worded.before}{space}{MILLION[language]}{worded.after}"


def _wording(currency: str, language: Language) -> _Wording:
    if not re.fullmatch("[A-Z]{3}", currency):
        raise ValueError(
            f"currency: found {currency!r}, allowed an ISO 4217 code such as CNY or HKD"
        )
    return _WORDINGS[language].get(currency, _Wording(f"{currency} ", ""))


def _gap(language: Language) -> str:
    return " " if language == "en" else ""


def _scaled(amount: float, language: Language) -> tuple[float, str]:
    """Count in 億 from 100 million on, below in 萬; English has neither word."""
    if language == "en":
        return amount, MILLION[language]
    # 99.6 million is 1億 to two figures, so the size that is printed decides
    printed = float(significant(abs(amount)).replace(",", ""))
    if printed >= MILLIONS_IN_HUNDRED_MILLION:
        return amount / MILLIONS_IN_HUNDRED_MILLION, HUNDRED_MILLION[language]
    return amount / MILLIONS_IN_MYRIAD, MYRIAD[language]
