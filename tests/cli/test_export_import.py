from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from climrisk.io.study import read_study
from tests.command_line import call
from tests.small_study import small_study
from tests.workbooks import LX, cell, with_edits


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return small_study(tmp_path / "study")


@pytest.fixture
def book(study: Path, tmp_path: Path) -> Path:
    found = call("export", study, tmp_path / "book.xlsx", "--lang", "zh-Hant")
    assert (found.code, found.err) == (0, "")
    return tmp_path / "book.xlsx"


@pytest.fixture
def changed(book: Path) -> Path:
    def edit(opened: Workbook) -> None:
        page = opened["研究設定"]
        opened["研究設定"].title = "Study"
        cell(opened, "Study", 0, "appetite.value").value = 12
        page.title = "研究設定"

    return with_edits(book, edit)


def test_an_unedited_workbook_says_so(study: Path, book: Path) -> None:
    assert call("import", book, study) == (0, "no differences; nothing to write\n", "")


def test_the_difference_is_shown_before_anything_is_written(
    study: Path, changed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (study / "study.yaml").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.StringIO("n\n"))
    declined = call("import", changed, study)
    assert declined.code == 1
    assert declined.out.startswith("~ study.yaml: appetite.value: 10 -> 12\nwrite 1 change?")
    assert declined.out.endswith("nothing was written\n")
    assert (study / "study.yaml").read_bytes() == before
    dry = call("import", changed, study, "--dry-run")
    assert dry.code == 0
    assert dry.out.endswith("dry run; nothing was written\n")
    assert (study / "study.yaml").read_bytes() == before


def test_accepted_changes_are_written(
    study: Path, changed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (study / "study.yaml").read_text()
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    assert call("import", changed, study).code == 0
    assert (study / "study.yaml").read_text() == before.replace(
        "appetite: {value: 10}", "appetite: {value: 12}"
    )
    assert call("import", changed, study, "--yes").out.startswith("no differences")


def test_without_an_answer_nothing_is_written(
    study: Path, changed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert call("import", changed, study).code == 1
    assert read_study(study).settings.appetite.value == 10


def test_a_new_study_is_made(tmp_path: Path, book: Path, study: Path) -> None:
    made = call("import", book, tmp_path / "new", "--yes")
    assert made.code == 0
    assert made.out.startswith(f"{tmp_path / 'new'}: a new study, study.yaml, register.yaml")
    again = read_study(tmp_path / "new").model_copy(update={"name": "study"})
    assert again == read_study(study)


def test_a_bundled_study_is_never_written_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("export", LX, "lx.xlsx").code == 0
    assert call("import", "lx.xlsx", LX, "--yes").code == 0
    assert (tmp_path / LX / "study.yaml").is_file()


def test_faults_end_with_exit_code_1(study: Path, book: Path) -> None:
    with_edits(book, lambda opened: opened.create_sheet("More"))
    found = call("import", book, study, "--yes")
    assert (found.code, found.out) == (1, "")
    assert found.err.startswith("More: unknown sheet; ")


def test_an_existing_workbook_is_left_alone(study: Path, book: Path) -> None:
    before = book.read_bytes()
    found = call("export", study, book)
    assert found == (1, "", f"{book} exists already; name a file that does not\n")
    assert book.read_bytes() == before


def test_a_workbook_ends_in_xlsx(study: Path, tmp_path: Path) -> None:
    found = call("export", study, tmp_path / "book.csv")
    assert found.code == 2
    assert "allowed: a name that ends in .xlsx" in " ".join(found.err.replace("│", " ").split())


def test_a_folder_that_is_no_study_is_refused(tmp_path: Path, book: Path) -> None:
    (tmp_path / "other").mkdir()
    found = call("import", book, tmp_path / "other")
    assert found.code == 1
    assert "the folder has no study.yaml" in found.err
