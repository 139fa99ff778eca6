"""The charts of a page as Plotly reads them, light and dark, without the words around them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from climrisk.charts.matrix import MatrixChart
from climrisk.charts.plotly import Look, figure, matrix_figure
from climrisk.charts.table import ChartTable
from climrisk.report.document import Picture

__all__ = ["chart_specs"]

LOOKS: Final = {
    "light": Look("light", width=880),
    "dark": Look("dark", width=880),
}


def chart_specs(pictures: Iterable[Picture]) -> dict[str, dict[str, Any]]:
    """Return data and layout of each picture by its name and theme."""
    return {
        picture.name: {theme: _spec(picture.chart, look) for theme, look in LOOKS.items()}
        for picture in pictures
    }


def _spec(chart: ChartTable | MatrixChart, look: Look) -> dict[str, Any]:
    """Return one picture alone: its title and notes are text of the page."""
    if isinstance(chart, MatrixChart):
        keys = {**chart.words.keys, "colour": "", "product": ""}
        words = replace(chart.words, title=(), subtitle="", keys=keys, notes=(), notice=None)
        drawn = matrix_figure(replace(chart, words=words), look)
    else:
        drawn = figure(replace(chart, title="", subtitle="", notes=(), notice=None), look)
    spec: dict[str, Any] = json.loads(drawn.to_json())
    return {"data": spec["data"], "layout": {**spec["layout"], "autosize": True}}
