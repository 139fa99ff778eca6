from __future__ import annotations

import datetime
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from climrisk.errors import InvalidStudyError
from climrisk.io.workbook.proposal import propose
from tests.small_study import small_study
from tests.workbooks import cell, exported, with_edits

Edit = Callable[[Workbook], object]


def faults_of(tmp_path: Path, edit: Edit) -> list[str]:
    folder = small_study(tmp_path / "study")
    book = with_edits(exported(folder, tmp_path / "book.xlsx"), edit)
    before = (folder / "register.yaml").read_bytes()
    with pytest.raises(InvalidStudyError) as caught:
        propose(book, folder)
    assert (folder / "register.yaml").read_bytes() == before
    return str(caught.value).splitlines()


def put(sheet: str, row: int, key: str, value: object) -> Edit:
    def edit(book: Workbook) -> None:
        cell(book, sheet, row, key).value = value

    return edit


CELLS: list[tuple[str, int, str, object, str, str]] = [
    ("Impacts", 1, "size.p5", "=1+1", "formula '=1+1'", "copy the cell and paste its value"),
    ("Impacts", 1, "size.p5", "0.2", "number stored as text, '0.2'", "General"),
    ("Impacts", 1, "size.p5", "much", "found text 'much'", "allowed: a number"),
    ("Impacts", 1, "size.p5", datetime.date(2024, 1, 2), "a date or time", "General"),
    ("Impacts", 1, "size.p5", True, "found TRUE", "allowed: a number"),
    ("Impacts", 1, "size.p5", None, "empty", "needed: a number, for form p5/p95"),
    ("Impacts", 1, "size.p50", 1, "found 1", "allowed: empty for form p5/p95"),
    ("Impacts", 1, "size.form", "p5/p96", "found 'p5/p96'", "did you mean 'p5/p95'?"),
    ("Impacts", 1, "size.states", None, "empty, with numbers beside it", "amount, share"),
    ("Impacts", 1, "size.other", "{a: 1}", "text", "with form other only"),
    ("Impacts", 1, "channel", "opex", "found 'opex'", "allowed: revenue, operating_cost"),
    ("Impacts", 1, "item", "R-2", "unknown item 'R-2'", "did you mean 'R-1'?"),
    ("Impacts", 1, "id", None, "empty", "needed: an id"),
    ("Impacts", 2, "id", "repair", "a second 'repair', the first is in row 5", "each id once"),
    ("Impacts", 2, "exposure", "stok", "unknown exposure 'stok'", "did you mean 'stock'?"),
    ("Impacts", 1, "line", 12, "found number 12", "format the cell as Text"),
    ("Impacts", 1, "line", None, "missing", "needed: Line of the accounts"),
    ("Impacts", 1, "line", "a\u202eb", "invisible character U+202E", "remove it"),
    ("Items", 1, "frame.period.last", None, "empty", "needed: first and last year"),
    ("Items", 1, "frame.period.first", 2024.5, "found number 2024.5", "a whole number"),
    ("Items", 1, "kind", "danger", "found 'danger'", "allowed: risk, opportunity"),
    ("Items", 1, "occurrence.likelihood.p5", 0.9, "p5", ""),
    ("Items", 1, "horizon", "shrt", "unknown horizon 'shrt'", "did you mean 'short'?"),
    ("Links", 1, "acts_on", "repairs", "unknown target 'repairs'", "did you mean 'repair'?"),
    ("Effects", 1, "item", "R-9", "unknown item 'R-9'", "did you mean 'R-1'?"),
    ("Scenarios", 1, "scenario", "ndc", "unknown scenario 'ndc'", "did you mean 'ndcs'?"),
    ("Horizons", 2, "years.first", 2026, "shares years with short", "disjoint"),
    ("Study", 0, "money.currency", "RM", "found text 'RM'", "three capital letters"),
    ("Study", 0, "end_year", "=2030", "formula '=2030'", "a whole number"),
    ("Study", 0, "end_year", None, "missing", ""),
    ("Measures", 1, "start", None, "status planned without start", "first year of effect"),
    ("Measures", 1, "capex.form", "other", "found 1;", "allowed: empty for form other"),
]


