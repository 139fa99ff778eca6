"""Widths of columns that make a table low: each wide enough for a number of lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import ceil
from typing import Final

from climrisk.charts.caption import printable
from climrisk.report.document import Table
from climrisk.report.office.fitting import text_width, widest_word, wrap
from climrisk.report.office.plain import cell_text

__all__ = ["close_widths"]

MOST_LINES: Final = 4


def close_widths(
    table: Table, width: float, size: float, sides: float
) -> Iterator[tuple[float, ...]]:
    """Yield the widths at which no head and no cell has more than a number of lines.

    Parameters
    ----------
    table : Table
    width : float
        Of the table [pt].
    size : float
        Of its texts [pt].
    sides : float
        Margins left and right of a cell's text together [pt].

    Yields
    ------
    tuple of float
        Widths [pt], together `width`; nothing for numbers of lines that do not fit it.
    """
    rows = [row for rank, row in enumerate(table.rows) if rank not in table.groups]
    cells = [[cell_text(row[place]) for row in rows] for place in range(len(table.columns))]
    heads = [printable(column.head) for column in table.columns]
    counts = range(1, MOST_LINES + 1)
    head_rooms = {
        count: [_room([one], count, size, bold=True) for one in heads] for count in counts
    }
    rooms = {count: [_room(texts, count, size, bold=False) for texts in cells] for count in counts}
    for of_head, of_cell in product(counts, counts):
        least = [
            max(pair) + sides for pair in zip(head_rooms[of_head], rooms[of_cell], strict=True)
        ]
        spare = (width - sum(least)) / sum(least)
        if spare >= 0.0:
            yield tuple(one * (1.0 + spare) for one in least)


def _room(texts: Sequence[str], count: int, size: float, *, bold: bool) -> float:
    """Return the least room [pt] at which none of the texts has more lines than `count`."""
    return max((_least(text, count, size, bold) for text in texts), default=0.0)


def _least(text: str, count: int, size: float, bold: bool) -> float:
    whole = text_width(text, size, bold=bold)
    low, high = ceil(widest_word(text, size, bold=bold)), ceil(1.05 * whole) + 1
    while low < high:
        middle = (low + high) // 2
        if len(wrap(text, middle, size, bold=bold)) <= count:
            high = middle
        else:
            low = middle + 1
    return float(high) + 1.0
