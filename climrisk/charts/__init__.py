"""Results turned into chart tables (what is drawn), and those who draw them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from climrisk.charts.caption import Caption
from climrisk.charts.matrix import Band, MatrixChart, matrix_table
from climrisk.charts.still import draw_matrix, png

if TYPE_CHECKING:
    from climrisk.charts.labels import StudyLabels, study_labels
    from climrisk.charts.matrix_sentences import matrix_alt
    from climrisk.charts.plotly import Look, figure, matrix_figure
    from climrisk.charts.side_by_side import GridRow, ScenarioGrid, scenario_grid
    from climrisk.charts.table import ChartTable
    from climrisk.charts.tables.comparison import comparison_table, worse_than
    from climrisk.charts.tables.distribution import distribution_table
    from climrisk.charts.tables.drivers import driver_names, drivers_table
    from climrisk.charts.tables.emission_path import emission_path_table, stated_emission_rows
    from climrisk.charts.tables.emissions import emissions_table
    from climrisk.charts.tables.exceedance import exceedance_table
    from climrisk.charts.tables.fan import fan_table
    from climrisk.charts.tables.headline import headline_table
    from climrisk.charts.tables.information import information_table
    from climrisk.charts.tables.inputs import inputs_table
    from climrisk.charts.tables.items import items_table
    from climrisk.charts.tables.measures import measures_table
    from climrisk.charts.tables.story import story_table
    from climrisk.charts.tables.target_chances import (
        chance_words,
        chances_table,
        has_targets,
        target_paths,
        target_rows,
        target_title,
    )
    from climrisk.charts.tables.targets import target_table
    from climrisk.charts.tables.tornado import tornado_table
    from climrisk.charts.tables.voices import voices_table
    from climrisk.charts.tables.waterfall import waterfall_table

__all__ = [
    "Band",
    "Caption",
    "ChartTable",
    "GridRow",
    "Look",
    "MatrixChart",
    "ScenarioGrid",
    "StudyLabels",
    "chance_words",
    "chances_table",
    "comparison_table",
    "distribution_table",
    "draw_matrix",
    "driver_names",
    "drivers_table",
    "emission_path_table",
    "emissions_table",
    "exceedance_table",
    "fan_table",
    "figure",
    "has_targets",
    "headline_table",
    "information_table",
    "inputs_table",
    "items_table",
    "matrix_alt",
    "matrix_figure",
    "matrix_table",
    "measures_table",
    "png",
    "scenario_grid",
    "stated_emission_rows",
    "story_table",
    "study_labels",
    "target_paths",
    "target_rows",
    "target_table",
    "target_title",
    "tornado_table",
    "voices_table",
    "waterfall_table",
    "worse_than",
]

# module -> names; loaded on first use, since a run draws the matrix alone and is quick
_MODULES = {
    "labels": ("StudyLabels", "study_labels"),
    "matrix_sentences": ("matrix_alt",),
    "plotly": ("Look", "figure", "matrix_figure"),
    "side_by_side": ("GridRow", "ScenarioGrid", "scenario_grid"),
    "table": ("ChartTable",),
    "tables.comparison": ("comparison_table", "worse_than"),
    "tables.distribution": ("distribution_table",),
    "tables.drivers": ("driver_names", "drivers_table"),
    "tables.emission_path": ("emission_path_table", "stated_emission_rows"),
    "tables.emissions": ("emissions_table",),
    "tables.exceedance": ("exceedance_table",),
    "tables.fan": ("fan_table",),
    "tables.headline": ("headline_table",),
    "tables.information": ("information_table",),
    "tables.inputs": ("inputs_table",),
    "tables.items": ("items_table",),
    "tables.measures": ("measures_table",),
    "tables.story": ("story_table",),
    "tables.target_chances": (
        "chance_words",
        "chances_table",
        "has_targets",
        "target_paths",
        "target_rows",
        "target_title",
    ),
    "tables.targets": ("target_table",),
    "tables.tornado": ("tornado_table",),
    "tables.voices": ("voices_table",),
    "tables.waterfall": ("waterfall_table",),
}
_LOADED_ON_USE = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _LOADED_ON_USE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LOADED_ON_USE[name]}"), name)


def __dir__() -> list[str]:
    return __all__
