"""The page of the target fans: a row for each target, a column for each scenario."""

from __future__ import annotations

from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator, MaxNLocator

from climrisk.charts.page import HEIGHT, WIDTH, Page, line_height
from climrisk.charts.palette import BAND_PAPER, INK, MUTED, PAPER, RULE, SEQUENTIAL
from climrisk.charts.target_fans import FanChart, TargetFan

__all__ = ["draw_fans"]

MARGIN: Final = 28
LABELS: Final = 190
"""Width of the row titles [px]."""
GAP: Final = 14
HEADS: Final = 46
"""Height of the verdict above a panel [px]."""
FOOT: Final = 30
"""Height of the years below the last row [px]."""
FILL, EDGE = SEQUENTIAL["opportunity"][1], SEQUENTIAL["opportunity"][4]
ASSUMED: Final = SEQUENTIAL["opportunity"][0]
HATCH: Final = "////"
DASHED: Final = (0, (5, 3))
DOTTED: Final = (0, (1, 1.5))


def draw_fans(chart: FanChart) -> Figure:
    """Draw the whole picture from the edges inwards."""
    page = Page(_texts(chart), chart.words.language)
    top = _write_head(page, chart)
    bottom = _write_foot(page, chart)
    bottom = _draw_key(page, chart, bottom) + FOOT
    rows, columns = list(chart.words.rows), list(chart.words.columns)
    width = (WIDTH - 2 * MARGIN - LABELS) / max(len(columns), 1)
    pitch = (top - bottom) / max(len(rows), 1)
    reach = {target: _reach(chart, target) for target in rows}
    for one in chart.panels:
        row, column = rows.index(one.target), columns.index(one.scenario)
        left, upper = MARGIN + LABELS + column * width, top - row * pitch
        axes = _axes(page, left + GAP, upper - pitch + FOOT, width - GAP, pitch - HEADS - FOOT)
        _rule(page, axes, reach[one.target], one, is_first=column == 0)
        _draw(axes, one)
        _write_verdict(page, one, left + GAP, upper, width - GAP)
    for row, target in enumerate(rows):
        _write_row(page, chart, target, top - row * pitch - HEADS)
    for column, scenario in enumerate(columns):
        _write_column(page, chart.words.columns[scenario], column, width, top)
    return page.figure


def _texts(chart: FanChart) -> list[str]:
    words = chart.words
    panels = [text for one in chart.panels for text in (one.verdict, one.detail)]
    shared = [words.title, words.subtitle, words.note, words.notice or ""]
    named = (*words.rows.values(), *words.columns.values(), *words.keys.values())
    return [*panels, *shared, *named]


def _write_head(page: Page, chart: FanChart) -> float:
    y = HEIGHT - 16.0
    page.write(chart.words.title, MARGIN, y, 18, weight="bold", va="top")
    y -= line_height(18) + 2
    for line in page.wrapped(chart.words.subtitle, WIDTH - 2 * MARGIN, 12.5, lines=2):
        page.write(line, MARGIN, y, 12.5, color=MUTED, va="top")
        y -= line_height(12.5)
    return y - 2 * line_height(12) - 6


def _write_foot(page: Page, chart: FanChart) -> float:
    room, y = WIDTH - 2 * MARGIN, 10.0
    if chart.words.notice is not None:
        lines = page.wrapped(chart.words.notice, room, 12.5, "bold")
        height = line_height(12.5) * len(lines) + 14
        page.strip(0, height, BAND_PAPER)
        for rank, line in enumerate(lines):
            top = height - 7 - rank * line_height(12.5)
            page.write(line, MARGIN, top, 12.5, weight="bold", va="top")
        y = height + 8
    for line in reversed(page.wrapped(chart.words.note, room, 10.5, lines=3)):
        page.write(line, MARGIN, y, 10.5, color=MUTED, va="bottom")
        y += line_height(10.5)
    return y + 4


def _draw_key(page: Page, chart: FanChart, bottom: float) -> float:
    words = chart.words.keys
    marks = {
        "fan": Patch(facecolor=FILL, edgecolor=EDGE),
        "median": Line2D([], [], color=EDGE, linewidth=2.2),
        "limit": Line2D([], [], color=INK, linewidth=1.6, linestyle=DASHED),
        "prints": Line2D([], [], color=MUTED, linewidth=1.3, linestyle=DOTTED),
        "base": Line2D([], [], marker="o", color=INK, markerfacecolor=PAPER, linewidth=0),
        "assumed": Patch(facecolor=ASSUMED, edgecolor=EDGE, hatch=HATCH, linewidth=0.6),
    }
    legend = page.figure.legend(
        handles=list(marks.values()),
        labels=[words[name] for name in marks],
        loc="lower center",
        bbox_to_anchor=(0.5, bottom / HEIGHT),
        ncols=len(marks),
        prop=page.font(11),
        frameon=False,
        labelcolor=INK,
    )
    for text in legend.get_texts():
        text.set_parse_math(False)
    return bottom + 34.0


