"""Marks of a chart table drawn on matplotlib axes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from climrisk.charts.palette import GUIDE, INK, MUTED, PAPER
from climrisk.charts.table import Band, Bars, Dash, Line, Mark, Ranges, Rule, Symbol
from climrisk.charts.theme import LIGHT

__all__ = ["draw_mark", "key_of"]

DASHES: Final[dict[Dash, Any]] = {
    "solid": "solid",
    "dash": (0, (5, 2.5)),
    "dot": (0, (1.2, 1.8)),
    "dashdot": (0, (5, 2, 1.2, 2)),
    "longdash": (0, (9, 3)),
    "longdashdot": (0, (9, 2.5, 1.2, 2.5)),
}
SYMBOLS: Final[dict[Symbol, str]] = {
    "circle": "o",
    "square": "s",
    "diamond": "D",
    "triangle-up": "^",
    "triangle-down": "v",
    "cross": "P",
    "x": "X",
    "star": "*",
}
MARKERS_ON_A_LINE: Final = 8
THICK: Final = 7.0
"""Of a range [pt]."""
BAR: Final = 0.62
"""Of a level bar, as a share of its row."""


def draw_mark(axes: Axes, mark: Mark) -> None:
    """Draw one mark; the words of a rule and beside a bar are the page's."""
    if isinstance(mark, Line):
        _draw_line(axes, mark)
    elif isinstance(mark, Band):
        _draw_band(axes, mark)
    elif isinstance(mark, Bars):
        _draw_bars(axes, mark)
    elif isinstance(mark, Ranges):
        _draw_ranges(axes, mark)
    else:
        _draw_rule(axes, mark)


def key_of(marks: Sequence[Mark]) -> tuple[list[Artist], list[str]]:
    """Return what the key shows and its words, for the marks that have words."""
    shown = [mark for mark in marks if not isinstance(mark, Rule) and mark.label]
    return [_swatch(mark) for mark in shown], [mark.label for mark in shown]


def _swatch(mark: Line | Band | Bars | Ranges) -> Artist:
    if isinstance(mark, Line):
        return Line2D([], [], **_pen(mark))
    if isinstance(mark, Band):
        return Patch(**_wash(mark))
    colour = LIGHT.roles[mark.roles[0]] if len(set(mark.roles)) == 1 else MUTED
    if isinstance(mark, Ranges):
        return Line2D([], [], color=colour, linewidth=THICK, solid_capstyle="butt")
    hatch = "////" if any(mark.hatched) else None
    return Patch(facecolor=colour, edgecolor=PAPER if hatch else MUTED, hatch=hatch)


def _pen(mark: Line) -> dict[str, Any]:
    pen: dict[str, Any] = {"color": LIGHT.roles[mark.role], "linewidth": 1.8}
    pen["linestyle"] = DASHES[mark.dash] if mark.joined else "none"
    if mark.symbol is not None:
        pen |= {"marker": SYMBOLS[mark.symbol], "markersize": 4.5 if mark.joined else 7}
    return pen


def _wash(mark: Band) -> dict[str, Any]:
    colour = LIGHT.roles[mark.role]
    return {"facecolor": (colour, 0.22), "edgecolor": colour, "linewidth": 0.7}


def _draw_line(axes: Axes, mark: Line) -> None:
    pen = _pen(mark)
    if mark.joined and len(mark.x) > 2 * MARKERS_ON_A_LINE:
        pen["markevery"] = max(len(mark.x) // MARKERS_ON_A_LINE, 1)
    axes.plot(mark.x, mark.y, **pen)
    if mark.error is not None:
        across, up = (mark.error, None) if mark.error_axis == "x" else (None, mark.error)
        axes.errorbar(
            mark.x, mark.y, xerr=across, yerr=up, fmt="none", ecolor=pen["color"], elinewidth=0.9,
            capsize=2,
        )  # fmt: skip
    for x, y, text in zip(mark.x, mark.y, mark.texts, strict=False):
        axes.annotate(text, (x, y), (0, 5), textcoords="offset points", ha="center", color=INK)


def _draw_band(axes: Axes, mark: Band) -> None:
    axes.fill_between(mark.x, mark.low, mark.high, **_wash(mark))


def _draw_bars(axes: Axes, mark: Bars) -> None:
    colours = [LIGHT.roles[role] for role in mark.roles]
    width = mark.end - mark.start
    axes.barh(
        mark.place, width, BAR, mark.start, color=colours, edgecolor=MUTED, linewidth=0.7, zorder=2
    )
    struck = np.array([*mark.hatched] or [False] * len(mark.place))
    if struck.any():
        axes.barh(
            mark.place[struck], width[struck], BAR, mark.start[struck], facecolor="none",
            edgecolor=PAPER, hatch="////", linewidth=0, zorder=2.1,
        )  # fmt: skip
    if mark.error is not None:
        axes.errorbar(
            mark.end, mark.place, xerr=mark.error, fmt="none", ecolor=INK, elinewidth=0.9,
            capsize=2, zorder=3,
        )  # fmt: skip


def _draw_ranges(axes: Axes, mark: Ranges) -> None:
    colours = [LIGHT.roles[role] for role in mark.roles]
    axes.hlines(mark.place, mark.low, mark.high, colors=colours, linewidth=THICK, zorder=2)
    axes.plot(mark.middle, mark.place, "|", color=INK, markersize=11, markeredgewidth=2, zorder=3)
    axes.plot(
        mark.mean, mark.place, "D", markerfacecolor=PAPER, markeredgecolor=INK, markersize=4.5,
        markeredgewidth=1, zorder=4,
    )  # fmt: skip


def _draw_rule(axes: Axes, mark: Rule) -> None:
    draw = axes.axvline if mark.axis == "x" else axes.axhline
    draw(
        mark.at,
        color=LIGHT.roles[mark.role] if mark.label else GUIDE,
        linewidth=1.3 if mark.label else 0.8,
        linestyle=DASHES["dash"] if mark.role == "limit" else "solid",
        zorder=2.5 if mark.label else 1,
    )
