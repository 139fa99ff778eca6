"""Finding one printed figure in a run folder by its key."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from climrisk.errors import RunFolderError
from climrisk.io.wording import suggestion

__all__ = ["Figure", "figure_in", "find_figure"]

VALUE_COLUMNS: Final = {
    "summary.csv": ("value",),
    "annual.csv": ("value",),
    "exceedance.csv": ("loss",),
    "differences.csv": ("value",),
    "inputs.csv": ("share",),
    "measures.csv": ("mean", "p5", "p50", "p95"),
    "emissions.csv": ("value",),
    "targets.csv": (
        "probability_met_stated",
        "probability_met_unrounded",
        "projected_p5",
        "projected_p50",
        "projected_p95",
        "first_missed",
        "needed_cut",
        "limit",
        "base_value",
        "status",
    ),
    "abatement.csv": ("value",),
    "matrix.csv": (
        "likelihood",
        "likelihood_per_year",
        "impact_mean",
        "impact_p5",
        "impact_p50",
        "impact_p95",
        "expected_per_year",
        "rank_expected",
        "rank_tail",
        "rank_stability",
    ),
}
LISTED: Final = 8


@dataclass(frozen=True)
class Figure:
    """One printed figure.

    Parameters
    ----------
    file : str
        Table that it stands in.
    column : str
        Column of the value.
    row : dict by column
        Everything else in its row, as text.
    value : str
        As printed.
    """

    file: str
    column: str
    row: dict[str, str]
    value: str

    @property
    def unit(self) -> str:
        """Unit of the value; nothing where it is a share or a rank."""
        plain = self.column.startswith(("likelihood", "rank_")) or self.row.get("unit") == "1"
        return "" if plain else self.row.get("unit", "")

    @property
    def statistic(self) -> str:
        """Name of what the figure is."""
        return self.row.get("statistic", self.column)


def find_figure(run: Path, key: str) -> Figure:
    """Return the figure that a key names.

    Parameters
    ----------
    run : Path
        Run folder.
    key : str
        `file/column=value/...`, such as
        `summary.csv/scenario=net_zero_2050/control=current/horizon=long/subject=total/`
        `channel=net/statistic=p5`; the matrix needs a bare column as well, such as
        `matrix.csv/item=R-POL-1/.../impact_p95`.

    Raises
    ------
    RunFolderError
        If the file, a column or a value among the rows left does not exist, or several rows match;
        the message says what would make the key unique.
    """
    name = _table_name(key)
    try:
        table = pd.read_csv(run / name, dtype=str, keep_default_na=False)
    except FileNotFoundError:
        raise RunFolderError(f"{run}: no run folder: {name} is missing") from None
    return figure_in(table, key)


def figure_in(table: pd.DataFrame, key: str) -> Figure:
    """Return the figure that a key names in its table, whose cells are text; see `find_figure`."""
    name, conditions = _table_name(key), [part for part in key.split("/") if part][1:]
    column = _value_column(name, conditions)
    rows = _matching(table, [one for one in conditions if "=" in one])
    if len(rows) != 1:
        raise RunFolderError(_ambiguous(key, rows, name))
    row = {str(label): str(value) for label, value in rows.iloc[0].items()}
    return Figure(name, column, row, row[column])


def _table_name(key: str) -> str:
    file = next((part for part in key.split("/") if part), "")
    name = file if file.endswith(".csv") else f"{file}.csv"
    if name not in VALUE_COLUMNS:
        raise RunFolderError(f"{name}: no such table; {suggestion(name, VALUE_COLUMNS)}")
    return name


def _value_column(name: str, conditions: list[str]) -> str:
    named = [one for one in conditions if "=" not in one]
    allowed = VALUE_COLUMNS[name]
    if not named and len(allowed) == 1:
        return allowed[0]
    if len(named) != 1 or named[0] not in allowed:
        found = ", ".join(named) or "no column"
        raise RunFolderError(f"{name}: found {found}; allowed, one of: {', '.join(allowed)}")
    return named[0]


def _matching(table: pd.DataFrame, conditions: list[str]) -> pd.DataFrame:
    for condition in conditions:
        label, _, wanted = condition.partition("=")
        if label not in table:
            raise RunFolderError(f"unknown column {label!r}; {suggestion(label, table.columns)}")
        known = sorted(set(table[label]))
        if wanted not in known:
            raise RunFolderError(f"{label}: unknown value {wanted!r}; {suggestion(wanted, known)}")
        table = table[table[label] == wanted]
    if "model" in table and not any(one.startswith("model=") for one in conditions):
        return table[table["model"] == "all"]  # single models are told only where asked for
    return table


def _ambiguous(key: str, rows: pd.DataFrame, name: str) -> str:
    lines = [f"{key}: {len(rows)} rows match; add one of"]
    for label in rows.columns:
        values = sorted(set(rows[label]))
        free = 1 < len(values) <= len(rows) and label not in VALUE_COLUMNS[name]
        if free and not label.endswith(("_se", "standard_error")):
            more = ", ..." if len(values) > LISTED else ""
            lines.append(f"  {label}={'|'.join(values[:LISTED])}{more}")
    return "\n".join(lines)
