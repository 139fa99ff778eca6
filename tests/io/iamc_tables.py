"""The bundled extract as an explorer would export it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from climrisk.domain.scenario import Scenario
from climrisk.io.iamc_names import iamc_names
from climrisk.io.scenarios import ScenarioShelf
from climrisk.paths import bundled

__all__ = ["Table", "bundled_scenarios", "exported", "write_csv"]

Key = tuple[str, str, str, str, str]
Table = dict[Key, dict[int, object]]
"""Model, scenario, region, variable and unit of each row, and its values by year."""


def bundled_scenarios() -> dict[str, Scenario]:
    """Return the bundled scenarios that exports name."""
    shelf = ScenarioShelf(bundled("scenarios"))
    found = {name: shelf.scenario(name) for name in iamc_names().scenarios}
    return {name: one for name, one in found.items() if one is not None}


def exported() -> Table:
    """Return every row that the extract was taken from."""
    names, table = iamc_names(), Table()
    for scenario, one in bundled_scenarios().items():
        for driver, own in names.series.items():
            stated = one.drivers[driver]
            head = names.scenarios[scenario][0], stated.region or ""
            for model, path in (stated.models or {}).items():
                table[(model, *head, own.variables[0], own.units[0])] = dict(path)
            for label, path in (stated.quantiles or {}).items():
                assert own.model is not None
                table[(own.model, *head, own.percentiles[label][0], own.units[0])] = dict(path)
            if stated.path is not None:
                assert own.model is not None
                table[(own.model, *head, own.variables[0], own.units[0])] = dict(stated.path)
    return table


def write_csv(path: Path, table: Mapping[Key, Mapping[int, object]], footer: str = "") -> Path:
    """Write a table as an export, with a footer below its rows, and return the path."""
    years = sorted({year for values in table.values() for year in values})
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Model", "Scenario", "Region", "Variable", "Unit", *years])
    for key, values in table.items():
        writer.writerow([*key, *(values.get(year, "") for year in years)])
    if footer:
        writer.writerow([footer])
    path.write_text(text.getvalue(), encoding="utf-8")
    return path
