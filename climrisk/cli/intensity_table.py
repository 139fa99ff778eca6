"""Intensities on the terminal: unrounded, as they print, and as the company reports them."""

from __future__ import annotations

from rich.table import Table

from climrisk.cli.open_table import open_table
from climrisk.cli.plain_cells import FIGURES, plain
from climrisk.domain.measured import Intensity
from climrisk.domain.study import Study
from climrisk.ghg.account import Account, Denominator
from climrisk.i18n.numerals import fixed, significant

__all__ = ["intensity_table"]


def intensity_table(study: Study, found: Account) -> Table:
    """Return the study's intensities in one year.

    Parameters
    ----------
    study : Study
    found : Account
        Account of the year; figures as reported stand beside those of the base year.
    """
    heads = ("intensity\nunit", "denominator", "unrounded", "as it\nprints", "as\nreported")
    table = open_table(f"Intensities, {found.year}", 2, *heads)
    is_base = found.year == study.settings.base_year
    for name, one in study.settings.intensities.items():
        table.add_row(plain(name) + "\n" + plain(one.unit), *_cells(one, found, is_base))
    return table


def _cells(one: Intensity, found: Account, is_base: bool) -> tuple[str, ...]:
    measured, decimals = found.measure(one, one.unit), one.stated_decimals
    stated = one.stated.value if one.stated is not None and is_base else None
    number = measured.value
    return (
        plain(_denominator(measured.denominator)),
        plain(f"blank: {measured.reason}") if number is None else significant(number, FIGURES),
        "" if number is None or decimals is None else fixed(number, decimals),
        "" if stated is None else _printed(stated, decimals),
    )


def _denominator(below: Denominator | None) -> str:
    if below is None:
        return ""
    mark = " (assumption)" if below.basis == "assumption" else ""
    return f"{significant(below.value, 9)} {below.unit}{mark}"


def _printed(value: float, decimals: int | None) -> str:
    return significant(value, FIGURES) if decimals is None else fixed(value, decimals)
