"""Widths of a table's columns: no word is broken and no range wrapped while there is room."""

from __future__ import annotations

from typing import Final

from climrisk.charts.caption import printable
from climrisk.report.document import Table
from climrisk.report.office.fitting import text_width, widest_word
from climrisk.report.office.plain import cell_text

__all__ = ["column_widths"]

MOST: Final = 0.34
"""Most of the table's width that a column's words can claim."""
LEAST: Final = 0.8
"""Least width of sentences, as a share of what their weight asks for."""


def column_widths(table: Table, width: float, size: float, sides: float) -> tuple[float, ...]:
    """Share a width among the columns of a table.

    Each column first gets its longest word, and sentences most of what their weight asks for;
    then figures and states get their whole cells, then sentences what is left.

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
    cells = [_cells(table, place) for place in range(len(table.columns))]
    weights = [column.weight for column in table.columns]
    wanted = [width * weight / sum(weights) for weight in weights]
    least = [
        max(
            min(_longest(texts, printable(column.head), size) + sides + 1.0, MOST * width),
            LEAST * want if column.kind == "text" else 0.0,
        )
        for texts, column, want in zip(cells, table.columns, wanted, strict=True)
    ]
    whole = [
        0.0 if column.kind == "text" else min(_whole(texts, size) + sides + 1.0, MOST * width)
        for column, texts in zip(table.columns, cells, strict=True)
    ]
    spare = max(width - sum(least), 0.0)
    narrow = [max(want - has, 0.0) for want, has in zip(whole, least, strict=True)]
    first = _filled(least, narrow, spare)
    lacks = [max(want - has, 0.0) for want, has in zip(wanted, first, strict=True)]
    second = _filled(first, lacks, max(width - sum(first), 0.0))
    return tuple(one * width / sum(second) for one in second)


def _cells(table: Table, place: int) -> list[str]:
    rows = (row for rank, row in enumerate(table.rows) if rank not in table.groups)
    return [cell_text(row[place]) for row in rows]


def _longest(texts: list[str], head: str, size: float) -> float:
    words = max((widest_word(text, size) for text in texts), default=0.0)
    return max(words, widest_word(head, size, bold=True))


def _whole(texts: list[str], size: float) -> float:
    return max((text_width(text, size) for text in texts), default=0.0)


def _filled(widths: list[float], lacks: list[float], spare: float) -> list[float]:
    """Return widths with what they lack, or a share of it where there is less to spare."""
    share = min(spare / sum(lacks), 1.0) if sum(lacks) else 0.0
    return [width + share * lack for width, lack in zip(widths, lacks, strict=True)]