@pytest.mark.parametrize(("sheet", "row", "key", "value", "found", "allowed"), CELLS)
def test_a_fault_names_sheet_and_cell(
    tmp_path: Path, sheet: str, row: int, key: str, value: object, found: str, allowed: str
) -> None:
    wanted: list[str] = []

    def edit(book: Workbook) -> None:
        target = cell(book, sheet, row, key)
        target.value = value
        wanted.append(target.coordinate)

    lines = faults_of(tmp_path, edit)
    column = "".join(char for char in wanted[0] if char.isalpha())
    row_number = wanted[0].removeprefix(column)
    told = [line for line in lines if found in line and allowed in line]
    assert told, lines
    place = told[0].split(":")[0]
    assert place.split("!")[0] == sheet
    assert place.endswith(row_number), place


def test_the_cell_is_the_very_one(tmp_path: Path) -> None:
    [line] = faults_of(tmp_path, put("Exposures", 1, "value.value", "n/a"))
    assert line.startswith("Exposures!E5: value.value: found text 'n/a'; allowed: a number")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        put("Impacts", 1, "size.p5", "=A1")(book)
        put("Impacts", 2, "exposure", "stok")(book)
        put("Sites", 1, "id", "depot")(book)
        put("Study", 0, "appetite.value", -1)(book)

    lines = faults_of(tmp_path, edit)
    places = {line.split(":")[0].split("!")[0] for line in lines}
    assert places == {"Impacts", "Sites", "Study"}
    assert len(lines) == len(set(lines))


def test_unknown_and_missing_sheets_and_columns(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        book["Items"].title = "Itmes"
        book.create_sheet("Notes of mine")
        book["Links"].cell(3, 60).value = "Remark"
        book["Links"].cell(5, 60).value = "look again"
        book["Impacts"].delete_cols(3)

    lines = "\n".join(faults_of(tmp_path, edit))
    assert "Itmes: unknown sheet; did you mean 'Items'?" in lines
    assert "Notes of mine: unknown sheet" in lines
    assert "missing sheet; needed, even without rows" in lines
    assert "Links!BH3: unknown column 'Remark'" in lines
    assert "Impacts: missing channel; needed in the hidden row 4" in lines
    assert "unknown item" not in lines  # what follows from a missing sheet is no fault of its own


def test_merged_cells_are_refused(tmp_path: Path) -> None:
    lines = faults_of(tmp_path, lambda book: book["Impacts"].merge_cells("C5:C6"))
    assert "Impacts!C5: merged cells C5:C6; allowed: one cell for one value; unmerge" in lines


def test_a_scenario_file_cannot_leave_its_folder(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        put("Scenario files", 1, "file", "../../evil")(book)
        put("Scenario files", 1, "text", "x")(book)

    [line] = faults_of(tmp_path, edit)
    assert line == "Scenario files!A5: file: found '../../evil'; allowed: the id of a scenario"


def test_a_scenario_fault_names_its_line(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        for row, text in enumerate(("schema: 1", "id: ours", "titel: Ours"), start=1):
            put("Scenario files", row, "file", "ours")(book)
            put("Scenario files", row, "text", text)(book)
        put("Scenarios", 2, "scenario", "ours")(book)

    lines = faults_of(tmp_path, edit)
    assert any(line.startswith("Scenario files!B7: titel: unknown key 'titel'") for line in lines)


def test_hidden_rows_and_spaces_around_ids_are_read(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "study")

    def edit(book: Workbook) -> None:
        book["Impacts"].row_dimensions[5].hidden = True
        put("Impacts", 2, "exposure", " stock ")(book)
        put("Impacts", 9, "note", "   ")(book)

    assert propose(with_edits(exported(folder, tmp_path / "b.xlsx"), edit), folder).changes == ()


def test_libreoffice_writes_truth_as_a_formula(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "study")
    book = exported(folder, tmp_path / "b.xlsx")
    with_edits(book, put("Exposures", 1, "fair_value_through_profit", "=FALSE()"))
    assert propose(book, folder).changes == ()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"a,b\n1,2\n", "no workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "Excel 97-2003, or one with a password"),
        (b"PK\x05\x06" + bytes(18), "a damaged workbook"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, content: bytes, found: str) -> None:
    book = tmp_path / "book.xlsx"
    book.write_bytes(content)
    with pytest.raises(InvalidStudyError, match=found):
        propose(book, tmp_path / "study")


def test_a_missing_workbook_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidStudyError, match=r"book\.xlsx: missing; needed: a workbook"):
        propose(tmp_path / "book.xlsx", tmp_path / "study")


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", bytes(201_000_000))
    assert book.stat().st_size < 1_000_000
    with pytest.raises(InvalidStudyError, match="201 MB when unpacked"):
        propose(book, tmp_path / "study")
