"""Native tables on slides: measured first, so that what does not fit goes to the next slide."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from pptx.util import Pt

from climrisk.charts.caption import printable
from climrisk.charts.palette import BAND_PAPER, INK, PAPER
from climrisk.names import Language
from climrisk.report.brand import Brand
from climrisk.report.document import Cell, State, Table
from climrisk.report.office.columns import column_widths
from climrisk.report.office.fitting import wrap
from climrisk.report.office.plain import cell_text
from climrisk.report.slides.cells import CellLook, write_cell
from climrisk.report.slides.close_columns import close_widths
from climrisk.report.slides.setting import Setting
from climrisk.report.slides.stage import Box
from climrisk.report.status import status_colours

__all__ = ["MeasuredTable", "draw_table", "measured"]

SIDE: Final = 5.0
"""Left and right of a cell's text [pt]."""
PITCH: Final = 1.2
"""Of lines in a cell, over the type size."""
TALLEST: Final = 0.45
"""Most of the body that one row takes; a longer text ends in an ellipsis there."""


LEAST_FILLED: Final = 0.6
"""Share of the rows that fit which a slide keeps to part its table between groups."""


@dataclass(frozen=True)
class MeasuredTable:
    """A table with the sizes that it prints at.

    Attributes
    ----------
    table : Table
    size : float
        Of its texts [pt].
    widths : tuple of float
        Of its columns [pt].
    head : float
        Height of the heads [pt].
    heights : tuple of float
        Of its rows [pt].
    above : float
        Over and under a cell's text [pt].
    """

    table: Table
    size: float
    widths: tuple[float, ...]
    head: float
    heights: tuple[float, ...]
    above: float

    @property
    def height(self) -> float:
        """Of heads and rows [pt]."""
        return self.head + sum(self.heights)

    def fitting(self, room: float) -> int:
        """Return how many rows fit into `room` [pt] under the heads; a group keeps a row."""
        taken, used = 0, self.head
        for height in self.heights:
            used += height
            if used > room:
                break
            taken += 1
        while taken < len(self.heights) and taken - 1 in self.table.groups:
            taken -= 1
        return taken

    def parting(self, count: int) -> int:
        """Return where a table of more rows than `count` parts: before a group, if not far back."""
        last = max((rank for rank in self.table.groups if rank <= count), default=0)
        return last if last >= LEAST_FILLED * count else count

    def rows(self, start: int, stop: int) -> MeasuredTable:
        """Return the table of some rows; rows under a group's head repeat it."""
        table = self.table
        groups = tuple(rank - start for rank in table.groups if start <= rank < stop)
        part = replace(table, rows=table.rows[start:stop], groups=groups)
        return replace(self, table=part, heights=self.heights[start:stop])


def measured(table: Table, width: float, setting: Setting, tallest: float) -> MeasuredTable:
    """Measure a table on `width` [pt], rows at most `tallest` [pt]; groups' heads span it."""
    size = setting.tables
    found = _measured(table, column_widths(table, width, size, 2 * SIDE), setting, tallest)
    if not setting.is_close:
        return found
    others = close_widths(table, width, size, 2 * SIDE)
    lower = (_measured(table, widths, setting, tallest) for widths in others)
    return min((found, *lower), key=lambda one: one.height)


def _measured(
    table: Table, widths: tuple[float, ...], setting: Setting, tallest: float
) -> MeasuredTable:
    size, air = setting.tables, 2 * setting.above
    heads = tuple(printable(column.head) for column in table.columns)
    rows = []
    for rank, row in enumerate(table.rows):
        if rank in table.groups:
            tall = _height((cell_text(row[0]),), (sum(widths),), size, bold=True)
        else:
            tall = _height(tuple(map(cell_text, row)), widths, size, bold=False)
        rows.append(min(tall + air, tallest))
    head = _height(heads, widths, size, bold=True) + air
    return MeasuredTable(table, size, widths, head, tuple(rows), setting.above)


def _height(texts: tuple[str, ...], widths: tuple[float, ...], size: float, *, bold: bool) -> float:
    lines = max(
        len(wrap(text, width - 2 * SIDE, size, bold=bold))
        for text, width in zip(texts, widths, strict=True)
    )
    return lines * PITCH * size


def draw_table(
    shapes: Any, part: MeasuredTable, left: float, top: float, brand: Brand, language: Language
) -> None:
    """Draw a measured table."""
    table = part.table
    box = Box(left, top, sum(part.widths), part.height)
    frame = shapes.add_table(1 + len(table.rows), len(table.columns), *box.emu)
    frame.name = table.name
    frame._element.nvGraphicFramePr.cNvPr.set("descr", printable(table.title))
    grid = frame.table
    grid.horz_banding = False
    for column, width in zip(grid.columns, part.widths, strict=True):
        column.width = Pt(width)
    for row, height in zip(grid.rows, (part.head, *part.heights), strict=True):
        row.height = Pt(height)
    head, *body = (list(row.tc_lst) for row in grid._tbl.tr_lst)
    for place, column in enumerate(table.columns):
        look = _look(part, place, language, brand.primary, brand.on_primary, bold=True)
        write_cell(head[place], printable(column.head), look)
    for rank, row in enumerate(table.rows):
        if rank in table.groups:
            grid.cell(rank + 1, 0).merge(grid.cell(rank + 1, len(row) - 1))
        for place, cell in enumerate(row):
            _fill(body[rank][place], cell, part, (rank, place), language)


def _fill(
    target: Any, cell: Cell, part: MeasuredTable, at: tuple[int, int], language: Language
) -> None:
    rank, place = at
    fill, ink = PAPER, INK
    if isinstance(cell, State):
        fill, ink = status_colours(cell.role)
    elif rank in part.table.groups:
        fill = BAND_PAPER
    room = part.heights[rank]
    heads = rank in part.table.groups
    width = sum(part.widths) if heads and place == 0 else part.widths[place]
    text = _cut(cell_text(cell), width - 2 * SIDE, part.size, room - 2 * part.above, bold=heads)
    write_cell(target, text, _look(part, place, language, fill, ink, bold=heads))


def _cut(text: str, room: float, size: float, height: float, *, bold: bool) -> str:
    """End a text that has more lines than a row of its height in an ellipsis."""
    most = max(int(height / (PITCH * size) + 0.01), 1)
    lines = wrap(text, room, size, bold=bold)
    if len(lines) <= most:
        return text
    return text[: max(sum(len(line) + 1 for line in lines[:most]) - 4, 1)].rstrip() + "…"


def _look(
    part: MeasuredTable, place: int, language: Language, fill: str, ink: str, *, bold: bool
) -> CellLook:
    return CellLook(
        size=part.size,
        pitch=PITCH * part.size,
        side=SIDE,
        above=part.above,
        fill=fill,
        ink=ink,
        right=part.table.columns[place].kind == "figure",
        bold=bold,
        language=language,
    )
