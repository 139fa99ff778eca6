"""What the simulation says of the targets, on the terminal."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import xarray as xr
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from climrisk.analysis.projection.movers import sameness
from climrisk.cli.open_table import open_table
from climrisk.cli.plain_cells import plain
from climrisk.cli.scenario_title import scenario_title
from climrisk.cli.screen import one_line
from climrisk.domain.study import Study
from climrisk.ghg.account import account
from climrisk.i18n.numerals import significant
from climrisk.names import BASE_YEAR_SCENARIO

__all__ = ["outlook_lines", "show_outlook"]

FIGURES = 4
EVEN = 0.5
SHOWN = 0.001
"""The smallest error of a chance that is printed as it is."""
STATUS = {"on_track": "✓ on track", "at_risk": "▲ at risk", "off_track": "✗ off track"}


def show_outlook(study: Study, results: xr.Dataset) -> None:
    """Print each target's figure in its target year with the chance of meeting it.

    Parameters
    ----------
    study : Study
    results : Dataset
        As `project` or `analyse` returns it; nothing is printed where no target is measured.
    """
    if "target_met_stated" not in results:
        return
    console = Console(highlight=False, emoji=False)
    base = study.settings.base_year
    console.print(
        f"[bold]Targets in the simulated worlds, as seen from 31 December {base}: "
        "P5 to P95 (P50) in the target year[/bold]"
    )
    for table in _tables(study, results):
        console.print(table)
    for line in outlook_lines(study, results):
        console.print(escape(one_line(line)), soft_wrap=True)


def outlook_lines(study: Study, results: xr.Dataset) -> list[str]:
    """Return the sentences beside the table: what does not differ, what moves what."""
    found = []
    for target in results["target"].to_numpy().tolist():
        one = results.sel(target=target)
        year = int(one["target_target_year"])
        if year in results["year"]:
            words = sameness(results, year, target)
            found += [f"{words}; rows by scenario stand in targets.csv"] if words else []
        found.append(f"{target} is moved by {one['target_moved_by'].item()}")
    found += _internal_price(study)
    wanted = study.settings.wanted_probability
    return [
        *found,
        "no item of the register moves an activity or a factor; years past a target's own assume "
        "that its limit stays",
        f"the cut is what would have to be taken off the year's figure for a chance of {wanted:.0%}"
        " to meet the limit as stated",
    ]


def _internal_price(study: Study) -> list[str]:
    """Say what the company's own price comes to on the base year; it is never in net."""
    price = study.settings.internal_carbon_price
    if price is None:
        return []
    emitted = account(study).emissions.total("1", "2").value or 0.0
    money = study.settings.money.label
    return [
        f"internal carbon price: {money} {significant(price.value)} a tCO2e, on the base year's "
        f"scopes 1 and 2 {money} {significant(price.value * emitted / 1e6)} million a year; "
        "shown, never in net"
    ]


def _tables(study: Study, results: xr.Dataset) -> Iterator[Table]:
    """Yield a table a target: 80 columns hold it, and no figure is ever cut short."""
    for target in results["target"].to_numpy().tolist():
        one = results.sel(target=target)
        year = int(one["target_target_year"])
        if year not in results["year"]:
            yield Table(title=f"{plain(target)}, {year}: after the study's end_year")
            continue
        scenarios = [n for n in results["scenario"].to_numpy().tolist() if n != BASE_YEAR_SCENARIO]
        alike = len(scenarios) > 1 and bool(sameness(results, year, target))
        table = _empty(_heading(one, target, len(scenarios) if alike else 0), not alike)
        for scenario in scenarios[:1] if alike else scenarios:
            over = scenarios if alike else [scenario]
            for control in results["control"].to_numpy().tolist():
                first = control if alike else f"{scenario_title(study, scenario)}\n{control}"
                table.add_row(first, *_cells(one.sel(control=control), year, over))
        yield table


def _empty(heading: str, by_scenario: bool) -> Table:
    first = ["scenario\ncontrols"] if by_scenario else ["controls"]
    figures = ("P5 to P95\n(P50), its status", "met as stated", "met\nunrounded", "cut\nneeded")
    return open_table(heading, 1, *first, *figures, "even odds\nof a miss")


def _heading(one: xr.Dataset, target: str, alike: int) -> str:
    year = int(one["target_target_year"])
    limit = float(one["target_limit"].sel(year=year).to_numpy().ravel()[0])
    each = f", each of {alike} scenarios" if alike else ""
    unit = one["target_unit"].item()
    return plain(f"{target}, {year}: limit {significant(limit, FIGURES)} {unit}{each}")


def _cells(told: xr.Dataset, year: int, scenarios: list[str]) -> tuple[str, ...]:
    """Return the figures of a target's year in the first of alike scenarios."""
    now = told.sel(year=year, scenario=scenarios[0])
    low, middle, high = (
        significant(float(value), FIGURES) for value in now["target_percentile"].to_numpy()
    )
    return (
        f"{low} to {high}\n({middle}) {STATUS[str(now['target_status'].item())]}",
        _share(now["target_met_stated"], now["target_met_stated_se"]),
        _share(now["target_met_unrounded"], now["target_met_unrounded_se"]),
        f"{float(now['target_needed_cut']):.1%}",
        _first_missed(told, scenarios),
    )


def _share(value: xr.DataArray, error: xr.DataArray) -> str:
    """Return a chance and its Monte Carlo error, which is never nothing."""
    about = f" {float(error):.1%}" if float(error) >= SHOWN else f"<{SHOWN:.1%}"
    return f"{float(value):.1%} ±{about}"


def _first_missed(told: xr.Dataset, scenarios: list[str]) -> str:
    """Return the year by which a target has been missed in half of the draws, over scenarios."""
    by_then = np.cumsum(told["target_first_missed"].sel(scenario=scenarios).to_numpy(), axis=-1)
    years = told["year"].to_numpy()
    found = [str(years[row >= EVEN][0]) if row[-1] >= EVEN else "never" for row in by_then]
    first, last = min(found), max(found)
    return first if first == last else f"{first} to\n{last}"
