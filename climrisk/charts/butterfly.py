"""The two mirrored halves of the matrix: risks to the left, opportunities to the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator

from climrisk.charts.amount_ticks import amount_ticks
from climrisk.charts.matrix import MatrixChart
from climrisk.charts.page import HEIGHT, WIDTH, Page, line_height
from climrisk.charts.palette import BAND_PAPER, GUIDE, INK, MUTED, PAPER, RULE, SEQUENTIAL, STROKE
from climrisk.i18n import significant
from climrisk.names import Kind

__all__ = ["Half", "draw_bands", "draw_half", "draw_marks"]

MARKERS: Final[dict[Kind, str]] = {"risk": "o", "opportunity": "D"}
SIZES: Final[dict[Kind, float]] = {"risk": 11.0, "opportunity": 9.5}
"""Of equal weight to the eye [pt]."""
SHORTEST_ARROW: Final = 30
"""Below this length [px] the hollow mark beside the filled one says it all."""
WORD_ROOM: Final = 134
"""Width of a likelihood word [px]."""
TICK_SIZE: Final = 11.5
DOTTED: Final[dict[str, Any]] = {"linestyle": (0, (1, 2.2))}
"""Contours: quieter than the lines to labels."""


@dataclass(frozen=True)
class Half:
    """Where one side of the butterfly stands.

    Attributes
    ----------
    kind : {"risk", "opportunity"}
        What it shows.
    left, right, bottom, top : float
        Edges of the plotted box [px].
    """

    kind: Kind
    left: float
    right: float
    bottom: float
    top: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, bottom, width and height as shares of the page."""
        width, height = self.right - self.left, self.top - self.bottom
        return self.left / WIDTH, self.bottom / HEIGHT, width / WIDTH, height / HEIGHT


def draw_bands(page: Page, chart: MatrixChart, left: Half, right: Half) -> None:
    """Shade the likelihood bands across the page's middle and write their words between halves."""
    low, high = chart.likelihoods
    pitch = (left.top - left.bottom) / (high - low)
    axes = _axes(page, Half("risk", left.left, right.right, left.bottom, left.top), chart)
    axes.set_zorder(0)
    axes.set_axis_off()
    for rank, band in enumerate(chart.bands):
        ends = (low if rank == 0 else band.low, high if band is chart.bands[-1] else band.high)
        axes.axhspan(*ends, color=BAND_PAPER if rank % 2 else PAPER, linewidth=0)
        middle = left.bottom + pitch * ((band.low + band.high) / 2 - low)
        _write_band(page, (left.right + right.left) / 2, middle, band.word, band.edges)


def _write_band(page: Page, x: float, y: float, word: str, edges: str) -> None:
    lines = page.wrapped(word, WORD_ROOM, 11.5)
    pitch = line_height(11.5)
    top = y + pitch * len(lines) / 2
    for rank, line in enumerate(lines):
        page.write(line, x, top - rank * pitch, 11.5, ha="center", va="center")
    page.write(edges, x, top - len(lines) * pitch, 10.5, color=MUTED, ha="center", va="center")


def draw_half(page: Page, chart: MatrixChart, half: Half) -> Axes:
    """Draw contours, appetite, bars, arrows and points of one side."""
    axes = _axes(page, half, chart)
    axes.set_xscale("log")
    axes.set_xlim(chart.amounts if half.kind == "opportunity" else chart.amounts[::-1])
    axes.patch.set_visible(False)
    _rule(page, axes, chart)
    draw_marks(axes, chart, half.kind)
    return axes


