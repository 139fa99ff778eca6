"""Every text that a document prints, with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from climrisk.charts.matrix import MatrixChart
from climrisk.charts.table import Axis, Bars, ChartTable, Line, Ranges
from climrisk.report.document import (
    Block,
    Bullets,
    Cell,
    Document,
    Paragraph,
    Picture,
    Section,
    State,
    Table,
)
from climrisk.report.legible import legible, sentence

__all__ = ["chart_texts", "printed_texts"]

Place = tuple[str, str]
"""Where a text stands, and the text."""


def printed_texts(document: Document) -> Iterator[Place]:
    """Yield place and text of everything printed, in reading order."""
    yield from (("title", document.title), ("company", document.company))
    for name, value in document.facts:
        yield f"fact {name}", f"{name} {value}"
    stamp = document.stamp
    yield from (("stamp", stamp.run), ("notice", stamp.notice), ("status", stamp.status))
    yield from ((f"word {name}", word) for name, word in document.words.items())
    for section in document.sections:
        yield from _section_texts(section)


def _section_texts(section: Section) -> Iterator[Place]:
    place = f"section {section.name}"
    yield f"{place}, title", section.title
    for rank, block in enumerate(section.blocks, start=1):
        yield from ((f"{place}, {where}", text) for where, text in _block_texts(block, rank))


def _block_texts(block: Block, rank: int) -> Iterator[Place]:
    if isinstance(block, Paragraph):
        yield f"paragraph {rank}", sentence(block.spans)
    elif isinstance(block, Bullets):
        yield from ((f"item {n}", sentence(one)) for n, one in enumerate(block.items, start=1))
    elif isinstance(block, Table):
        yield from ((f"table {block.name}, {place}", text) for place, text in _table_texts(block))
    else:
        yield from ((f"picture {block.name}, {place}", text) for place, text in _picture(block))


def _table_texts(table: Table) -> Iterator[Place]:
    yield "title", table.title
    yield from (("head", column.head) for column in table.columns)
    for rank, row in enumerate(table.rows, start=1):
        for column, cell in zip(table.columns, row, strict=True):
            yield f"row {rank}, column {legible(column.head)}", _cell(cell)
    yield from (("note", sentence(note)) for note in table.notes)


def _cell(cell: Cell) -> str:
    return cell.text if isinstance(cell, State) else sentence(cell)


def _picture(picture: Picture) -> Iterator[Place]:
    texts = chart_texts(picture.chart)
    yield from ((place, text) for place, text in texts if text)


def chart_texts(chart: ChartTable | MatrixChart) -> Iterator[Place]:
    """Yield place and text of everything that a picture prints, words around it included."""
    if isinstance(chart, MatrixChart):
        yield from _matrix_texts(chart)
        return
    yield from (("title", chart.title), ("subtitle", chart.subtitle), ("alt", chart.alt))
    yield from (("empty", chart.empty or ""), ("notice", chart.notice or ""))
    yield from (("note", note) for note in chart.notes)
    for name, axis in (("x axis", chart.x), ("y axis", chart.y)):
        yield from ((name, text) for text in _axis_texts(axis))
    for mark in chart.marks:
        yield "key", mark.label
        if isinstance(mark, Line | Bars | Ranges):
            yield from (("label", text) for text in mark.texts)


def _axis_texts(axis: Axis) -> Iterator[str]:
    yield axis.title
    yield from axis.tick_texts


def _matrix_texts(chart: MatrixChart) -> Iterator[Place]:
    words = chart.words
    yield from (("title", line) for line in words.title)
    yield from (("subtitle", words.subtitle), ("notice", words.notice or ""))
    yield from (("note", note) for note in words.notes)
    yield from (("axis", words.likelihood_axis), ("appetite", words.appetite or ""))
    for group in (words.headings, words.empty, words.amount_axes, words.keys):
        yield from (("key", text) for text in group.values())
    yield from (("band", band.word) for band in chart.bands)
    for column in ("item", "label", "detail"):
        yield from ((f"point, {column}", str(text)) for text in chart.points[column])
