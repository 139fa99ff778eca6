"""Widths of a table's columns: no word is broken and no range wrapped while there is room."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from climrisk.charts.caption import printable
from climrisk.report.document import Column, Table
from climrisk.report.office.fitting import text_width, widest_word
from climrisk.report.office.plain import cell_text

__all__ = ["column_widths"]

COMMON: Final = 0.15
"""Share of the table's width that common words take at most: endless ones wait for them."""
MOST: Final = 0.34
"""Most of the table's width that a column's words can claim."""
FEW: Final = 4.2
"""Of the type size: Chinese breaks after any character, but no column is a character wide."""
IN_HEAD: Final = 6.6
"""Of the type size: room in which a short head takes two lines."""
LEAST: Final = 0.8
"""Least width of sentences, as a share of what their weight asks for."""


def column_widths(table: Table, width: float, size: float, sides: float) -> tuple[float, ...]:
    """Share a width among the columns of a table.

    Each column first gets its longest word, and sentences most of what their weight asks for;
    then states get their whole cells, heads two lines, figures their whole cells, all the rest.

    Parameters
    ----------
    table : Table
    width : float
        Of the table [pt].
    size : float
        Of its texts [pt].
    sides : float
        Margins left and right of a cell's text together [pt].

    Returns
    -------
    tuple of float
        Widths [pt], together `width`.
    """
    widths = [0.0] * len(table.columns)
    for asked in _stages(table, width, size, sides):
        lacks = [max(want - has, 0.0) for want, has in zip(asked, widths, strict=True)]
        widths = _filled(widths, lacks, max(width - sum(widths), 0.0))
    return tuple(one * width / sum(widths) for one in widths)


def _stages(table: Table, width: float, size: float, sides: float) -> Iterator[list[float]]:
    """Yield what columns ask for, the most needed first."""
    columns = table.columns
    cells = [_cells(table, place) for place in range(len(columns))]
    weights = [column.weight for column in columns]
    wanted = [width * weight / sum(weights) for weight in weights]
    whole = [min(_whole(texts, size) + sides, MOST * width) for texts in cells]
    pairs = list(zip(columns, cells, strict=True))
    words = [_longest(texts, one, size) + sides for one, texts in pairs]
    yield [min(one, COMMON * width) for one in words]
    yield [min(one, MOST * width) for one in words]
    yield _of_kind(table, "text", [LEAST * want for want in wanted])
    yield _of_kind(table, "state", whole)
    yield [min(_few(texts, one, size) + sides, MOST * width) for one, texts in pairs]
    yield _of_kind(table, "figure", whole)
    yield wanted


def _of_kind(table: Table, kind: str, widths: list[float]) -> list[float]:
    """Return the widths of columns of a kind, and zero for others."""
    kinds = [column.kind for column in table.columns]
    return [width if one == kind else 0.0 for one, width in zip(kinds, widths, strict=True)]


def _cells(table: Table, place: int) -> list[str]:
    rows = (row for rank, row in enumerate(table.rows) if rank not in table.groups)
    return [cell_text(row[place]) for row in rows]


def _longest(texts: list[str], column: Column, size: float) -> float:
    """Return the width of a column's longest word [pt], with a point to spare."""
    words = max((widest_word(text, size) for text in texts), default=0.0)
    return max(words, widest_word(printable(column.head), size, bold=True)) + 1.0


def _few(texts: list[str], column: Column, size: float) -> float:
    """Return the width of a few characters where words are short, and of a head in two lines."""
    head = 0.7 * text_width(printable(column.head), size, bold=True)
    return max(min(_whole(texts, size), FEW * size), min(head, IN_HEAD * size))


def _whole(texts: list[str], size: float) -> float:
    return max((text_width(text, size) for text in texts), default=0.0) + 1.0


def _filled(widths: list[float], lacks: list[float], spare: float) -> list[float]:
    """Return widths with what they lack, or a share of it where there is less to spare."""
    share = min(spare / sum(lacks), 1.0) if sum(lacks) else 0.0
    return [width + share * lack for width, lack in zip(widths, lacks, strict=True)]
