"""The page of a Plotly picture: title, axes, notes and notice, with room for all of them."""

from __future__ import annotations

from math import log10
from typing import Any, Final

from climrisk.charts.interactive.look import Look
from climrisk.charts.interactive.marks import is_upright, rule_lines
from climrisk.charts.interactive.text import escaped, joined, text_width, wrapped
from climrisk.charts.interactive.year_ticks import whole_years
from climrisk.charts.table import Axis, Bars, ChartTable, Ranges, Rule

__all__ = ["layout", "page"]

FONTS: Final = {
    "en": "Source Sans, Arial, Helvetica, sans-serif",
    "zh-Hant": "'Noto Sans CJK HK', 'PingFang HK', 'Microsoft JhengHei', Arial, sans-serif",
    "zh-Hans": "'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', Arial, sans-serif",
}
MARGIN: Final = 12
PLOT_HEIGHT: Final = 380
KEY_OVER: Final = 0.5
"""Lines between the plotted box and its key: half of the uppermost tick's text."""
LABEL_SHARE: Final = 0.3
"""Most of the width that labels on either side take."""
AXIS_SHARE: Final = 0.5
"""Most of the width that the words of the lower axis take."""


def layout(chart: ChartTable, look: Look) -> dict[str, Any]:
    """Return the layout of a chart table's picture."""
    rows = _rows(chart)
    right = _right(chart, look)
    plot = PLOT_HEIGHT if rows is None else max(len(rows), 2) * _row_height(chart, look) + 30
    if look.projector and rows is None:
        plot = round(1.15 * plot)
    framed = page(
        look,
        (chart.title,),
        chart.subtitle,
        chart.notes,
        chart.notice,
        plot=plot,
        language=chart.language,
        axis_lines=len(wrapped(chart.x.title, AXIS_SHARE * look.width, look.text, 2)),
        key=tuple(mark.label for mark in chart.marks if not isinstance(mark, Rule) and mark.label),
    )
    framed["margin"] |= {"r": MARGIN + right, "l": MARGIN + _left(chart, look)}
    _shift_left(framed, framed["margin"]["l"] - MARGIN)
    framed["xaxis"] = _axis(chart.x, look, horizontal=True) | whole_years(chart, look)
    framed["yaxis"] = _axis(chart.y, look, horizontal=False)
    if chart.y.logarithmic and chart.y.limits is not None:
        framed["yaxis"]["range"] = _with_room_above(chart, look, plot)
    framed["barmode"] = "overlay"  # bars at one place begin and end where they say
    if rows is not None:
        lowest, highest = min(chart.y.ticks), max(chart.y.ticks)
        framed["yaxis"] |= {"range": [lowest - 0.6, highest + 0.6], "showgrid": False}
        if chart.x.limits is None:
            framed["xaxis"]["range"] = _level_range(chart)
    if chart.empty:
        framed["annotations"].append(_empty(chart.empty, look))
        framed["xaxis"]["visible"] = framed["yaxis"]["visible"] = False
    framed["meta"] = {"alt": chart.alt, "name": chart.name}
    return framed


def page(
    look: Look,
    titles: tuple[str, ...],
    subtitle: str,
    notes: tuple[str, ...],
    notice: str | None,
    *,
    plot: float,
    language: str,
    key: tuple[str, ...],
    axis_lines: int = 1,
    over: float = 0.0,
) -> dict[str, Any]:
    """Return a layout with head and foot around `plot` [px] of picture, `over` [px] above it."""
    theme, room = look.theme, look.width - 2 * MARGIN
    heads = tuple(
        line for one in titles if one for line in wrapped(one, room, 1.14 * look.title, 3)
    )
    unders = wrapped(subtitle, room, look.text, 3) if subtitle else ()
    feet = [line for note in notes for line in wrapped(note, room, look.text)]
    warned = wrapped(notice, room, 1.06 * look.text) if notice else ()
    keyed = look.line * (1.45 * _key_rows(key, look) + (KEY_OVER if key else 0.0))
    top = 1.3 * look.title * len(heads) + look.line * len(unders) + keyed + over + 18
    axis = (2.4 + axis_lines) * look.line
    bottom = axis + look.line * (len(feet) + len(warned)) + 16
    head = f"<b>{joined(heads)}</b>"
    foot = "<br>".join([*map(escaped, feet), *(f"<b>{escaped(line)}</b>" for line in warned)])
    return {
        "height": round(top + plot + bottom),
        "margin": {"t": round(top), "b": round(bottom), "l": MARGIN, "r": MARGIN},
        "paper_bgcolor": theme.paper,
        "plot_bgcolor": theme.paper,
        "font": {"family": FONTS[language], "size": look.text, "color": theme.ink},
        "hoverlabel": {"font": {"size": look.text}},
        "showlegend": bool(key),
        "legend": {
            "orientation": "h", "x": 0, "xanchor": "left",
            "y": 1 + (over + KEY_OVER * look.line) / plot, "yanchor": "bottom",
            "font": {"size": look.text}, "bgcolor": "rgba(0,0,0,0)",
        },
        "annotations": [
            _written(head, top - 6, look.title, theme.ink, above=True),
            _written(
                joined(unders),
                top - 10 - 1.3 * look.title * len(heads),
                look.text,
                theme.muted,
                above=True,
            ),
            _written(foot, axis, look.text, theme.muted, above=False),
        ],
        "shapes": [],
        "dragmode": False,
    }  # fmt: skip


