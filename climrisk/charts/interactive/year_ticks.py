"""Ticks of an axis of calendar years."""

from __future__ import annotations

from math import ceil, floor
from typing import Any, Final

from climrisk.charts.table import Band, ChartTable, Line

__all__ = ["whole_years"]

MOST_YEARS: Final = 8
"""Steps between the first tick and the last."""


def whole_years(chart: ChartTable) -> dict[str, Any]:
    """Return ticks at whole years, for half years would print as the next one."""
    years = [
        year for mark in chart.marks if isinstance(mark, Band | Line) for year in mark.x.tolist()
    ]
    if not (chart.x.years and years):
        return {}
    first, last = ceil(min(years)), floor(max(years))
    step = max(1, ceil((last - first) / MOST_YEARS))
    return {"tickmode": "array", "tickvals": list(range(first, last + 1, step))}
