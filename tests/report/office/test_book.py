"""Workbooks: numbers that are the document's, texts that stay texts, a trace of each figure."""

from __future__ import annotations

import math
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from climrisk.charts.caption import printable
from climrisk.domain.colour import AA_TEXT, contrast
from climrisk.report.book.sheets import number_format, number_formats, sheet_name
from climrisk.report.document import Document, Figure, Picture, Table, figures_of
from tests.report.office.conftest import Written

HEAD = 4
"""Row of a table's heads, counted from 1."""


def book(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content))


def tables(document: Document) -> Iterator[Table]:
    for section in document.sections:
        yield from (block for block in section.blocks if isinstance(block, Table))


def values_of(row: tuple[Any, ...]) -> tuple[float, ...]:
    """Return the unrounded values of a row's whole-figure cells, in their order."""
    alone = (cell[0] for cell in row if isinstance(cell, tuple) and len(cell) == 1)
    return tuple(value for one in alone if isinstance(one, Figure) for value in one.values)


def test_every_table_has_a_sheet_whose_numbers_are_the_unrounded_ones(
    written: tuple[Written, ...],
) -> None:
    for one in written:
        opened = book(one.files["xlsx"])
        for table in tables(one.document):
            sheet = opened[table.name]
            for rank, row in enumerate(table.rows, start=HEAD + 1):
                stand = [cell.value for cell in sheet[rank] if isinstance(cell.value, float | int)]
                assert tuple(stand) == pytest.approx(values_of(row), rel=1e-14), table.name


def test_a_range_has_a_column_for_each_part(written: tuple[Written, ...]) -> None:
    sheet = book(written[0].files["xlsx"])["top_risks"]
    heads = [cell.value for cell in sheet[HEAD]]
    assert [head.rsplit("· ", 1)[-1] for head in heads[1:3]] == ["P5", "P95"]
    assert "RMB million" in heads[1]


def test_no_cell_of_data_is_merged_and_heads_are_frozen(written: tuple[Written, ...]) -> None:
    for one in written:
        opened = book(one.files["xlsx"])
        assert all(not sheet.merged_cells.ranges for sheet in opened)
        for table in tables(one.document):
            assert opened[table.name].freeze_panes == "B5"


def test_no_cell_is_a_formula_or_a_link_out(written: tuple[Written, ...]) -> None:
    for one in written:
        content = one.files["xlsx"]
        for sheet in book(content):
            for row in sheet.iter_rows():
                assert all(cell.data_type != "f" for cell in row)
        with ZipFile(BytesIO(content)) as archive:
            for name in archive.namelist():
                if name.endswith(".rels"):
                    assert b'TargetMode="External"' not in archive.read(name)


def test_the_trace_names_sheet_cell_value_and_key_of_every_figure(
    written: tuple[Written, ...],
) -> None:
    for one in written:
        opened = book(one.files["xlsx"])
        trace = opened[one.document.words["trace"]]
        rows = list(trace.iter_rows(min_row=HEAD + 1, values_only=True))
        figures = [figure for part in one.document.sections for figure in figures_of(part)]
        assert len(rows) == sum(len(figure.values) for figure in figures)
        for sheet, cell, _, printed, value, *_ in rows:
            stands = opened[sheet][cell].value
            assert (
                stands == pytest.approx(value)
                if isinstance(stands, float | int)
                else (printed in stands)
            )
        assert {row[6] for row in rows} >= {printable(key) for one in figures for key in one.keys}


def test_every_picture_is_a_native_chart_told_in_words(written: tuple[Written, ...]) -> None:
    for one in written:
        blocks = [block for section in one.document.sections for block in section.blocks]
        pictures = sum(isinstance(block, Picture) for block in blocks)
        halves = sum(isinstance(block, Picture) and block.name == "matrix" for block in blocks)
        with ZipFile(BytesIO(one.files["xlsx"])) as archive:
            names = archive.namelist()
            drawings = [archive.read(name).decode() for name in names if "drawings/drawing" in name]
        assert sum(name.startswith("xl/charts/chart") for name in names) == pictures + halves
        frames = [part for text in drawings for part in text.split("<xdr:cNvPr ")[1:]]
        assert all('descr="' in frame.split(">")[0] for frame in frames)


def test_states_keep_aa_contrast(written: tuple[Written, ...]) -> None:
    sheet = book(written[0].files["xlsx"])["top_risks"]
    cells = [cell for row in sheet.iter_rows(min_row=HEAD) for cell in row if cell.value]
    pairs = {(cell.fill.fgColor.rgb, cell.font.color.rgb) for cell in cells}
    drawn = {(f"#{fill[2:]}", f"#{ink[2:]}") for fill, ink in pairs if fill != "00000000"}
    assert len(drawn) >= 5
    assert [pair for pair in drawn if contrast(*pair) < AA_TEXT] == []


def test_formats_show_the_printed_decimals() -> None:
    unit = "CNY million (2023)"
    spread = Figure("RMB -0.52 to +12 million", (-0.5213, 12.4), unit, ())
    assert number_formats(spread) == ("#,##0.00", "#,##0")
    assert number_formats(Figure("69.3%", (0.6931,), "1", ())) == ("0.0%",)
    assert number_formats(Figure("18% (±<1%)", (0.1845,), "1", ())) == ("0%",)
    assert number_formats(Figure("18%（±1%）", (0.1845,), "1", ())) == ("0%",)
    assert number_formats(Figure("1,793.1", (1793.1,), unit, ())) == ("#,##0.0",)


def test_shares_behind_pictures_are_percentages(written: tuple[Written, ...]) -> None:
    read = book(written[0].files["xlsx"])["chart_matrix"]
    heads = [cell for row in read.iter_rows() for cell in row if cell.value == "likelihood"]
    (head,) = heads
    forms = {read.cell(head.row + rank, head.column).number_format for rank in (1, 2)}
    assert all(form.endswith("%") for form in forms)


def test_every_page_has_the_notice(written: tuple[Written, ...]) -> None:
    for one in written:
        notice = printable(one.document.stamp.notice)
        for sheet in book(one.files["xlsx"]):
            told = (sheet.oddHeader.left.text or "").replace("\n", " ").strip(" …")
            assert (
                told == ""
                if not notice
                else notice.replace(" ", "").startswith(told.replace("&&", "&").replace(" ", ""))
            )
            assert len(told) >= min(len(notice), 200)


@given(st.floats(1e-9, 9.99))
def test_small_numbers_show_two_significant_digits(value: float) -> None:
    decimals = number_format(value).count("0") - 1
    assert decimals == 1 - math.floor(math.log10(value))


@given(st.lists(st.text(max_size=60), max_size=8))
def test_sheets_have_names_that_excel_allows(wanted: list[str]) -> None:
    names: list[str] = []
    for one in wanted:
        names.append(sheet_name(one, names))
    assert len({name.lower() for name in names}) == len(names)
    for name in names:
        assert 1 <= len(name) <= 31
        assert not set("[]:*?/\\'") & set(name)
