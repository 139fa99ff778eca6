from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from climrisk.errors import InvalidStudyError, MissingExtraError
from climrisk.io.study import read_study
from climrisk.io.workbook.headers import sheet_title
from climrisk.io.workbook.opened import open_workbook
from climrisk.io.workbook.sheets import SHEETS
from climrisk.io.workbook.write import workbook_bytes
from climrisk.names import LANGUAGES, Language
from tests.small_study import small_study
from tests.workbooks import LX, cell, exported

NOTICE = "DRAFT · Illustration by climrisk from the 2023 report"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory):
    return load_workbook(exported(LX, tmp_path_factory.mktemp("look") / "lx.xlsx"))


def tables(book):
    return [(sheet, book[sheet_title(sheet.key, "en")]) for sheet in SHEETS if not sheet.is_form]


def test_the_banner_stands_on_every_sheet(book) -> None:
    for page in book.worksheets:
        first = [page.cell(1, column).value for column in (1, 2)]
        assert any(str(text).startswith(NOTICE) for text in first), page.title
        assert str(page.oddHeader.left.text).startswith(NOTICE)


def test_heads_stay_in_sight_and_keys_out_of_it(book) -> None:
    for sheet, page in tables(book):
        assert page.row_dimensions[4].hidden
        assert re.fullmatch("[A-Z]+5", page.freeze_panes)
        assert [one.value for one in page[4]][: len(sheet.columns)] == [
            column.key for column in sheet.columns
        ]
        assert all(one.comment for one in page[3][: len(sheet.columns)])
    assert book["Study"].column_dimensions["A"].hidden
    assert book["Items"].freeze_panes == "C5"
    assert book["Lists"].sheet_state == "hidden"


def test_every_closed_choice_and_every_id_has_a_drop_down(book) -> None:
    for sheet, page in tables(book):
        ranges = {str(one.sqref).split(":")[0]: one for one in page.data_validations.dataValidation}
        for number, column in enumerate(sheet.columns, start=1):
            place = page.cell(5, number).coordinate
            wanted = bool(column.choices or column.of) or column.kind == "truth"
            assert (place in ranges) is wanted, (page.title, column.key)
            if column.choices:
                assert ranges[place].formula1 == f'"{",".join(column.choices)}"'


def test_drop_downs_point_at_ids(book) -> None:
    [one] = [
        check
        for check in book["Impacts"].data_validations.dataValidation
        if str(check.sqref).startswith("A5")
    ]
    sheet, first, last = re.fullmatch(r"'(.+)'!\$A\$(\d+):\$A\$(\d+)", one.formula1).groups()
    assert (sheet, int(first)) == ("Items", 5)
    assert int(last) > 500


def test_numbers_are_numbers_and_texts_texts(book) -> None:
    assert cell(book, "Exposures", 1, "value.value").data_type == "n"
    assert cell(book, "Items", 1, "title.en").number_format == "@"
    assert cell(book, "Items", 1, "frame.period.first").number_format == "0"
    assert cell(book, "Inventory", 4, "scope").data_type == "s"
    kinds = {one.data_type for page in book.worksheets for row in page.iter_rows() for one in row}
    assert kinds <= {"n", "s", "b"}
    assert not any(page.merged_cells.ranges for page in book.worksheets)


def test_units_stand_in_the_heads(book) -> None:
    head = cell(book, "Insurance", -1, "deductible").value
    assert head == "Deductible (RMB million, 2023 prices)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_follow_the_language(tmp_path: Path, language: Language) -> None:
    pages = load_workbook(exported(LX, tmp_path / "b.xlsx", language)).sheetnames
    assert pages[1:-2] == [sheet_title(sheet.key, language) for sheet in SHEETS]


def test_a_text_too_long_for_a_cell_is_refused(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "study")
    study = read_study(folder)
    item = study.register_["R-1"].model_copy(update={"owner": "x" * 33_000})
    changed = study.model_copy(update={"register_": {**study.register_, "R-1": item}})
    with pytest.raises(InvalidStudyError, match=r"Items!\w+5: a text of 33,000 characters"):
        workbook_bytes(changed, frozenset(), {}, "en")


def test_the_extra_is_named_where_it_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = read_study(small_study(tmp_path / "study"))
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match=r"a workbook needs an extra: .*climrisk\[excel\]"):
        workbook_bytes(study, frozenset(), {}, "en")
    with pytest.raises(MissingExtraError, match=r"climrisk\[excel\]"):
        open_workbook(tmp_path / "b.xlsx")
