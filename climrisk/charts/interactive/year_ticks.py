"""Ticks of an axis of calendar years."""

from __future__ import annotations

from math import ceil, floor
from typing import Any, Final

from climrisk.charts.interactive.look import Look
from climrisk.charts.interactive.text import text_width
from climrisk.charts.table import Band, ChartTable, Line

__all__ = ["whole_years"]

MOST_YEARS: Final = 8
"""Steps between the first tick and the last, where there is room."""
DRAWN: Final = 0.7
"""Share of a picture's width that its plotted box has at least."""


def whole_years(chart: ChartTable, look: Look) -> dict[str, Any]:
    """Return ticks at whole years, for half years would print as the next one."""
    years = [
        year for mark in chart.marks if isinstance(mark, Band | Line) for year in mark.x.tolist()
    ]
    if not (chart.x.years and years):
        return {}
    first, last = ceil(min(years)), floor(max(years))
    most = int(DRAWN * look.width / (1.5 * text_width("2050", look.text)))
    step = max(1, ceil((last - first) / min(MOST_YEARS, max(most - 1, 1))))
    return {"tickmode": "array", "tickvals": list(range(first, last + 1, step))}
