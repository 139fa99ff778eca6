"""What the command line chose, held against the study."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import typer

from climrisk.names import BASE_YEAR_SCENARIO, NET, TOTAL

if TYPE_CHECKING:
    import xarray as xr

    from climrisk.domain.study import Study

__all__ = ["chosen_scenarios", "worst_scenario"]


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


def worst_scenario(results: xr.Dataset) -> str:
    """Return the scenario, other than `base_year`, with the lowest mean net in the last horizon."""
    last = results["mean"].sel(control="current", channel=NET, subject=TOTAL).isel(horizon=-1)
    names: list[str] = results["scenario"].to_numpy().tolist()
    mean: dict[str, float] = dict(zip(names, last.to_numpy().tolist(), strict=True))
    named = [name for name in names if name != BASE_YEAR_SCENARIO] or names
    return min(named, key=lambda name: mean[name])
