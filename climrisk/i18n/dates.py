"""Days as each language writes them in a paper."""

from __future__ import annotations

from datetime import date

from climrisk.i18n.catalogue import translate
from climrisk.names import Language

__all__ = ["written_day"]


def written_day(day: date, language: Language) -> str:
    """Return a day in words: 23 November 2026, 2026年11月23日."""
    month = translate(f"day.months.m{day.month}", language)
    return translate("day.written", language, year=day.year, month=month, day=day.day)
