"""What the command line chose, held against the study."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from climrisk.names import BASE_YEAR_SCENARIO, NET, TOTAL

if TYPE_CHECKING:
    import xarray as xr

    from climrisk.domain.factors import FactorSet
    from climrisk.domain.study import Study

__all__ = ["chosen_scenarios", "chosen_sets", "chosen_year", "worst_scenario"]


def chosen_scenarios(study: Study, wanted: list[str] | None) -> tuple[str, ...]:
    """Return the scenarios to run, in the study's order.

    Raises
    ------
    typer.BadParameter
        If the study does not list a scenario.
    """
    listed = study.settings.scenarios
    for name in wanted or ():
        if name not in listed:
            near = difflib.get_close_matches(name, listed, n=1)
            hint = f"did you mean {near[0]!r}? " if near else ""
            raise typer.BadParameter(
                f"unknown scenario {name!r}; {hint}allowed: {', '.join(listed)}",
                param_hint="--scenario",
            )
    return tuple(name for name in listed if not wanted or name in wanted)


def chosen_year(study: Study, wanted: int | None) -> int:
    """Return a year of the inventory, the latest by default, else the study's base year.

    Raises
    ------
    typer.BadParameter
        If the inventory has no row of the year.
    """
    stated = sorted({row.year for row in study.inventory})
    if wanted is None:
        return stated[-1] if stated else study.settings.base_year
    if stated and wanted not in stated:
        allowed = f"allowed: {', '.join(map(str, stated))}"
        raise typer.BadParameter(f"no row of {wanted}; {allowed}", param_hint="--year")
    return wanted


def chosen_sets(folder: Path, wanted: Sequence[str]) -> dict[str, FactorSet]:
    """Return factor sets of a study's shelf, and those that complete them.

    Raises
    ------
    typer.BadParameter
        If there is no set of a name.
    InvalidStudyError
        If a set has faults.
    """
    from climrisk.errors import InvalidStudyError
    from climrisk.io.factor_sets import FactorShelf

    shelf = FactorShelf(folder)
    for name in wanted:
        if name not in shelf.names:
            near = difflib.get_close_matches(name, shelf.names, n=1)
            hint = f"did you mean {near[0]!r}? " if near else ""
            raise typer.BadParameter(
                f"unknown factor set {name!r}; {hint}allowed: {', '.join(shelf.names)}",
                param_hint="--factors",
            )
    found = shelf.sets_of(*wanted)
    if shelf.faults:
        raise InvalidStudyError(shelf.faults)
    return found


def worst_scenario(results: xr.Dataset) -> str:
    """Return the scenario, other than `base_year`, with the lowest mean net in the last horizon."""
    last = results["mean"].sel(control="current", channel=NET, subject=TOTAL).isel(horizon=-1)
    names: list[str] = results["scenario"].to_numpy().tolist()
    mean: dict[str, float] = dict(zip(names, last.to_numpy().tolist(), strict=True))
    named = [name for name in names if name != BASE_YEAR_SCENARIO] or names
    return min(named, key=lambda name: mean[name])
