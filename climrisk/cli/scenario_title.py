"""A scenario as the terminal names it."""

from __future__ import annotations

from climrisk.cli.plain_cells import plain
from climrisk.domain.study import Study
from climrisk.names import BASE_YEAR_SCENARIO

__all__ = ["scenario_title"]


def scenario_title(study: Study, scenario: str) -> str:
    """Return the title of a scenario of the study, marked where it is an assumption."""
    if scenario == BASE_YEAR_SCENARIO:
        return f"Base year {study.settings.base_year} held"
    stated = study.scenarios[scenario]
    mark = " (assumption)" if stated.basis == "assumption" else ""
    return f"{plain(stated.title.best())}{mark}"
