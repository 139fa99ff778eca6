"""Tables of the paper: header rows repeat, no row breaks across pages."""

from __future__ import annotations

from typing import Any, Final

from docx.document import Document as WordDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.table import _Cell as WordCell

from climrisk.charts.caption import printable
from climrisk.charts.palette import BAND_PAPER
from climrisk.names import Language
from climrisk.report.brand import Brand
from climrisk.report.document import Cell, Column, State, Table
from climrisk.report.office.columns import column_widths
from climrisk.report.office.plain import cell_text, spans_text
from climrisk.report.paper.runs import add_run, element, shade
from climrisk.report.paper.styles import NOTE, PITCH, TABLE
from climrisk.report.status import status_colours

__all__ = ["add_table"]

SIZE: Final = 8.5
SIDES: Final = 13.0
"""Left and right margins of a cell together [pt], with air to spare: programs differ."""


def add_table(
    word: WordDocument, table: Table, width: int, brand: Brand, language: Language
) -> None:
    """Add title, table and notes; `width` [EMU] is shared by the columns' weights."""
    add_run(word.add_paragraph(style="Caption"), printable(table.title), language)
    grid = word.add_table(rows=1 + len(table.rows), cols=len(table.columns), style=TABLE)
    grid.autofit = False
    _describe(grid, table)
    points = column_widths(table, width / Pt(1), SIZE, SIDES)
    shares = [Pt(one) for one in points]
    for ruled, share in zip(grid.columns, shares, strict=True):
        ruled.width = share
    rows = grid.rows
    for rank, row in enumerate(rows):
        cells = row.cells
        for cell, share in zip(cells, shares, strict=True):
            cell.width = share
        _keep(row, repeats=rank == 0)
        if rank - 1 in table.groups:  # only now, for a merged cell has the width of all
            _fill_heading(cells[0].merge(cells[-1]), table, rank - 1, language)
        elif rank == 0:
            for cell, column in zip(cells, table.columns, strict=True):
                _fill_head(cell, column, brand, language)
        else:
            _fill_row(cells, table, rank - 1, language)
    for note in table.notes:
        add_run(word.add_paragraph(style=NOTE), spans_text(note), language)


def _describe(grid: Any, table: Table) -> None:
    properties = grid._tbl.tblPr
    title = printable(table.title)
    properties.append(element("tblCaption", val=table.name))
    properties.append(element("tblDescription", val=title))


def _keep(row: Any, *, repeats: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(element("cantSplit"))
    if repeats:
        properties.append(element("tblHeader"))


def _fill_head(cell: WordCell, column: Column, brand: Brand, language: Language) -> None:
    shade(cell._tc.get_or_add_tcPr(), brand.primary)
    _write(cell, printable(column.head), language, column, bold=True, colour=brand.on_primary)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM


def _fill_row(cells: tuple[WordCell, ...], table: Table, rank: int, language: Language) -> None:
    for cell, column, content in zip(cells, table.columns, table.rows[rank], strict=True):
        _fill(cell, content, column, language, bold=False)


def _fill_heading(cell: WordCell, table: Table, rank: int, language: Language) -> None:
    """Fill the head of a group, which spans the table."""
    shade(cell._tc.get_or_add_tcPr(), BAND_PAPER)
    _fill(cell, table.rows[rank][0], table.columns[0], language, bold=True)


def _fill(cell: WordCell, content: Cell, column: Column, language: Language, *, bold: bool) -> None:
    colour = None
    if isinstance(content, State):
        fill, colour = status_colours(content.role)
        shade(cell._tc.get_or_add_tcPr(), fill)
    _write(cell, cell_text(content), language, column, bold=bold, colour=colour)


def _write(
    cell: WordCell,
    text: str,
    language: Language,
    column: Column,
    *,
    bold: bool,
    colour: str | None,
) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(PITCH * SIZE)
    if column.kind == "figure":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if text:
        add_run(paragraph, text, language, size=SIZE, bold=bold, colour=colour)
