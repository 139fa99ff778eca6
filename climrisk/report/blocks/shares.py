"""Effects in percent of what the company reports: revenue, profit, equity, where stated."""

from __future__ import annotations

from typing import Final

from climrisk.report.document import Cell, Column, Spans
from climrisk.report.printed import of_company, stated_amount
from climrisk.report.run_data import Cited
from climrisk.report.wording import Wording

__all__ = ["FIGURES", "missing_figures", "share_columns", "share_notes", "shares_of"]

FIGURES: Final[tuple[str, ...]] = ("revenue", "gross_profit", "profit_before_tax", "equity")
"""Names that `headline_figures` of `study.yaml` may have for a paper to print shares of them."""
MOST: Final = 3


def share_columns(words: Wording) -> list[Column]:
    """Return a column for each stated figure."""
    return [
        Column(words.word("column.share", of=words.word(f"company.{name}")), "figure")
        for name in _stated(words)
    ]


def shares_of(words: Wording, mean: Cited, years: int) -> list[Cell]:
    """Return the cells of these columns."""
    return [(of_company(words, mean, years, name),) for name in _stated(words)]


def share_notes(words: Wording) -> tuple[Spans, ...]:
    """Return what the shares are of, with year and basis, and what is not stated."""
    year = str(words.run.study.settings.base_year)
    parts = []
    for name in _stated(words):
        stated = words.run.study.settings.headline_figures[name]
        path = f"settings.headline_figures.{name}.value"
        parts.append(
            words.say(
                "note.company",
                name=_opening(words.word(f"company.{name}")),
                year=year,
                amount=stated_amount(words, path, stated.value),
                basis=words.word(f"basis.{stated.basis or 'unstated'}"),
            )
        )
    return (words.listed(parts),) if parts else ()


def missing_figures(words: Wording) -> list[str]:
    """Return the names of the figures that a board asks for and the study does not state."""
    stated = words.run.study.settings.headline_figures
    wanted = ("revenue", "profit_before_tax", "equity")
    return [words.word(f"company.{name}") for name in wanted if name not in stated]


def _opening(text: str) -> str:
    """Return a text as it begins a sentence."""
    return text[:1].upper() + text[1:]


def _stated(words: Wording) -> list[str]:
    figures = words.run.study.settings.headline_figures
    return [name for name in FIGURES if name in figures and figures[name].value > 0.0][-MOST:]
