"""Ballots on a workbook: out, filled in, and back with the cell of each fault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from climrisk.errors import AnswerRefusedError, InvalidStudyError
from climrisk.io.ballots import ballot_workbook, read_ballots
from climrisk.names import LANGUAGES, Language
from tests.workshops import ITEM, ONGOING, answer, question

ASKED = {ITEM: question(ITEM), ONGOING: question(ONGOING)}
FILLED = {"low": 0.01, "high": 0.05, "best": 0.02, "likelihood": 0.3, "reason": "seen in 2018"}


def exported(path: Path, ballots: int = 2, language: Language = "en") -> Path:
    words = [(asked, f"=1+1 {name}") for name, asked in ASKED.items()]
    path.write_bytes(ballot_workbook(words, "1 chance in 10", ballots, language))
    return path


def fill(path: Path, row: int, **cells: Any) -> Path:
    book = load_workbook(path)
    page = book.worksheets[0]
    columns = {cell.value: cell.column for cell in page[4]}
    for name, value in cells.items():
        page.cell(row, columns[name], value)
    book.save(path)
    return path


def faults(path: Path) -> list[str]:
    with pytest.raises(AnswerRefusedError, match="Ballot") as found:
        read_ballots(path, ASKED, "p10-p90")
    return [str(fault) for fault in found.value.faults]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_comes_back(tmp_path: Path, language: Language) -> None:
    path = exported(tmp_path / "b.xlsx", language=language)
    fill(path, 5, **FILLED)
    fill(path, 8, no_view=True)
    one, other = read_ballots(path, ASKED, "p10-p90")
    assert (one.number, one.item, one.estimate) == (1, ITEM, answer(ITEM))
    assert (other.number, other.item, other.estimate.no_view) == (2, ONGOING, True)
    assert one.place.endswith("!5")


def test_an_empty_ballot_has_no_answers(tmp_path: Path) -> None:
    assert read_ballots(exported(tmp_path / "b.xlsx"), ASKED, "p10-p90") == ()


def test_question_texts_are_texts_whatever_they_begin_with(tmp_path: Path) -> None:
    page = load_workbook(exported(tmp_path / "b.xlsx")).worksheets[0]
    assert page.cell(5, 3).data_type == "s"
    assert page.cell(5, 3).value == f"=1+1 {ITEM}"


def test_every_fault_is_told_with_its_cell(tmp_path: Path) -> None:
    path = exported(tmp_path / "b.xlsx")
    fill(path, 5, **{**FILLED, "best": 0.7})
    fill(path, 6, low="much", high="=1+1")
    fill(path, 7, ballot=1, **FILLED)
    fill(path, 8, item="R-9", low=1)
    fill(path, 9, item=ITEM, ballot=0, low=1)
    told = faults(path)
    assert told[0].startswith("Ballot!F5: best: low 0.01, best 0.7, high 0.05; allowed: low up to")
    assert told[1].startswith("Ballot!D6: low: found text 'much'")
    assert told[2].startswith("Ballot!E6: high: formula '=1+1'")
    assert told[3].startswith("Ballot!B8: item: found 'R-9'; ")
    assert told[4] == "Ballot!A9: ballot: found 0; allowed: 1 to 200"
    assert len(told) == 5


def test_a_second_answer_of_one_ballot_is_told(tmp_path: Path) -> None:
    path = exported(tmp_path / "b.xlsx")
    fill(path, 5, **FILLED)
    fill(path, 7, ballot=1, **FILLED)
    assert faults(path) == ["Ballot!B7: item: a second answer of this ballot; allowed: one"]


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    path = exported(tmp_path / "b.xlsx")
    fill(path, 4, low=None, sure="how")
    book = load_workbook(path)
    book.worksheets[0].cell(4, 4).value = None
    book.save(path)
    assert faults(path) == ["Ballot:4: missing low, sure; export the ballots again"]
    (tmp_path / "c.xlsx").write_bytes(b"nonsense")
    with pytest.raises(InvalidStudyError, match=r"c\.xlsx: no workbook"):
        read_ballots(tmp_path / "c.xlsx", ASKED, "p10-p90")


@pytest.mark.parametrize("ballots", [0, 201])
def test_the_number_of_ballots_is_limited(ballots: int) -> None:
    with pytest.raises(ValueError, match=f"found {ballots} ballots, allowed 1 to 200"):
        ballot_workbook([], "", ballots, "en")
