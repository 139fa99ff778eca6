"""Tables of an inventory on the terminal: sources, totals, resources, intensities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rich.console import Console
from rich.table import Table

from climrisk.cli.intensity_table import intensity_table
from climrisk.cli.open_table import open_table
from climrisk.cli.plain_cells import factor_words, plain, tonnes
from climrisk.domain.study import Study
from climrisk.ghg.account import Account
from climrisk.ghg.energy import energy_use
from climrisk.ghg.gaps import account_remarks
from climrisk.ghg.ledger import Total
from climrisk.i18n.numerals import fixed, significant

__all__ = ["show_emissions"]

SCOPES: Final = ("1", "2", "3", "1+2")


def show_emissions(study: Study, found: Account) -> None:
    """Print the inventory of one year and what it amounts to.

    Parameters
    ----------
    study : Study
    found : Account
    """
    console = Console(highlight=False, emoji=False)
    if study.settings.notice is not None:
        console.print(f"[bold]{plain(study.settings.notice.best())}[/bold]")
    if found.emissions.lines:
        console.print(_sources(found))
    console.print(_totals(found))
    resources = _resources(found)
    if resources.row_count:
        console.print(resources)
    if study.settings.intensities:
        console.print(intensity_table(study, found))
    for line in (*account_remarks(found, study.inventory), *_policy(study)):
        console.print(plain(line), soft_wrap=True)


def _sources(found: Account) -> Table:
    table = open_table(
        f"Emissions by source, {found.year}: activity x factor",
        2,
        *("source\nsite, scope", "factor", "quantity", "tCO2e", "market-\nbased"),
    )
    for line in found.emissions.lines:
        row = line.row
        scope = f"scope {row.scope}" if row.scope in SCOPES else row.scope
        category = "" if row.category is None else f", category {row.category}"
        as_reported = line.factor is None and line.emissions is not None
        table.add_row(
            plain(row.source_id) + "\n" + plain(f"{row.site}, {scope}{category}"),
            "as reported" if as_reported else factor_words(line.factor),
            plain(f"{significant(line.quantity, 12)} {row.unit}"),
            tonnes(line.emissions),
            tonnes(line.market) if row.scope == "2" else "",
        )
    return table


def _totals(found: Account) -> Table:
    title = f"Gross emissions, {found.year}; avoided emissions stand apart"
    table = open_table(title, 2, "scope", "remark", "tCO2e")
    emissions = found.emissions
    for name, scopes, method in (
        ("1", ("1",), "location"),
        ("2, location-based", ("2",), "location"),
        ("2, market-based", ("2",), "market"),
        ("3", ("3",), "location"),
        (f"1+2, {found.method}-based", ("1", "2"), found.method),
    ):
        total = emissions.total(*scopes, method="market" if method == "market" else "location")
        table.add_row(name, plain(_remark(total)), tonnes(total.value))
    table.add_row("1+2 as reported", "the company's own total", tonnes(emissions.reported))
    table.add_section()
    table.add_row("avoided", "not part of any total", tonnes(emissions.avoided().value))
    for title, groups in _groups(found):
        table.add_section()
        for name, total in groups.items():
            named = plain(f"{title} {name}")
            table.add_row(named, plain(_remark(total)), tonnes(total.value))
    return table


def _groups(found: Account) -> Iterator[tuple[str, dict[str, Total]]]:
    """Yield totals by category of scope 3, and by site where there are several."""
    categories = found.emissions.grouped(lambda row: str(row.category or "not stated"), "3")
    if categories:
        yield "scope 3, category", categories
    sites = found.emissions.grouped(lambda row: row.site, "1", "2", "3", method=found.method)
    if len(sites) > 1:
        yield "site", sites


def _remark(total: Total) -> str:
    if total.value is None:
        return "not stated" if not total.lacking else f"no factor: {', '.join(total.lacking)}"
    if total.is_combined:
        return "combined, no split"
    return f"without {', '.join(total.lacking)}" if total.lacking else ""


def _resources(found: Account) -> Table:
    """Return energy in kWh, and water, waste and other rows without a scope."""
    title = f"Energy, water, waste and other activity, {found.year}"
    table = open_table(title, 3, "source", "site", "basis", "quantity")
    energy = energy_use(found)
    for name, value in energy.sources.items():
        how = "by heat value" if name in energy.converted else ""
        table.add_row(plain(name), "all", how, f"{fixed(value, 0)} kWh")
    if energy.total is not None:
        without = f"without {', '.join(energy.without)}" if energy.without else ""
        table.add_row("all energy", "all", plain(without), f"{fixed(energy.total, 0)} kWh")
        table.add_section()
    for one in found.activities:
        if one.row.scope == "none":
            quantity = f"{significant(one.quantity, 12)} {one.row.unit}"
            cells = (one.row.source_id, one.row.site, one.row.basis or "", quantity)
            table.add_row(*map(plain, cells))
    return table


def _policy(study: Study) -> list[str]:
    stated = study.settings.emissions
    if not stated.factors:
        return ["no factor sets are chosen: state them in study.yaml under emissions.factors"]
    named = (f"{name} ({study.factor_sets[name].vintage})" for name in stated.factors)
    words = f"factor sets: {', '.join(named)}"
    source = f" ({stated.basis or 'no basis'}: {stated.source})" if stated.source else ""
    return [f"{words}{source}"]
