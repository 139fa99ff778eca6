"""Where the rows of a standard stand, on the terminal."""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.table import Table

from climrisk.cli.plain_cells import plain
from climrisk.i18n.catalogue import translate
from climrisk.names import Language
from climrisk.report.disclosure.evidence import Evidence
from climrisk.report.disclosure.index_words import (
    counts_sentence,
    index_notes,
    issuer_sentence,
    row_words,
    status_cell,
)
from climrisk.report.disclosure.status import Index

__all__ = ["show_index"]

LAYOUT: Final[dict[str, tuple[int | None, int | None]]] = {
    "row": (None, None),
    "label": (3, None),
    "force": (None, 10),
    "status": (None, None),
    "remarks": (5, None),
}
"""Columns: their part of the width that is left, or a width; the others take what they need."""
MARKS: Final = {"tick": "✓", "triangle": "▲", "cross": "✗", "dash": "–"}


def show_index(index: Index, evidence: Evidence, language: Language) -> None:
    """Print every row with its status and what is missing, then the counts.

    Parameters
    ----------
    index : Index
    evidence : Evidence
        What it was judged by.
    language : {"en", "zh-Hant", "zh-Hans"}
    """
    console = Console(highlight=False, emoji=False)
    console.print(_table(index, language))
    lines = [counts_sentence(index, language), issuer_sentence(index, evidence, language)]
    notice = evidence.study.settings.notice
    if notice is not None:
        lines.append(notice.best(language))
    for line in (*lines, *index_notes(index, language)):
        console.print(plain(line), soft_wrap=True)


def _table(index: Index, language: Language) -> Table:
    table = Table(title=plain(index.standard.title.best(language)), expand=True)
    for name, (ratio, width) in LAYOUT.items():
        head = translate(f"disclosure.index.head.{name}", language)
        is_fixed = ratio is None and width is None
        table.add_column(head, overflow="fold", no_wrap=is_fixed, ratio=ratio, width=width)
    for row in index.rows:
        label, force, remarks, _ = row_words(row, language)
        state = status_cell(row.status, language)
        shown = f"{MARKS[state.icon]} {state.text}"
        table.add_row(*(plain(cell) for cell in (row.id, label, force, shown, remarks)))
    return table