def _axes(page: Page, left: float, bottom: float, width: float, height: float) -> Axes:
    return page.figure.add_axes((left / WIDTH, bottom / HEIGHT, width / WIDTH, height / HEIGHT))


def _reach(chart: FanChart, target: str) -> tuple[float, float]:
    """Return the ends of the vertical axis of a target, the same in all scenarios."""
    alike = [panel for panel in chart.panels if panel.target == target]
    low = min(float(panel.years[["p5", "limit"]].min().min()) for panel in alike)
    high = max(float(panel.years[["p95", "prints"]].max().max()) for panel in alike)
    room = 0.08 * (high - low or abs(high) or 1.0)
    return low - room, high + room


def _rule(
    page: Page, axes: Axes, reach: tuple[float, float], one: TargetFan, *, is_first: bool
) -> None:
    axes.set_ylim(reach)
    years = [one.base_year, one.target_year, int(one.years["year"].max())]
    axes.set_xlim(years[0] - 0.4, years[-1] + 0.4)
    axes.xaxis.set_major_locator(FixedLocator(sorted(set(years))))
    axes.yaxis.set_major_locator(MaxNLocator(4))
    font = page.font(10)  # told to the ticks to come: asking for their labels would make them twice
    look: dict[str, Any] = {"labelsize": font.get_size(), "labelfontfamily": font.get_family()}
    axes.tick_params(color=MUTED, labelcolor=INK, length=4, labelleft=is_first, **look)
    axes.get_xticklabels()[-1].set_horizontalalignment("right")
    axes.grid(axis="y", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    for name, spine in axes.spines.items():
        spine.set_visible(name in ("left", "bottom"))
        spine.set_color(MUTED)


def _draw(axes: Axes, one: TargetFan) -> None:
    for assumed in (False, True):
        part = one.years[one.years["assumed"] == assumed]
        known = one.years[~one.years["assumed"]]
        years, low, high = ([*part[name]] for name in ("year", "p5", "p95"))
        if assumed and len(known):
            last = known.iloc[-1]
            years, low, high = [last["year"], *years], [last["p5"], *low], [last["p95"], *high]
        elif not assumed:
            years, low, high = [one.base_year, *years], [one.base, *low], [one.base, *high]
        style = {"hatch": HATCH, "linewidth": 0.6} if assumed else {"linewidth": 0.8}
        axes.fill_between(
            years, low, high, facecolor=ASSUMED if assumed else FILL, edgecolor=EDGE, **style
        )
    axes.plot(
        [one.base_year, *one.years["year"]],
        [one.base, *one.years["p50"]],
        color=EDGE,
        linewidth=2.2,
    )
    axes.plot(one.years["year"], one.years["limit"], color=INK, linewidth=1.6, linestyle=DASHED)
    axes.plot(one.years["year"], one.years["prints"], color=MUTED, linewidth=1.3, linestyle=DOTTED)
    axes.axvline(one.target_year, color=MUTED, linewidth=0.9, linestyle=(0, (1, 2)))
    axes.plot(
        one.base_year, one.base, marker="o", markersize=7, markerfacecolor=PAPER,
        markeredgecolor=INK, markeredgewidth=1.6,
    )  # fmt: skip


def _write_verdict(page: Page, one: TargetFan, left: float, top: float, room: float) -> None:
    size = 11.5 * min(1.0, room / max(page.width(one.verdict, 11.5, "bold"), 1.0))
    page.write(one.verdict, left, top - 4, size, weight="bold", va="top")
    page.write(one.detail, left, top - 4 - line_height(12), 10.5, color=MUTED, va="top")


def _write_row(page: Page, chart: FanChart, target: str, top: float) -> None:
    lines = page.wrapped(chart.words.rows[target], LABELS - 60, 12, "bold", 6)
    for rank, line in enumerate(lines):
        page.write(line, MARGIN, top - rank * line_height(12), 12, weight="bold", va="top")
    unit = chart.words.units[target]
    page.write(unit, MARGIN, top - len(lines) * line_height(12), 11, color=MUTED, va="top")


def _write_column(page: Page, title: str, column: int, width: float, top: float) -> None:
    left = MARGIN + LABELS + column * width + GAP
    lines = page.wrapped(title, width - GAP, 11, "bold", 2)
    for rank, line in enumerate(reversed(lines)):
        y = top + 8 + rank * line_height(11)
        page.write(line, left, y, 11, weight="bold", color=EDGE, va="bottom")
