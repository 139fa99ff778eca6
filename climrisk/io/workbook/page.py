"""The sheets of a workbook as they are drawn: banner, heads, notes, cells and drop-downs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from xlsxwriter.utility import xl_col_to_name

from climrisk.domain.settings import Money
from climrisk.errors import Fault, InvalidStudyError
from climrisk.io.scalars import Scalar
from climrisk.io.workbook import geometry
from climrisk.io.workbook.column import Column, as_cell
from climrisk.io.workbook.dropdowns import Dropdowns
from climrisk.io.workbook.exact_worksheet import ExactWorksheet
from climrisk.io.workbook.headers import about, heading, note, sheet_title, unit, word
from climrisk.io.workbook.rows import rows_of
from climrisk.io.workbook.sheet import Sheet
from climrisk.io.workbook.styles import Styles, height_of, width_of
from climrisk.names import Language

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["Pages"]

_MOST_CHARACTERS: Final = 32_767
"""A cell holds no longer text."""
_MOST_EXACT: Final = 10**15
"""Excel keeps 15 digits, so longer whole numbers are written as text."""
_SPARE_ROWS: Final = 300
_HEADER_CHARACTERS: Final = 200
_BOLD: Final = 3
"""Characters that a column holds less where they are bold and break at words."""
_PRINT_PERCENT: Final = 60
_README_WIDTH: Final = 110
_FORM_WIDTHS: Final = (10, 40, 60, 30, 70)
_UNITS_OF: Final = frozenset({"number", "integer", "flow"})
_WITHOUT_UNIT: Final = frozenset({"cv", "other"})


class Pages:
    """The sheets of one workbook.

    Parameters
    ----------
    book : Workbook
        Where they are added.
    money : Money
        Currency and price year of every amount.
    banner : str
        First line of every sheet.
    language : {"en", "zh-Hant", "zh-Hans"}
        Language of names, headings and notes.
    """

    def __init__(self, book: Workbook, money: Money, banner: str, language: Language) -> None:
        self.banner = banner
        self._book = book
        self._money = money
        self._language = language
        self._styles = Styles(book)
        self._dropdowns = Dropdowns(language)
        self._faults: list[Fault] = []

    def raise_faults(self) -> None:
        """Refuse a workbook in which something could not be held.

        Raises
        ------
        InvalidStudyError
            With every text that is too long for a cell.
        """
        if self._faults:
            raise InvalidStudyError(self._faults)

    def readme(self, paragraphs: Iterable[str]) -> None:
        """Add the sheet that says how to fill in the others."""
        page = self._page("readme")
        page.set_column(0, 0, _README_WIDTH)
        for row, text in enumerate(paragraphs, start=geometry.HEAD_ROW):
            self._text(page, row, 0, text, self._styles.plain)
            page.set_row(row, height_of([(text, _README_WIDTH)]))

    def sheet(self, sheet: Sheet, files: Mapping[str, Any]) -> None:
        """Add one sheet with its rows."""
        rows = list(rows_of(sheet, files))
        first = int(sheet.is_form)  # a form has its hidden keys in the first column
        page = self._page(sheet.key, first)
        self._about(page, sheet.key, first)
        if sheet.is_form:
            self._form(page, sheet, rows[0])
        else:
            self._table(page, sheet.key, sheet.columns, rows, len(sheet.ids) + _has_title(sheet))
            last = geometry.FIRST_ROW + len(rows) + _SPARE_ROWS
            for number, column in enumerate(sheet.columns):
                place = (geometry.FIRST_ROW, number, last, number)
                self._dropdowns.add(page, place, column)

    def scenario_files(self, texts: Mapping[str, str]) -> None:
        """Add the sheet with the text of the study's own scenarios."""
        lines = ((name, line) for name, text in texts.items() for line in text.split("\n"))
        rows = [{"file": name, **({"text": as_cell(line)} if line else {})} for name, line in lines]
        page = self._page("scenario_files")
        self._about(page, "scenario_files")
        self._table(page, "scenario_files", geometry.SCENARIO_COLUMNS, rows, 1)

    def lists(self, words: Mapping[str, Sequence[str]]) -> None:
        """Add the hidden sheet with the words of the open drop-downs."""
        page = self._page("lists")
        for number, (name, listed) in enumerate(words.items()):
            self._text(page, geometry.KEY_ROW, number, name, self._styles.heads[0])
            for row, one in enumerate(listed, start=geometry.FIRST_ROW):
                self._text(page, row, number, one, self._styles.by_kind["id"])
        page.hide()

    def _page(self, key: str, first: int = 0) -> Worksheet:
        """Add a sheet with its banner and, where it has one, the sentence about it."""
        title = sheet_title(key, self._language)
        page: Worksheet = self._book.add_worksheet(title, ExactWorksheet)
        self._text(page, geometry.BANNER_ROW, first, self.banner, self._styles.banner)
        page.set_row(geometry.BANNER_ROW, None, self._styles.banner)
        page.set_landscape()
        page.set_paper(9)
        page.set_print_scale(_PRINT_PERCENT)
        page.repeat_rows(geometry.BANNER_ROW, geometry.HEAD_ROW)
        page.set_header("&L" + self.banner[:_HEADER_CHARACTERS].replace("&", "&&"))
        page.set_footer("&L&A&R&P / &N")
        return page

    def _about(self, page: Worksheet, key: str, first: int = 0) -> None:
        words = about(key, self._language)
        self._text(page, geometry.ABOUT_ROW, first, words, self._styles.about)

    def _table(
        self,
        page: Worksheet,
        key: str,
        columns: Sequence[Column],
        rows: Sequence[Mapping[str, Scalar]],
        frozen: int,
    ) -> None:
        shades = _shades(columns)
        for number, column in enumerate(columns):
            style = self._styles.by_kind[column.kind]
            page.set_column(number, number, width_of(column), style)
            head = self._styles.heads[shades[number]]
            self._text(page, geometry.HEAD_ROW, number, self._head(key, column), head)
            if meaning := note(key, column.key, self._language):
                page.write_comment(geometry.HEAD_ROW, number, meaning, {"x_scale": 2})
            self._text(page, geometry.KEY_ROW, number, column.key, style)
            for row, cells in enumerate(rows, start=geometry.FIRST_ROW):
                self._cell(page, row, number, cells.get(column.key), style)
        for row, cells in enumerate(rows, start=geometry.FIRST_ROW):
            texts = ((cells.get(column.key), width_of(column)) for column in columns)
            page.set_row(row, height_of(texts))
        heads = ((self._head(key, column), width_of(column) - _BOLD) for column in columns)
        page.set_row(geometry.HEAD_ROW, height_of(heads))
        page.set_row(geometry.KEY_ROW, None, None, {"hidden": True})
        page.freeze_panes(geometry.FIRST_ROW, frozen)
        page.repeat_columns(0, max(frozen - 1, 0))

    def _form(self, page: Worksheet, sheet: Sheet, cells: Mapping[str, Scalar]) -> None:
        for number, name in enumerate(geometry.FORM_COLUMNS[1:], start=1):
            words = word("form", name, self._language)
            self._text(page, geometry.HEAD_ROW, number, words, self._styles.heads[0])
        for row, column in enumerate(sheet.columns, start=geometry.FIRST_ROW):
            self._field(page, row, sheet, column, cells.get(column.key))
        for number, width in enumerate(_FORM_WIDTHS):
            page.set_column(number, number, width, None, {"hidden": number == 0})
        page.set_row(geometry.KEY_ROW, None, None, {"hidden": True})
        page.freeze_panes(geometry.FIRST_ROW, geometry.FORM_COLUMNS.index("value"))

    def _field(self, page: Worksheet, row: int, sheet: Sheet, column: Column, cell: Scalar) -> None:
        plain = self._styles.plain
        name = heading(sheet.key, column.key, self._language)
        of_what = unit(sheet.key, column.key, self._money, self._language)
        meaning = note(sheet.key, column.key, self._language)
        styles = (plain, self._styles.field, self._styles.by_kind[column.kind], plain, plain)
        for number, text in enumerate((column.key, name, cell, of_what, meaning)):
            self._cell(page, row, number, text, styles[number])
        page.set_row(
            row, height_of(zip((None, name, cell, of_what, meaning), _FORM_WIDTHS, strict=True))
        )
        value = geometry.FORM_COLUMNS.index("value")
        self._dropdowns.add(page, (row, value, row, value), column)

    def _head(self, key: str, column: Column) -> str:
        words = heading(key, column.key, self._language)
        has_unit = column.kind in _UNITS_OF and column.key.split(".")[-1] not in _WITHOUT_UNIT
        stated = unit(key, column.key, self._money, self._language) if has_unit else ""
        return f"{words} ({stated})" if stated else words

    def _cell(self, page: Worksheet, row: int, number: int, cell: Scalar, style: Format) -> None:
        if isinstance(cell, bool):
            page.write_boolean(row, number, cell, style)
        elif cell is None:
            page.write_blank(row, number, None, style)
        elif isinstance(cell, str) or (isinstance(cell, int) and abs(cell) >= _MOST_EXACT):
            self._text(page, row, number, str(cell), style)
        else:
            page.write_number(row, number, cell, style)

    def _text(self, page: Worksheet, row: int, number: int, text: str, style: Format) -> None:
        """Write a text as a text, whatever it begins with."""
        if page.write_string(row, number, text, style) == 0:
            return
        place = f"{page.get_name()}!{xl_col_to_name(number)}{row + 1}"
        found, allowed = f"a text of {len(text):,} characters", f"{_MOST_CHARACTERS:,} in a cell"
        self._faults.append(Fault(place, 0, "", found, f"allowed: up to {allowed}"))


def _has_title(sheet: Sheet) -> int:
    return int(sheet.columns[len(sheet.ids)].key.startswith("title."))


def _shades(columns: Sequence[Column]) -> list[int]:
    """Return 0 or 1 for each column, changing with the field."""
    shades: list[int] = []
    before, shade = "", 0
    for column in columns:
        field = column.key.split(".")[0]
        shade = shade if field == before or not before else 1 - shade
        before = field
        shades.append(shade)
    return shades
