"""A chart table drawn for a document: the picture alone, its title and notes are the text's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from climrisk.charts.caption import printable
from climrisk.charts.page import Page
from climrisk.charts.palette import INK, MUTED, PAPER, RULE
from climrisk.charts.still_marks import draw_mark, key_of
from climrisk.charts.table import Axis, Bars, ChartTable, Ranges, Rule

__all__ = ["SIZE", "draw_chart_table", "wrapped"]

SIZE: Final = 9.0
"""Of every text [pt]."""
PLOT: Final = 3.1
"""Height of a plot without rows [in]."""
LINE: Final = 0.17
"""Height of a line of text [in]."""
LABEL_SHARE: Final = 0.3
"""Most of the width that labels on either side take."""
PIXELS: Final = 100
"""Of an inch, where `Page` measures texts."""


def draw_chart_table(chart: ChartTable, page: Page, width: float, height: float | None) -> Figure:
    """Draw a chart table.

    Parameters
    ----------
    chart : ChartTable
    page : Page
        What measures the texts.
    width : float
        Of the picture [in].
    height : float or None
        Of the picture [in]; none takes what its rows need.

    Returns
    -------
    matplotlib.figure.Figure
    """
    labels = _column(page, chart.y.tick_texts, width)
    beside = _column(page, _beside(chart), width)
    figure = Figure((width, height or _height(chart, labels, beside)), facecolor=PAPER, dpi=200)
    figure.set_layout_engine("constrained")
    axes = figure.add_subplot()
    if chart.empty is not None:
        axes.set_axis_off()
        text = wrapped(page, chart.empty, 0.8 * width)
        axes.text(0.5, 0.5, text, ha="center", va="center", color=MUTED)
        return figure
    for mark in chart.marks:
        draw_mark(axes, mark)
    _rule(axes, page, chart, width, labels)
    if beside:
        _write_beside(axes, chart, beside)
    _write_rules(axes, page, chart, width)
    _draw_key(figure, page, chart, width)
    return figure


def wrapped(page: Page, text: str, room: float, lines: int = 99) -> str:
    """Return a text in lines no wider than `room` [in]."""
    return "\n".join(page.wrapped(printable(text), PIXELS * room, SIZE, lines=lines))


def _column(page: Page, texts: tuple[str, ...], width: float) -> tuple[str, ...]:
    return tuple(wrapped(page, text, LABEL_SHARE * width, 3) for text in texts)


def _beside(chart: ChartTable) -> tuple[str, ...]:
    return tuple(
        text for mark in chart.marks if isinstance(mark, Bars | Ranges) for text in mark.texts
    )


def _has_rows(chart: ChartTable) -> bool:
    return any(isinstance(mark, Bars | Ranges) for mark in chart.marks)


def _height(chart: ChartTable, labels: tuple[str, ...], beside: tuple[str, ...]) -> float:
    key = LINE * 2 * bool(key_of(chart.marks)[1])
    if not _has_rows(chart):
        return PLOT + key
    lines = max((text.count("\n") + 1 for text in (*labels, *beside)), default=1)
    return max(LINE * lines + 0.12, 0.3) * max(len(chart.y.ticks), 2) + 0.75 + key


def _rule(axes: Axes, page: Page, chart: ChartTable, width: float, labels: tuple[str, ...]) -> None:
    axes.set_xlabel(wrapped(page, chart.x.title, 0.6 * width, 2), color=INK)
    axes.set_ylabel(wrapped(page, chart.y.title, PLOT, 2), color=INK)
    texts = _column(page, chart.x.tick_texts, 0.5 * width)
    _scale(axes, "x", chart.x, texts)
    _scale(axes, "y", chart.y, labels)
    axes.tick_params(color=MUTED, labelcolor=INK, length=3)
    axes.set_axisbelow(True)
    rows = _has_rows(chart)
    axes.grid(axis="x" if rows else "y", color=RULE, linewidth=0.6)
    for name, spine in axes.spines.items():
        spine.set_visible(name == "bottom" or (name == "left" and not rows))
        spine.set_color(MUTED)
    if rows:
        axes.set_ylim(min(chart.y.ticks) - 0.6, max(chart.y.ticks) + 0.6)
        axes.tick_params(axis="y", length=0)
        axes.margins(x=0.06)


def _scale(axes: Axes, name: str, axis: Axis, texts: tuple[str, ...]) -> None:
    put: dict[str, Any] = {name: axis.limits}
    if axis.logarithmic:
        (axes.set_xscale if name == "x" else axes.set_yscale)("log")
    drawn = axes.xaxis if name == "x" else axes.yaxis
    if axis.limits is not None:
        (axes.set_xlim if name == "x" else axes.set_ylim)(*put[name])
    if axis.ticks:
        drawn.set_major_locator(FixedLocator(list(axis.ticks)))
        drawn.set_minor_locator(NullLocator())
    elif not axis.logarithmic:
        drawn.set_major_locator(MaxNLocator(6, integer=axis.years))
    if texts:
        drawn.set_ticks(list(axis.ticks), labels=list(texts))
    else:
        digits = "d" if axis.years else ",.10g"
        drawn.set_major_formatter(FuncFormatter(lambda at, _: _number(at, digits)))


def _number(at: float, digits: str) -> str:
    return format(round(at) if digits == "d" else round(at, 10) + 0.0, digits)


def _write_beside(axes: Axes, chart: ChartTable, texts: tuple[str, ...]) -> None:
    places = [
        float(place)
        for mark in chart.marks
        if isinstance(mark, Bars | Ranges) and mark.texts
        for place in mark.place
    ]
    right = axes.secondary_yaxis("right")
    right.set_yticks(places, labels=texts)
    right.tick_params(length=0, labelcolor=INK)
    right.spines["right"].set_visible(False)


def _write_rules(axes: Axes, page: Page, chart: ChartTable, width: float) -> None:
    """Write the words of rules inside the plot: upright ones one below the other."""
    rules = [mark for mark in chart.marks if isinstance(mark, Rule) and mark.label]
    above = 0
    box = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.0, "alpha": 0.85}
    for rule in rules:
        upright = rule.axis == "x"
        text = wrapped(page, rule.label, (0.34 if upright else 0.6) * width)
        axes.annotate(
            text,
            (rule.at, 0.99) if upright else (0.01, rule.at),
            xycoords=axes.get_xaxis_transform() if upright else axes.get_yaxis_transform(),
            xytext=(4 if upright else 0, -1.3 * SIZE * above - 1),
            textcoords="offset points",
            va="top",
            color=INK,
            bbox=box,
            zorder=6,
        )
        above += (text.count("\n") + 1) * upright


def _draw_key(figure: Figure, page: Page, chart: ChartTable, width: float) -> None:
    handles, words = key_of(chart.marks)
    if not handles:
        return
    texts = [wrapped(page, word, 0.8 * width, 2) for word in words]
    figure.legend(
        handles=handles,
        labels=texts,
        loc="outside upper left",
        ncols=_across(page, texts, width),
        frameon=False,
        labelcolor=INK,
        handlelength=2.4,
        columnspacing=1.4,
        borderpad=0.2,
    )


def _across(page: Page, texts: list[str], width: float) -> int:
    """Return how many entries stand side by side, each as wide as the widest."""
    widest = max(_widths(page, texts)) / PIXELS + 0.6
    return min(max(int(width / widest), 1), len(texts))


def _widths(page: Page, texts: list[str]) -> Iterator[float]:
    yield from (page.width(line, SIZE) for text in texts for line in text.split("\n"))
