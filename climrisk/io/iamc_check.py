"""The bundled extract of scenario data beside somebody's own download, value by value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from climrisk.domain.scenario import Driver, Scenario
from climrisk.errors import Fault, InvalidStudyError
from climrisk.io.iamc import Record, WideTable, record_values
from climrisk.io.iamc_names import IamcNames, SeriesNames, simplified

__all__ = ["ABSENT_ROW", "ABSENT_YEAR", "DIFFERS", "OTHER_UNIT", "SAME", "compared_extract"]

SAME: Final = "same"
DIFFERS: Final = "differs"
OTHER_UNIT: Final = "other unit"
ABSENT_ROW: Final = "no such row"
ABSENT_YEAR: Final = "no value in the year"
_COLUMNS: Final = (
    *("scenario", "driver", "series", "region", "variable", "unit", "line"),
    *("year", "bundled", "yours", "difference", "verdict"),
)
_ROUNDING: Final = 0.5 + 1e-6
Key = tuple[str, ...]


@dataclass(frozen=True)
class _Sought:
    """One path of a bundled scenario, and where its row may stand."""

    scenario: str
    driver: str
    series: str
    region: str
    path: Mapping[int, float]
    models: tuple[str, ...]
    variables: tuple[str, ...]
    names: SeriesNames


def compared_extract(
    table: WideTable, scenarios: Mapping[str, Scenario], names: IamcNames
) -> pd.DataFrame:
    """Return every bundled value beside that of a table.

    Values are the same where they differ by at most half the step to which the bundled ones are
    rounded.

    Parameters
    ----------
    table : WideTable
        Somebody's own download.
    scenarios : mapping of id to Scenario
        The bundled ones.
    names : IamcNames

    Returns
    -------
    DataFrame
        A row for each bundled value: `scenario, driver, series, region, variable, unit, line, year,
        bundled, yours, difference, verdict`; `series` is the model or percentile, `line` that of
        the table.

    Raises
    ------
    InvalidStudyError
        If a row that is sought stands there twice or holds what is no number; all at once.
    """
    by_key = _by_key(table)
    rows: list[tuple[object, ...]] = []
    faults: list[Fault] = []
    for sought in _sought(scenarios, names):
        try:
            rows += _compared(table, _found(table, by_key, sought, names), sought)
        except InvalidStudyError as error:
            faults += error.faults
    if faults:
        raise InvalidStudyError(faults)
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _by_key(table: WideTable) -> dict[Key, list[Record]]:
    found: dict[Key, list[Record]] = {}
    for record in table.records:
        found.setdefault(tuple(map(simplified, table.key(record))), []).append(record)
    return found


def _sought(scenarios: Mapping[str, Scenario], names: IamcNames) -> Iterator[_Sought]:
    for scenario in names.scenarios:
        if scenario not in scenarios:
            continue
        for driver, own in names.series.items():
            stated = scenarios[scenario].drivers.get(driver)
            if stated is not None:
                for series, path, models, variables in _series(stated, own):
                    region = stated.region or ""
                    yield _Sought(scenario, driver, series, region, path, models, variables, own)


def _series(
    driver: Driver, names: SeriesNames
) -> Iterator[tuple[str, Mapping[int, float], tuple[str, ...], tuple[str, ...]]]:
    """Yield name, path, models and variables of each path of a driver."""
    fixed = (names.model,) if names.model is not None else ()
    for model, path in (driver.models or {}).items():
        yield model, path, (model,), names.variables
    for label, path in (driver.quantiles or {}).items():
        yield label, path, fixed, names.percentiles.get(label, ())
    if driver.path is not None:
        yield names.model or "", driver.path, fixed, names.variables


def _found(
    table: WideTable, by_key: Mapping[Key, list[Record]], sought: _Sought, names: IamcNames
) -> Record | None:
    """Return the one row of a path, under any of its names.

    Raises
    ------
    InvalidStudyError
        If there are several.
    """
    records = [
        record
        for model in sought.models
        for scenario in names.scenarios[sought.scenario]
        for region in names.regions.get(sought.region, (sought.region,))
        for variable in sought.variables
        for record in by_key.get(_key(model, scenario, region, variable), ())
    ]
    different = list({record.line: record for record in records}.values())
    if len(different) > 1:
        lines = " and ".join(str(record.line) for record in different)
        found = f"{', '.join(table.key(different[0]))} stands in lines {lines}"
        fault = Fault(table.file, different[0].line, "", found, "allowed: each row once")
        raise InvalidStudyError([fault])
    return different[0] if different else None


def _key(*words: str) -> Key:
    return tuple(map(simplified, words))


def _compared(
    table: WideTable, record: Record | None, sought: _Sought
) -> Iterable[tuple[object, ...]]:
    labels = (sought.scenario, sought.driver, sought.series, sought.region)
    if record is None:
        place: tuple[object, ...] = (sought.variables[0], "", None)
        for year, bundled in sorted(sought.path.items()):
            yield (*labels, *place, year, bundled, None, None, ABSENT_ROW)
        return
    unit = table.cell(record, "unit")
    place = (table.cell(record, "variable"), unit, record.line)
    fits = simplified(unit) in map(simplified, sought.names.units)
    values = record_values(table, record)
    for year, bundled in sorted(sought.path.items()):
        yours = values.get(year)
        gap = None if yours is None or not fits else yours - bundled
        verdict = _verdict(yours, gap, fits, sought.names.rounded_to)
        yield (*labels, *place, year, bundled, yours, gap, verdict)


def _verdict(yours: float | None, gap: float | None, fits: bool, step: float) -> str:
    if not fits:
        return OTHER_UNIT
    if yours is None or gap is None:
        return ABSENT_YEAR
    return SAME if abs(gap) <= _ROUNDING * step else DIFFERS