def draw_marks(axes: Axes, chart: MatrixChart, kind: Kind, scale: float = 1.0) -> None:
    """Draw contours, appetite, bars, arrows and points of one side on axes with their limits."""
    _draw_contours(axes, chart)
    if kind == "risk" and chart.appetite is not None:
        axes.axvline(chart.appetite, color=INK, linewidth=1.6, linestyle=(0, (5, 3)), zorder=2)
    points = chart.points[chart.points["kind"] == kind]
    later = points["item"].duplicated()
    for _, arrow in chart.arrows[chart.arrows["item"].isin(points["item"])].iterrows():
        _draw_arrow(axes, arrow)
    for _, point in points[later].iterrows():
        _draw_point(axes, point, kind, scale, hollow=True)
    for _, point in points[~later].iterrows():
        _draw_point(axes, point, kind, scale, hollow=False)


def _axes(page: Page, half: Half, chart: MatrixChart) -> Axes:
    axes = page.figure.add_axes(half.box)
    axes.set_ylim(chart.likelihoods)
    return axes


def _rule(page: Page, axes: Axes, chart: MatrixChart) -> None:
    widest = max(page.width(significant(end), TICK_SIZE) for end in chart.amounts)
    room = axes.get_window_extent().width
    ticks = amount_ticks(*chart.amounts, most=min(7, max(2, int(room / (widest + 14)))))
    axes.xaxis.set_major_locator(FixedLocator(list(ticks)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticks(ticks, labels=[significant(tick) for tick in ticks], font=page.font(TICK_SIZE))
    axes.set_yticks([])
    axes.tick_params(axis="x", color=MUTED, labelcolor=INK, length=5)
    for name, spine in axes.spines.items():
        spine.set_visible(name == "bottom")
        spine.set_color(MUTED)
    axes.axhline(1.0, color=RULE, linewidth=0.8, zorder=1)
    axes.axhline(0.0, color=RULE, linewidth=0.8, zorder=1)


def _draw_contours(axes: Axes, chart: MatrixChart) -> None:
    likelihood = np.linspace(0.005, 1.0, 200)
    low, high = chart.amounts
    for product in chart.contours:
        amount = product / likelihood
        shown = (amount >= low) & (amount <= high)
        axes.plot(amount[shown], likelihood[shown], color=GUIDE, linewidth=1.0, **DOTTED, zorder=1)


def _draw_arrow(axes: Axes, arrow: pd.Series[Any]) -> None:
    start = (arrow["impact_from"], arrow["at_from"])
    end = (arrow["impact_to"], arrow["at_to"])
    if np.linalg.norm(np.diff(axes.transData.transform([start, end]), axis=0)) < SHORTEST_ARROW:
        return
    style = {"arrowstyle": "-|>,head_width=0.28,head_length=0.5", "color": INK, "linewidth": 1.3}
    axes.annotate(
        "",
        xy=end,
        xytext=start,
        arrowprops=style | {"shrinkA": 5, "shrinkB": 6},
        zorder=5,
    )


def _draw_point(
    axes: Axes, point: pd.Series[Any], kind: Kind, scale: float, *, hollow: bool
) -> None:
    stroke, at = STROKE[kind], point["drawn_at"]
    shift = at - point["likelihood"]
    bar: dict[str, Any] = {"color": stroke, "linewidth": scale * (1.2 if hollow else 2.6)}
    bar["zorder"] = 3
    tall = scale * (6 if hollow else 10)
    ends = {"marker": "|", "markersize": tall, "markeredgewidth": bar["linewidth"]}
    axes.plot([point["low"], point["high"]], [at, at], **bar, **ends)
    vertical = [point["likelihood_low"] + shift, point["likelihood_high"] + shift]
    axes.plot([point["impact"]] * 2, vertical, **bar)
    axes.plot(
        point["impact"],
        at,
        marker=MARKERS[kind],
        markersize=scale * SIZES[kind] * (0.8 if hollow else 1.0),
        markerfacecolor=PAPER if hollow else SEQUENTIAL[kind][point["strength"]],
        markeredgecolor=stroke if hollow else MUTED,
        markeredgewidth=1.8 if hollow else 1.2,
        zorder=4 if hollow else 6,
    )
