"""Results turned into chart tables (what is drawn), and those who draw them."""

from __future__ import annotations

from climrisk.charts.caption import Caption
from climrisk.charts.labels import StudyLabels, study_labels
from climrisk.charts.matrix import Band, MatrixChart, matrix_table
from climrisk.charts.matrix_alt import matrix_alt
from climrisk.charts.plotly import Look, figure, matrix_figure
from climrisk.charts.still import draw_matrix, png
from climrisk.charts.table import ChartTable
from climrisk.charts.tables.comparison import comparison_table, worse_than
from climrisk.charts.tables.distribution import distribution_table
from climrisk.charts.tables.drivers import driver_names, drivers_table
from climrisk.charts.tables.emissions import emissions_table
from climrisk.charts.tables.exceedance import exceedance_table
from climrisk.charts.tables.fan import fan_table
from climrisk.charts.tables.headline import headline_table
from climrisk.charts.tables.inputs import inputs_table
from climrisk.charts.tables.items import items_table
from climrisk.charts.tables.measures import measures_table
from climrisk.charts.tables.story import story_table
from climrisk.charts.tables.targets import target_table
from climrisk.charts.tables.waterfall import waterfall_table

__all__ = [
    "Band",
    "Caption",
    "ChartTable",
    "Look",
    "MatrixChart",
    "StudyLabels",
    "comparison_table",
    "distribution_table",
    "draw_matrix",
    "driver_names",
    "drivers_table",
    "emissions_table",
    "exceedance_table",
    "fan_table",
    "figure",
    "headline_table",
    "inputs_table",
    "items_table",
    "matrix_alt",
    "matrix_figure",
    "matrix_table",
    "measures_table",
    "png",
    "story_table",
    "study_labels",
    "target_table",
    "waterfall_table",
    "worse_than",
]
