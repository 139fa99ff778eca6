"""Cells of tables on the terminal: users' texts, tonnes, factors."""

from __future__ import annotations

from typing import Final

from rich.markup import escape

from climrisk.cli.screen import one_line
from climrisk.ghg.factors import ChosenFactor
from climrisk.i18n.numerals import fixed, significant

__all__ = ["FIGURES", "error_line", "factor_words", "plain", "tonnes"]

FIGURES: Final = 6
"""Significant figures of a figure that is shown unrounded."""


def plain(text: str) -> str:
    """Return a user's text so that nothing in it is taken for layout."""
    return escape(one_line(text))


def error_line(stated: str | None) -> str:
    """Return a line on the Monte Carlo standard error of a figure, as a run's table states it."""
    told = f"{significant(float(stated))}" if stated else "not computed for this figure"
    return f"  Monte Carlo standard error: {told}"


def tonnes(value: float | None) -> str:
    """Return tonnes of CO2 equivalent with two decimals, or a dash where there is no figure."""
    return "–" if value is None else fixed(value, 2)


def factor_words(factor: ChosenFactor | None) -> str:
    """Return a factor with its unit, set and region, and whether nobody has checked it."""
    if factor is None:
        return "–"
    mark = ", not verified" if factor.verified is False else ""
    number = significant(factor.value, FIGURES)
    return plain(f"{number} {factor.unit} ({factor.set_id}, {factor.region}{mark})")
