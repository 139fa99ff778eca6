"""The page around the butterfly: title above, key, notes and the study's notice below."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from matplotlib.figure import Figure
from matplotlib.legend_handler import HandlerTuple
from matplotlib.lines import Line2D

from climrisk.charts.butterfly import DOTTED, MARKERS, Half, draw_bands, draw_half
from climrisk.charts.margin_labels import GUTTER, label_half, place_labels
from climrisk.charts.matrix import MatrixChart
from climrisk.charts.page import HEIGHT, WIDTH, Page, line_height
from climrisk.charts.palette import BAND_PAPER, GUIDE, INK, MUTED, PAPER, SEQUENTIAL, STROKE

__all__ = ["draw_page"]

MARGIN: Final = 28
MIDDLE: Final = 140
"""Width of the likelihood words between the halves [px]."""
LABELS: Final = 296
"""Width of the labels on either side [px]."""
TITLE_SIZE: Final = 18.0
SUBTITLE_SIZE: Final = 13.0
NOTICE_SIZE: Final = 12.5
NOTE_SIZE: Final = 10.5


def draw_page(chart: MatrixChart) -> Figure:
    """Draw the whole picture from the edges inwards; the halves take what room is left."""
    page = Page(_texts(chart), chart.words.language)
    top = _write_head(page, chart) - 54
    bottom = _write_foot(page, chart)
    bottom += 62 if chart.points.empty else _draw_key(page, chart, bottom) + 62
    left, right = _halves(bottom, top)
    draw_bands(page, chart, left, right)
    for half in (left, right):
        axes = draw_half(page, chart, half)
        label_half(page, axes, half, chart.points, LABELS)
        _write_axis(page, chart, half)
        if (chart.points["kind"] != half.kind).all():
            _write_empty(page, chart, half)
        if half.kind == "risk" and chart.appetite is not None and chart.words.appetite is not None:
            x = float(axes.transData.transform((chart.appetite, 0.0))[0])
            _write_appetite(page, half, x, chart.words.appetite)
    _write_middle(page, chart, left, right)
    return page.figure


def _texts(chart: MatrixChart) -> Iterator[str]:
    words = chart.words
    yield from (*words.title, words.subtitle, *words.notes, words.likelihood_axis)
    yield from (
        *words.headings.values(),
        *words.empty.values(),
        *words.amount_axes.values(),
        *words.keys.values(),
    )
    yield from (words.appetite or "", words.notice or "", *(band.word for band in chart.bands))
    yield from (*chart.points["label"], *chart.points["detail"])


def _halves(bottom: float, top: float) -> tuple[Half, Half]:
    edge = MARGIN + LABELS + GUTTER
    left = Half("risk", edge, (WIDTH - MIDDLE) / 2, bottom, top)
    right = Half("opportunity", (WIDTH + MIDDLE) / 2, WIDTH - edge, bottom, top)
    return left, right


def _write_head(page: Page, chart: MatrixChart) -> float:
    """Write title and subtitle and return the height [px] at which they end."""
    room, y = WIDTH - 2 * MARGIN, HEIGHT - 16.0
    for sentence in chart.words.title:
        for line in page.wrapped(sentence, room, TITLE_SIZE, "bold", 2):
            page.write(line, MARGIN, y, TITLE_SIZE, weight="bold", va="top")
            y -= line_height(TITLE_SIZE)
    for line in page.wrapped(chart.words.subtitle, room, SUBTITLE_SIZE, lines=2):
        page.write(line, MARGIN, y - 4, SUBTITLE_SIZE, color=MUTED, va="top")
        y -= line_height(SUBTITLE_SIZE)
    return y


def _write_foot(page: Page, chart: MatrixChart) -> float:
    """Write notice and notes from the lower edge up and return the height [px] they reach."""
    room, y = WIDTH - 2 * MARGIN, 10.0
    notice = chart.words.notice
    if notice is not None:
        lines = page.wrapped(notice, room, NOTICE_SIZE, "bold")
        height = line_height(NOTICE_SIZE) * len(lines) + 14
        page.strip(0, height, BAND_PAPER)
        for rank, line in enumerate(lines):
            line_top = height - 7 - rank * line_height(NOTICE_SIZE)
            page.write(line, MARGIN, line_top, NOTICE_SIZE, weight="bold", va="top")
        y = height + 8
    for note in reversed(chart.words.notes):
        for line in reversed(page.wrapped(note, room, NOTE_SIZE, lines=2)):
            page.write(line, MARGIN, y, NOTE_SIZE, color=MUTED, va="bottom")
            y += line_height(NOTE_SIZE)
    return y


def _draw_key(page: Page, chart: MatrixChart, bottom: float) -> float:
    """Explain the marks in one row and return the height [px] that it takes."""
    words = chart.words.keys
    entries: dict[str, tuple[Line2D, ...]] = {"filled": _marks(hollow=False)}
    if chart.points["item"].duplicated().any():
        entries["hollow"] = _marks(hollow=True)
    entries["colour"] = _shades()
    entries["product"] = (Line2D([], [], color=GUIDE, linewidth=1.4, **DOTTED),)
    legend = page.figure.legend(
        handles=list(entries.values()),
        labels=[words[name] for name in entries],
        loc="lower center",
        bbox_to_anchor=(0.5, bottom / HEIGHT),
        ncols=len(entries),
        prop=page.font(10.5),
        frameon=False,
        labelcolor=INK,
        handler_map={tuple: HandlerTuple(ndivide=None, pad=0.4)},
        handlelength=3.2,
        columnspacing=1.8,
    )
    for text in legend.get_texts():
        text.set_parse_math(False)
    return 34.0


def _marks(*, hollow: bool) -> tuple[Line2D, ...]:
    return tuple(
        Line2D(
            [],
            [],
            marker=MARKERS[kind],
            markersize=8,
            linewidth=0,
            markerfacecolor=PAPER if hollow else SEQUENTIAL[kind][3],
            markeredgecolor=STROKE[kind] if hollow else MUTED,
            markeredgewidth=1.6 if hollow else 1.0,
        )
        for kind in ("risk", "opportunity")
    )


def _shades() -> tuple[Line2D, ...]:
    return tuple(
        Line2D(
            [], [], marker=MARKERS[kind], markersize=6.5, linewidth=0,
            markerfacecolor=SEQUENTIAL[kind][step], markeredgecolor=MUTED, markeredgewidth=0.8,
        )
        for kind in ("risk", "opportunity")
        for step in (0, 2, 4)
    )  # fmt: skip


def _write_axis(page: Page, chart: MatrixChart, half: Half) -> None:
    middle = (half.left + half.right) / 2
    title = chart.words.amount_axes[half.kind]
    size = page.fitted(title, half.right - half.left, 11.5)
    page.write(title, middle, half.bottom - 36, size, ha="center", va="top")
    page.write(
        chart.words.headings[half.kind], middle, half.top + 24, 14.5,
        weight="bold", color=SEQUENTIAL[half.kind][4], ha="center", va="bottom",
    )  # fmt: skip


def _write_empty(page: Page, chart: MatrixChart, half: Half) -> None:
    x, align = place_labels(half)
    for rank, line in enumerate(page.wrapped(chart.words.empty[half.kind], LABELS, 12)):
        y = half.top - 30 - rank * line_height(12)
        page.write(line, x, y, 12, color=MUTED, ha=align, va="center")


def _write_appetite(page: Page, half: Half, x: float, text: str) -> None:
    reach = page.width(text, 11) / 2
    centre = min(max(x, half.left - GUTTER + reach), half.right - reach)
    page.write(text, centre, half.top + 3, 11, ha="center", va="bottom")


def _write_middle(page: Page, chart: MatrixChart, left: Half, right: Half) -> None:
    x = (left.right + right.left) / 2
    lines = page.wrapped(chart.words.likelihood_axis, MIDDLE, 11.5)
    for rank, line in enumerate(reversed(lines)):
        y = left.top + 6 + rank * line_height(11.5)
        page.write(line, x, y, 11.5, weight="bold", ha="center", va="bottom")