def _written(text: str, shift: float, size: int, colour: str, *, above: bool) -> dict[str, Any]:
    """Return a text at the left edge: `shift` pixels above or below the plotted box."""
    return {
        "text": text,
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "align": "left",
        "yref": "paper",
        "y": 1 if above else 0,
        "yanchor": "top",
        "yshift": shift if above else -shift,
        "showarrow": False,
        "font": {"size": size, "color": colour},
    }


def _shift_left(framed: dict[str, Any], pixels: float) -> None:
    """Start head and foot at the page's edge, not at the plotted box."""
    for annotation in framed["annotations"]:
        annotation["xshift"] = -pixels


def _rows(chart: ChartTable) -> tuple[float, ...] | None:
    """Return the places of level bars or ranges, where the chart has them."""
    level = any(isinstance(mark, Bars | Ranges) for mark in chart.marks)
    return chart.y.ticks if level else None


def _level_range(chart: ChartTable) -> list[float]:
    """Return an axis that holds zero and every bar and range, with a margin."""
    ends = [0.0]
    for mark in chart.marks:
        if isinstance(mark, Bars):
            error = 0.0 if mark.error is None else mark.error
            for end in (mark.start, mark.end - error, mark.end + error):
                ends.extend(end.tolist())
        elif isinstance(mark, Ranges):
            ends.extend([*mark.low.tolist(), *mark.high.tolist(), *mark.mean.tolist()])
    low, high = min(ends), max(ends)
    room = 0.04 * (high - low) or 1.0
    return [low - room if low < 0 else 0.0, high + room if high > 0 else 0.0]


def _row_height(chart: ChartTable, look: Look) -> float:
    lines = max(
        *(text.count("<br>") + 1 for text in _tick_texts(chart.y, look)),
        *(len(lines) for lines in _beside(chart, look)),
        1,
    )
    return max((lines + 0.7) * look.line, 2.2 * look.line)


def _key_rows(key: tuple[str, ...], look: Look) -> int:
    """Return the rows that the key needs; in several, all entries are as wide as the widest."""
    if not key:
        return 0
    if sum(text_width(label, look.text) + 60 for label in key) <= 0.75 * look.width:
        return 1
    widest = max(text_width(label, look.text) for label in key) + 70
    across = max(int(0.7 * look.width / widest), 1)
    return -(-len(key) // across)


def _left(chart: ChartTable, look: Look) -> int:
    """Return the room of tick texts and axis title at the left [px]."""
    texts = _tick_texts(chart.y, look) or ("-100,000",)
    longest = max(text_width(line, look.text) for text in texts for line in text.split("<br>"))
    return round(longest + 14 + (look.line * 1.4 if chart.y.title else 0))


def _right(chart: ChartTable, look: Look) -> int:
    """Return the room of texts beside level bars and ranges [px]."""
    lines = [line for lines in _beside(chart, look) for line in lines]
    return round(max((text_width(line, look.text) for line in lines), default=0) + 8)


def _beside(chart: ChartTable, look: Look) -> list[tuple[str, ...]]:
    """Return the lines of each text beside a level bar or range."""
    return [
        wrapped(text, LABEL_SHARE * look.width, look.text, 3)
        for mark in chart.marks
        if isinstance(mark, Bars | Ranges)
        for text in mark.texts
    ]


def _tick_texts(axis: Axis, look: Look) -> tuple[str, ...]:
    room = LABEL_SHARE * look.width
    return tuple(joined(wrapped(text, room, look.text, 3)) for text in axis.tick_texts)


def _axis(axis: Axis, look: Look, *, horizontal: bool) -> dict[str, Any]:
    theme = look.theme
    room = AXIS_SHARE * look.width if horizontal else PLOT_HEIGHT
    drawn: dict[str, Any] = {
        "title": {
            "text": joined(wrapped(axis.title, room, look.text, 2)),
            "standoff": 10,
            "font": {"size": look.text, "color": theme.ink},
        },
        "gridcolor": theme.rule,
        "linecolor": theme.muted,
        "tickcolor": theme.muted,
        "tickfont": {"size": look.text, "color": theme.ink},
        "zeroline": False,
        "showline": horizontal,
        "automargin": False,
        "fixedrange": True,
        "separatethousands": True,
        "exponentformat": "power",
        "nticks": 8,
    }
    if axis.years:
        drawn["tickformat"] = "d"
    if axis.logarithmic:
        drawn["type"] = "log"
    if axis.ticks:
        drawn |= {"tickmode": "array", "tickvals": list(axis.ticks)}
        drawn["ticktext"] = list(_tick_texts(axis, look))
    if axis.limits is not None:
        drawn["range"] = list(_on_scale(axis, axis.limits))
    return drawn


def _with_room_above(chart: ChartTable, look: Look, plot: float) -> list[float]:
    """Return a logarithmic axis with room for the words of upright rules over every point."""
    low, high = _on_scale(chart.y, chart.y.limits or (1.0, 10.0))
    upright = [mark for mark in chart.marks if isinstance(mark, Rule) and is_upright(mark)]
    lines = sum(len(rule_lines(rule, look)) for rule in upright)
    return [low, low + (high - low) / (1.0 - min(lines * look.line / plot, 0.5))]


def _on_scale(axis: Axis, ends: tuple[float, float]) -> tuple[float, float]:
    return (log10(ends[0]), log10(ends[1])) if axis.logarithmic else ends


def _empty(text: str, look: Look) -> dict[str, Any]:
    return {
        "text": joined(wrapped(text, 0.7 * look.width, look.text)),
        "xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5, "showarrow": False,
        "font": {"size": look.text, "color": look.theme.muted},
    }  # fmt: skip
