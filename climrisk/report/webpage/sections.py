"""Sections of a document as the parts that the page's template puts together."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

import pandas as pd

from climrisk.charts.matrix import MatrixChart
from climrisk.charts.table import ChartTable
from climrisk.i18n import translate
from climrisk.i18n.catalogue import catalogue
from climrisk.names import Language
from climrisk.report.document import (
    Block,
    Bullets,
    Cell,
    Figure,
    Paragraph,
    Picture,
    Section,
    Spans,
    State,
    Table,
)
from climrisk.report.legible import breakable, legible
from climrisk.report.office.columns import column_widths
from climrisk.report.pictures import drawing, picture_words
from climrisk.report.status import status_colours
from climrisk.report.webpage.addresses import data_address

__all__ = ["language_tag", "section_parts"]

WIDTH, TYPE, EDGES = 690.0, 11.0, 14.4
"""Of a table, its type, and the edges of a cell left and right together [pt]."""
TAGS: Final[dict[Language, str]] = {"en": "en", "zh-Hant": "zh-Hant-HK", "zh-Hans": "zh-Hans-CN"}
SHOWN: Final = ("label", "control", "likelihood", "impact", "low", "high", "expected_per_year")
"""Columns of a matrix's points that its table shows."""


def language_tag(language: Language) -> str:
    """Return the language of a text as browsers know it (BCP 47)."""
    return TAGS[language]


def section_parts(section: Section) -> dict[str, Any]:
    """Return a section as texts, tables and pictures."""
    return {
        "anchor": f"section-{section.name}",
        "title": legible(section.title),
        "language": language_tag(section.language),
        "appendix": section.appendix,
        "blocks": [_block(block, section.language) for block in section.blocks],
    }


def _block(block: Block, language: Language) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "style": block.style, "spans": _spans(block.spans)}
    if isinstance(block, Bullets):
        entries = [_spans(item) for item in block.items]
        return {"kind": "bullets", "numbered": block.numbered, "entries": entries}
    if isinstance(block, Table):
        return _table(block)
    return _picture(block, language)


def _spans(spans: Spans) -> list[dict[str, Any]]:
    return [
        {
            "figure": True,
            "text": legible(span.text),
            "value": " ".join(map(repr, span.values)),
            "trace": legible(" · ".join(filter(None, (*span.keys, span.unit, span.derivation)))),
        }
        if isinstance(span, Figure)
        else {"figure": False, "text": breakable(legible(span))}
        for span in spans
    ]


def _table(table: Table) -> dict[str, Any]:
    widths = column_widths(table, WIDTH, TYPE, EDGES)
    return {
        "kind": "table",
        "title": legible(table.title),
        "columns": [
            {
                "head": breakable(legible(one.head)),
                "kind": one.kind,
                "width": f"{100 * width / WIDTH:.2f}",
            }
            for one, width in zip(table.columns, widths, strict=True)
        ],
        "groups": list(_groups(table)),
        "notes": [_spans(note) for note in table.notes],
        "notice": "",
    }


def _groups(table: Table) -> Iterator[dict[str, Any]]:
    """Yield the rows under each heading row, and those before the first."""
    for first, last in pairwise(sorted({0, *table.groups, len(table.rows)})):
        headed = first in table.groups
        rows = table.rows[first + headed : last]
        yield {
            "head": _cell(table.rows[first][0]) if headed else None,
            "rows": [[_cell(cell) for cell in row] for row in rows],
        }


def _cell(cell: Cell) -> dict[str, Any]:
    if not isinstance(cell, State):
        return {"state": False, "spans": _spans(cell)}
    fill, ink = status_colours(cell.role)
    return {"state": True, "text": legible(cell.text), "icon": cell.icon, "fill": fill, "ink": ink}


def _picture(picture: Picture, language: Language) -> dict[str, Any]:
    words = picture_words(picture.chart)
    figures = _figures(picture.chart)
    return {
        "kind": "picture",
        "name": picture.name,
        "title": legible(words.title),
        "subtitle": legible(words.subtitle),
        "alt": legible(words.alt),
        "labels": [(legible(name), legible(figures)) for name, figures in words.labels],
        "notes": [_spans((note,)) for note in words.notes],
        "notice": legible(words.notice),
        "still": data_address("image/svg+xml", drawing(picture.chart)),
        "in_words": translate("webpage.in_words", language),
        "heads": [_head(str(name), language) for name in figures.columns],
        "rows": [[_datum(value) for value in row] for row in figures.itertuples(index=False)],
    }


def _figures(chart: ChartTable | MatrixChart) -> pd.DataFrame:
    if isinstance(chart, MatrixChart):
        return chart.points[list(SHOWN)].rename(columns={"low": "p5", "high": "p95"})
    return chart.data


def _head(column: str, language: Language) -> str:
    """Return a column's words, or its name in the run's tables where it has none."""
    texts = catalogue(language)
    known: Sequence[str] = (f"webpage.column.{column}", f"statistic.{column}")
    return next((texts[key] for key in known if key in texts), legible(column))


def _datum(value: Any) -> dict[str, str]:
    if isinstance(value, str):
        return {"kind": "text", "text": legible(value)}
    number = float(value)
    return {"kind": "figure", "text": f"{number:.6g}" if math.isfinite(number) else ""}
