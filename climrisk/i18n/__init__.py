"""What readers see in three languages: the catalogue's texts, numerals and money."""

from __future__ import annotations

from climrisk.i18n.catalogue import translate
from climrisk.i18n.money import money, money_range, money_unit, number_range
from climrisk.i18n.numerals import fixed, percent, significant

__all__ = [
    "fixed",
    "money",
    "money_range",
    "money_unit",
    "number_range",
    "percent",
    "significant",
    "translate",
]
