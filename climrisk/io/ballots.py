"""Ballots on a workbook: exported for a list of questions, read back with each fault's cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from climrisk.domain.elicitation.estimate import FIELDS, Estimate, read_estimate
from climrisk.domain.elicitation.question import Interval, Question
from climrisk.errors import AnswerRefusedError, Fault, MissingExtraError
from climrisk.i18n.catalogue import translate
from climrisk.io.wording import quoted, suggestion
from climrisk.io.workbook.cells import read_cell
from climrisk.io.workbook.column import Column, Kind
from climrisk.io.workbook.opened import open_workbook
from climrisk.names import Language

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["Ballot", "ballot_workbook", "read_ballots"]

_BANNER, _HOW, _HEADS, _KEYS, _FIRST = range(5)
"""Rows of the sheet, from 0; the keys are hidden."""
_ASKED: Final = ("ballot", "item", "question")
_COLUMNS: Final = (*_ASKED, *FIELDS)
_WIDTHS: Final = {"item": 16, "question": 70, "reason": 50}
_KINDS: Final[dict[str, Kind]] = {
    "ballot": "integer",
    "item": "text",
    "question": "text",
    "reason": "text",
    "no_view": "truth",
}
_MOST_BALLOTS: Final = 200


@dataclass(frozen=True)
class Ballot:
    """One answer of one ballot.

    Parameters
    ----------
    number : int
        The ballot's number on the sheet.
    item : str
        Id of the item.
    estimate : Estimate
        The answer.
    place : str
        Sheet and row, such as `Ballot!7`.
    """

    number: int
    item: str
    estimate: Estimate
    place: str


def ballot_workbook(
    questions: Sequence[tuple[Question, str]], odds: str, ballots: int, language: Language
) -> bytes:
    """Return a workbook to print or to fill in.

    Parameters
    ----------
    questions : sequence of (Question, str)
        What is asked, each with its full wording.
    odds : str
        What low and high mean, such as `1 chance in 10`.
    ballots : int
        People who answer on this sheet, 1 to 200.
    language : {"en", "zh-Hant", "zh-Hans"}

    Raises
    ------
    MissingExtraError
        If XlsxWriter is not installed.
    ValueError
        If the number of ballots is out of range.
    """
    try:
        from xlsxwriter import Workbook
    except ModuleNotFoundError as missing:
        raise MissingExtraError("a workbook", "excel") from missing
    if not 1 <= ballots <= _MOST_BALLOTS:
        raise ValueError(f"found {ballots} ballots, allowed 1 to {_MOST_BALLOTS}")
    stream = BytesIO()
    book = Workbook(stream, {"in_memory": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    head = book.add_format({"text_wrap": True, "bold": True, "valign": "top"})
    page = book.add_worksheet(translate("workshop.ballot.sheet", language))
    page.write_string(_BANNER, 0, translate("workshop.confidential", language), head)
    page.write_string(_HOW, 0, translate("workshop.ballot.how", language))
    for number, name in enumerate(_COLUMNS):
        key = f"workshop.{'ballot' if name in _ASKED else 'question'}.{name}"
        page.write_string(_HEADS, number, translate(key, language, odds=odds), head)
        page.write_string(_KEYS, number, name)
        page.set_column(number, number, _WIDTHS.get(name, 12), wrapped)
    page.set_row(_KEYS, None, None, {"hidden": True})
    page.freeze_panes(_FIRST, len(_ASKED))
    row = _FIRST
    for ballot in range(1, ballots + 1):
        for question, words in questions:
            page.write_number(row, 0, ballot)
            page.write_string(row, 1, question.item)
            page.write_string(row, 2, words)
            row += 1
    book.close()
    return stream.getvalue()


def read_ballots(
    path: Path, questions: Mapping[str, Question], interval: Interval
) -> tuple[Ballot, ...]:
    """Read a workbook of ballots; rows without any answer are left out.

    Parameters
    ----------
    path : Path
        The workbook.
    questions : mapping of str to Question
        What was asked, by item.
    interval : {"p10-p90", "p5-p95"}
        What low and high mean.

    Raises
    ------
    AnswerRefusedError
        With every fault, each with sheet and cell.
    InvalidStudyError
        The file is no workbook.
    MissingExtraError
        If openpyxl is not installed.
    """
    return _Reading(open_workbook(path).worksheets[0], questions, interval).ballots()


class _Reading:
    """One attempt to read a sheet of ballots; gathers faults."""

    def __init__(
        self, page: Worksheet, questions: Mapping[str, Question], interval: Interval
    ) -> None:
        self.page = page
        self.questions = questions
        self.interval = interval
        self.faults: list[Fault] = []
        self.columns: dict[str, int] = {}

    def ballots(self) -> tuple[Ballot, ...]:
        self._find_columns()
        found, seen = [], set[tuple[int, str]]()
        rows = range(_FIRST + 1, self.page.max_row + 1) if not self.faults else ()
        for row in rows:
            ballot = self._ballot(row)
            if ballot is None:
                continue
            if (ballot.number, ballot.item) in seen:
                self._fault(row, "item", "a second answer of this ballot", "allowed: one")
            seen.add((ballot.number, ballot.item))
            found.append(ballot)
        if self.faults:
            raise AnswerRefusedError(self.faults)
        return tuple(found)

    def _find_columns(self) -> None:
        for cell in next(self.page.iter_rows(_KEYS + 1, _KEYS + 1), ()):
            if cell.value in _COLUMNS:
                self.columns.setdefault(str(cell.value), cell.column)
        missing = [name for name in _COLUMNS if name not in self.columns and name != "question"]
        if missing:
            found, cure = f"missing {', '.join(missing)}", "export the ballots again"
            self.faults.append(Fault(self.page.title, _KEYS + 1, "", found, cure))

    def _ballot(self, row: int) -> Ballot | None:
        before = len(self.faults)
        cells = {name: self._cell(row, name) for name in self.columns if name != "question"}
        answer = {name: cells[name] for name in FIELDS if cells[name] is not None}
        if not answer or len(self.faults) > before:
            return None
        number, item = cells["ballot"], str(cells["item"])
        if not isinstance(number, int) or not 1 <= number <= _MOST_BALLOTS:
            self._fault(row, "ballot", f"found {number}", f"allowed: 1 to {_MOST_BALLOTS}")
            return None
        if item not in self.questions:
            self._fault(row, "item", f"found {quoted(item)}", suggestion(item, self.questions))
            return None
        try:
            estimate = read_estimate(answer, self.questions[item], self.interval)
        except AnswerRefusedError as error:
            for fault in error.faults:
                self._fault(row, fault.field, fault.found, fault.allowed)
            return None
        return Ballot(number, item, estimate, f"{self.page.title}!{row}")

    def _cell(self, row: int, name: str) -> Any:
        kind = _KINDS.get(name, "number")
        cell = self.page.cell(row, self.columns[name])
        value, found, allowed = read_cell(cell, Column(name, kind))
        if found:
            self._fault(row, name, found, allowed)
        return value

    def _fault(self, row: int, name: str, found: str, allowed: str) -> None:
        place = self.page.cell(row, self.columns.get(name, 1)).coordinate
        self.faults.append(Fault(f"{self.page.title}!{place}", 0, name, found, allowed))
