"""A scenario of one's own from a table in the IAMC wide format, each series with its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from climrisk.domain.scenario import Driver, Scenario, Warming
from climrisk.domain.scenario_import import ImportedDriver, ScenarioImport
from climrisk.errors import Fault, InvalidStudyError
from climrisk.io.encoding import read_text
from climrisk.io.faults import faults_from_validation
from climrisk.io.iamc import Record, WideTable, record_values
from climrisk.io.iamc_names import same_name
from climrisk.io.tree import Tree
from climrisk.io.wording import nearest, quoted
from climrisk.io.workbook.texts import file_text
from climrisk.io.yaml_tree import read_yaml

__all__ = ["Wanted", "imported_scenario", "read_import", "scenario_text"]

Values = dict[int, float]


class Wanted:
    """What a file of the user's asks for, and where it says so.

    Parameters
    ----------
    stated : ScenarioImport
    tree : Tree
        The file, for faults.
    """

    def __init__(self, stated: ScenarioImport, tree: Tree) -> None:
        self.stated = stated
        self._tree = tree

    def fault(self, path: tuple[str, ...], found: str, allowed: str) -> Fault:
        """Return a fault at a place of the file."""
        return self._tree.fault(path, found, allowed)


def read_import(path: Path) -> Wanted:
    """Return what a file asks to import.

    Raises
    ------
    InvalidStudyError
        With every fault of the file.
    """
    tree = read_yaml(read_text(path), path.name)
    if tree.faults or not tree.complete:
        raise InvalidStudyError(tree.faults)
    try:
        return Wanted(ScenarioImport.model_validate(tree.data), tree)
    except ValidationError as error:
        faults = faults_from_validation(error, tree, (), ScenarioImport)
        raise InvalidStudyError(faults) from None


def imported_scenario(wanted: Wanted, table: WideTable, like: Scenario) -> Scenario:
    """Return the scenario that a table and an older scenario make together.

    Parameters
    ----------
    wanted : Wanted
    table : WideTable
    like : Scenario
        Its texts and other drivers are taken over.

    Raises
    ------
    InvalidStudyError
        With every row that is missing, ambiguous, in another unit or no number.
    """
    stated = wanted.stated
    faults: list[Fault] = []
    drivers: dict[str, Driver] = {}
    for name, one in stated.drivers.items():
        try:
            drivers[name] = _driver(wanted, table, name, one)
        except InvalidStudyError as error:
            faults += error.faults
    if faults:
        raise InvalidStudyError(faults)
    plain = like.model_dump(by_alias=True) | _texts(stated)
    warming = stated.warming or _warming(drivers.get("warming")) or like.warming
    plain |= {
        "id": stated.id,
        "basis": "reference",
        "vintage": stated.vintage,
        "price_base": stated.price_base,
        "sources": (f"{stated.publisher}: {_file(stated, table)}", *like.sources),
        "warming": warming,
        "drivers": {**like.drivers, **drivers},
    }
    try:
        return Scenario.model_validate(plain)
    except ValidationError as error:
        found = "; ".join(str(one["ctx"]["error"]) for one in error.errors() if "ctx" in one)
        allowed = "allowed: drivers that fit together with those of like"
        raise InvalidStudyError([wanted.fault(("drivers",), found, allowed)]) from None


def scenario_text(scenario: Scenario) -> str:
    """Return a scenario as the text of its file."""
    plain = scenario.model_dump(mode="json", by_alias=True, exclude_none=True)
    del plain["schema"]  # written first, as in every file
    for driver in plain["drivers"].values():
        if "path" in driver:
            driver["path"] = _by_year(driver["path"])
        for form in ("models", "quantiles"):
            if form in driver:
                driver[form] = {name: _by_year(path) for name, path in driver[form].items()}
    return file_text(plain)


def _by_year(path: Mapping[str, float]) -> Values:
    return {int(year): value for year, value in path.items()}


def _texts(stated: ScenarioImport) -> dict[str, Any]:
    own = {
        "title": stated.title,
        "narrative": stated.narrative,
        "key_assumptions": stated.key_assumptions,
    }
    return {name: text for name, text in own.items() if text is not None}


def _file(stated: ScenarioImport, table: WideTable) -> str:
    return f"{table.file}, SHA-256 {table.sha256}, retrieved {stated.retrieved}"


def _driver(wanted: Wanted, table: WideTable, name: str, one: ImportedDriver) -> Driver:
    paths: dict[str, Values] = {}
    rows: list[str] = []
    faults: list[Fault] = []
    for label, model, variable in _paths(one):
        try:
            record = _row(wanted, table, name, one, model, variable)
            paths[label] = _cut(record_values(table, record), one.years)
            rows.append("; ".join((*table.key(record), table.cell(record, "unit"))))
        except InvalidStudyError as error:
            faults += error.faults
    if faults:
        raise InvalidStudyError(faults)
    form = "quantiles" if one.quantiles is not None else "models"
    series: dict[str, Any] = {form: paths}
    if one.quantiles is None and len(one.models) == 1:
        series = {"path": paths[one.models[0]]}
    regions = one.region if isinstance(one.region, str) else ", ".join(one.region.values())
    plain = {
        "unit": one.written_as or one.unit,
        "region": regions,
        **series,
        "basis": "reference",
        "source": f"{_file(wanted.stated, table)}: {' | '.join(rows)}",
        "note": one.note,
    }
    try:
        return Driver.model_validate(plain)
    except ValidationError as error:
        found = "; ".join(one["msg"].removeprefix("Value error, ") for one in error.errors())
        allowed = "name years that every row has"
        raise InvalidStudyError([wanted.fault(("drivers", name), found, allowed)]) from None


def _paths(one: ImportedDriver) -> Iterator[tuple[str, str, str]]:
    """Yield label, model and variable of every path."""
    if one.quantiles is not None:
        yield from ((label, one.models[0], name) for label, name in one.quantiles.items())
    elif one.variable is not None:
        for model in one.models:
            yield model, model, one.variable


def _row(
    wanted: Wanted, table: WideTable, name: str, one: ImportedDriver, model: str, variable: str
) -> Record:
    """Return the one row of a path, in the unit that is stated."""
    key = (model, wanted.stated.scenario, one.region_of(model), variable)
    rows = [record for record in table.records if all(map(same_name, table.key(record), key))]
    place = ("drivers", name)
    if len(rows) != 1:
        found = f"{len(rows)} rows of {'; '.join(key)} in {table.file}"
        raise InvalidStudyError([wanted.fault(place, found, _instead(table, key))])
    unit = table.cell(rows[0], "unit")
    if not same_name(unit, one.unit):
        found = f"{one.unit}, but line {rows[0].line} of {table.file} is in {quoted(unit)}"
        cure = "allowed: the file's unit; conversions to the study's money belong into study.yaml"
        raise InvalidStudyError([wanted.fault((*place, "unit"), found, cure)])
    return rows[0]


def _instead(table: WideTable, key: tuple[str, ...]) -> str:
    """Return the first column whose word is unknown, with the nearest one that the file has."""
    for place, (column, word) in enumerate(
        zip(("model", "scenario", "region", "variable"), key, strict=True)
    ):
        known = dict.fromkeys(table.key(record)[place] for record in table.records)
        if not any(same_name(word, one) for one in known):
            near = nearest(word, known)
            return f"the file has no {column} {quoted(word)}" + (
                f"; did you mean {quoted(near)}?" if near else ""
            )
    return "allowed: one row"


def _cut(values: Values, years: tuple[int, int] | None) -> Values:
    first, last = years or (min(values), max(values))
    return {year: value for year, value in values.items() if first <= year <= last}


def _warming(driver: Driver | None) -> Warming | None:
    """Return warming of a scenario from its median path; None where it does not reach 2100."""
    if driver is None:
        return None
    path: Mapping[int, float] = (driver.quantiles or {}).get("p50") or driver.path or {}
    if 2050 not in path or 2100 not in path:
        return None
    told = {"basis": "reference", "source": driver.source}
    return Warming.model_validate(
        {
            "at_2050": {"value": path[2050], **told},
            "peak": {"value": max(path.values()), **told, "note": "Highest of the given years."},
            "median_2100": {"value": path[2100], **told},
        }
    )
