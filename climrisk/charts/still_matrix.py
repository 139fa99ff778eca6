"""The matrix drawn for a document: mirrored halves with ids at the bars, no title, no notes."""

from __future__ import annotations

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, NullLocator

from climrisk.charts.amount_ticks import amount_ticks
from climrisk.charts.butterfly import MARKERS, draw_marks
from climrisk.charts.matrix import MatrixChart
from climrisk.charts.page import Page
from climrisk.charts.palette import BAND_PAPER, INK, MUTED, PAPER, RULE, SEQUENTIAL, STROKE
from climrisk.charts.still_table import SIZE, wrapped
from climrisk.i18n import significant
from climrisk.names import Kind

__all__ = ["draw_matrix_chart"]

HEIGHT: Final = 4.6
"""Of the picture [in]."""
ROOM: Final = 0.42
"""Width of an id as a share of a half, beyond the longest bar."""
IDS: Final = 8.0
"""Size of ids and of the money axis' title [pt]: two of either may stand close together."""

BEHIND: Final = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.4, "alpha": 0.75}
"""Keeps words legible where they cross a mark."""


def draw_matrix_chart(chart: MatrixChart, page: Page, width: float, height: float | None) -> Figure:
    """Draw the matrix; `page` measures its texts, `width` and `height` are in inches."""
    figure = Figure((width, height or HEIGHT), facecolor=PAPER, dpi=200)
    figure.set_layout_engine("constrained", wspace=0.01, w_pad=0.02)
    left, right = figure.subplots(1, 2, sharey=True)
    halves: tuple[tuple[Kind, Axes], ...] = (("risk", left), ("opportunity", right))
    for kind, axes in halves:
        _draw_half(axes, page, chart, kind, width)
    _rule_likelihood(left, page, chart, width)
    right.tick_params(axis="y", length=0, labelleft=False)
    if chart.appetite is not None and chart.words.appetite is not None:
        _write_appetite(left, page, chart.appetite, chart.words.appetite, width)
    _draw_key(figure, page, chart, width)
    return figure


def _draw_half(axes: Axes, page: Page, chart: MatrixChart, kind: Kind, width: float) -> None:
    axes.set_xscale("log")
    _set_amounts(axes, chart, kind)
    axes.set_ylim(chart.likelihoods)
    for rank, band in enumerate(chart.bands):
        low = chart.likelihoods[0] if rank == 0 else band.low
        high = chart.likelihoods[1] if band is chart.bands[-1] else band.high
        axes.axhspan(low, high, color=BAND_PAPER if rank % 2 else PAPER, linewidth=0, zorder=0)
    draw_marks(axes, chart, kind, scale=0.7)
    _write_ids(axes, page, chart, kind, width)
    title = wrapped(page, chart.words.amount_axes[kind], 0.41 * width * SIZE / IDS, 2)
    axes.set_xlabel(title, color=INK, fontsize=IDS)
    empty = (chart.points["kind"] != kind).all()
    heading = (chart.words.empty if empty else chart.words.headings)[kind]
    axes.set_title(
        wrapped(page, heading, 0.38 * width, 3), color=SEQUENTIAL[kind][4], fontweight="bold"
    )
    axes.tick_params(color=MUTED, labelcolor=INK, length=3)
    for name, spine in axes.spines.items():
        spine.set_visible(name == "bottom")
        spine.set_color(MUTED)
    for end in (0.0, 1.0):
        axes.axhline(end, color=RULE, linewidth=0.6, zorder=1)


def _set_amounts(axes: Axes, chart: MatrixChart, kind: Kind) -> None:
    """Set the money axis, with room for ids beyond the longest bar."""
    low, high = chart.amounts
    ends = (low, high * (high / low) ** ROOM)
    axes.set_xlim(ends if kind == "opportunity" else ends[::-1])
    ticks = amount_ticks(low, high, most=5)
    axes.xaxis.set_major_locator(FixedLocator(list(ticks)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticks(ticks, labels=[significant(tick) for tick in ticks])


def _write_ids(axes: Axes, page: Page, chart: MatrixChart, kind: Kind, width: float) -> None:
    """Write ids beyond the bars; one too long for its room ends in an ellipsis."""
    room = 0.4 * width * ROOM / (1 + ROOM) * SIZE / IDS
    outwards = -1 if kind == "risk" else 1
    points = chart.points[(chart.points["kind"] == kind) & chart.points["labelled"]]
    reach = points.groupby("item")["high"].max()
    for _, point in points.drop_duplicates("item").iterrows():
        axes.annotate(
            wrapped(page, point["item"], room, 1),
            (reach[point["item"]], point["drawn_at"]),
            (4 * outwards, 0),
            textcoords="offset points",
            ha="right" if kind == "risk" else "left",
            va="center",
            fontsize=IDS,
            color=INK,
            bbox=BEHIND,
            zorder=7,
        )


def _rule_likelihood(axes: Axes, page: Page, chart: MatrixChart, width: float) -> None:
    middles = [(band.low + band.high) / 2 for band in chart.bands]
    words = [f"{wrapped(page, band.word, 0.16 * width, 2)}\n{band.edges}" for band in chart.bands]
    axes.set_yticks(middles, labels=words)
    axes.tick_params(axis="y", length=0)
    axes.set_ylabel(wrapped(page, chart.words.likelihood_axis, 3.0, 2), color=INK)


def _write_appetite(axes: Axes, page: Page, at: float, words: str, width: float) -> None:
    axes.annotate(
        wrapped(page, words, 0.2 * width),
        (at, 0.99),
        (3, 0),
        xycoords=axes.get_xaxis_transform(),
        textcoords="offset points",
        va="top",
        color=INK,
        bbox=BEHIND,
        zorder=6,
    )


def _draw_key(figure: Figure, page: Page, chart: MatrixChart, width: float) -> None:
    if chart.points.empty:
        return
    shown = ["filled"] + ["hollow"] * bool(chart.points["item"].duplicated().any())
    figure.legend(
        handles=[_swatch(hollow=name == "hollow") for name in shown],
        labels=[wrapped(page, chart.words.keys[name], 0.45 * width, 2) for name in shown],
        loc="outside upper left",
        ncols=len(shown),
        frameon=False,
        labelcolor=INK,
        borderpad=0.2,
    )


def _swatch(*, hollow: bool) -> Line2D:
    return Line2D(
        [], [], marker=MARKERS["risk"], markersize=6 if hollow else 7, linewidth=0,
        markerfacecolor=PAPER if hollow else SEQUENTIAL["risk"][3],
        markeredgecolor=STROKE["risk"] if hollow else MUTED, markeredgewidth=1.4,
    )  # fmt: skip
