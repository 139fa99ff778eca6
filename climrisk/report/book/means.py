"""The sheet of yearly means: factors as numbers, products, sums and z as live formulas."""

from __future__ import annotations

from math import fsum, isfinite, prod
from typing import Any, Final

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from climrisk.charts.palette import RULE
from climrisk.i18n import translate
from climrisk.report.book.sheets import Book, number_format
from climrisk.report.mean_rows import FACTORS, AnnualMeans, ImpactMean, ItemYear

__all__ = ["write_means"]

TEXTS: Final = ("item", "impact", "falls_on", "year")
RESULTS: Final = ("impact_mean", "item_mean", "simulated", "error", "z", "key")
FIRST: Final = len(TEXTS)
"""Column of the first factor."""
PRODUCT, SUM, SIMULATED, ERROR, Z, KEY = range(
    FIRST + len(FACTORS), FIRST + len(FACTORS) + len(RESULTS)
)
WIDTHS: Final = (38, 20, 26, 8, *(13,) * (KEY - FIRST), 88)
PRINTED: Final = 900.0
"""Width of the lines above the table [pt]."""


def write_means(book: Book, means: AnnualMeans) -> None:
    """Write the sheet: what it shows, items without a closed form, and a row for each impact."""
    language = means.language
    title = translate("office.means.title", language)
    sheet = book.add_sheet(title, title)
    row = 2
    for name in ("shows", "factors", "z"):
        text = translate(f"office.means.{name}", language, scenario=means.scenario, unit=means.unit)
        row = book.write_lines(sheet, row, text, PRINTED)
    heads = [
        translate(f"office.means.head.{head}", language) for head in (*TEXTS, *FACTORS, *RESULTS)
    ]
    book.write_heads(sheet, row + 1, heads)
    sheet.freeze_panes(row + 2, 1)
    sheet.repeat_rows(row + 1)
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
    row += 2
    for item, reason in means.without:
        book.write_text(sheet, row, 0, item)
        book.write_text(sheet, row, 1, translate(f"office.means.without.{reason}", language))
        row += 1
    for year in means.years:
        row = _write_year(book, sheet, row, year)


def _write_year(book: Book, sheet: Any, first: int, year: ItemYear) -> int:
    """Write an item's impacts in a year, and its sum in the first row; return the next row."""
    effects = [prod(one.factors) for one in year.impacts]
    for row, (one, effect) in enumerate(zip(year.impacts, effects, strict=True), start=first):
        _write_impact(book, sheet, row, year, one)
        cells = xl_range(row, FIRST, row, PRODUCT - 1)
        _write_formula(book, sheet, (row, PRODUCT), f"=PRODUCT({cells})", effect)
    last = first + len(effects) - 1
    exact = fsum(effects)
    cells = xl_range(first, PRODUCT, last, PRODUCT)
    _write_formula(book, sheet, (first, SUM), f"=SUM({cells})", exact)
    book.write_number(sheet, first, SIMULATED, year.simulated, _form(year.simulated))
    if isfinite(year.error):
        book.write_number(sheet, first, ERROR, year.error, _form(year.error))
    z: float | str = (year.simulated - exact) / year.error if year.error > 0.0 else ""
    mean, simulated, error = (
        xl_rowcol_to_cell(first, column) for column in (SUM, SIMULATED, ERROR)
    )
    formula = f'=IF(N({error})>0,({simulated}-{mean})/{error},"")'
    _write_formula(book, sheet, (first, Z), formula, z, "0.0")
    book.write_text(sheet, first, KEY, year.key, indent=1)
    return last + 1


def _write_impact(book: Book, sheet: Any, row: int, year: ItemYear, one: ImpactMean) -> None:
    for place, text in enumerate((year.item, one.impact, one.falls_on)):
        book.write_text(sheet, row, place, text)
    book.write_number(sheet, row, TEXTS.index("year"), year.year, "0")
    for place, factor in enumerate(one.factors, start=FIRST):
        book.write_number(sheet, row, place, factor, _form(factor))


def _write_formula(
    book: Book, sheet: Any, at: tuple[int, int], formula: str, value: float | str, form: str = ""
) -> None:
    """Write a formula made of cells alone, with its value for readers that do not calculate."""
    chosen = form or (_form(value) if isinstance(value, float) else "General")
    look = book.look(num_format=chosen, bottom=1, bottom_color=RULE)
    sheet.write_formula(*at, formula, look, value)


def _form(value: float) -> str:
    """Return the format of a number: whole ones as they are, others with four digits or more."""
    if value.is_integer():
        return number_format(value) if abs(value) >= 10.0 else "0"
    return "#,##0.00" if abs(value) >= 10.0 else f"{number_format(value)}00"
