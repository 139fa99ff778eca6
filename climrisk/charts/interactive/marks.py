"""Marks of a chart table as Plotly traces, shapes and annotations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from climrisk.charts.interactive.look import Look
from climrisk.charts.interactive.text import escaped, joined, wrapped
from climrisk.charts.roles import Role
from climrisk.charts.table import Axis, Band, Bars, Floats, Line, Mark, Ranges, Rule

__all__ = ["is_upright", "rule_lines", "shapes", "traces", "words"]

MARKERS_ON_A_LINE: Final = 8
LABEL_SHARE: Final = 0.3


def traces(mark: Mark, look: Look) -> Iterator[dict[str, Any]]:
    """Yield the traces of one mark; a rule has none."""
    if isinstance(mark, Line):
        yield _line(mark, look)
    elif isinstance(mark, Band):
        yield _band(mark, look)
    elif isinstance(mark, Bars):
        yield _bars(mark, look)
    elif isinstance(mark, Ranges):
        yield from _ranges(mark, look)


def shapes(mark: Mark, look: Look) -> Iterator[dict[str, Any]]:
    """Yield the straight line of a rule."""
    if not isinstance(mark, Rule):
        return
    other = "y" if mark.axis == "x" else "x"
    yield {
        "type": "line",
        f"{mark.axis}ref": mark.axis,
        f"{mark.axis}0": mark.at,
        f"{mark.axis}1": mark.at,
        f"{other}ref": "paper",
        f"{other}0": 0,
        f"{other}1": 1,
        "layer": "below" if not mark.label else "above",
        "line": {
            "color": look.theme.roles[mark.role] if mark.label else look.theme.guide,
            "width": 2 if mark.label else 1,
            "dash": "dash" if mark.role == "limit" else "solid",
        },
    }


def is_upright(mark: Mark) -> bool:
    """Return whether a mark is an upright rule with words."""
    return isinstance(mark, Rule) and mark.axis == "x" and bool(mark.label)


def words(mark: Mark, look: Look, x: Axis, y: Axis, above: int) -> Iterator[dict[str, Any]]:
    """Yield the words at a rule, and the texts in a column beside level bars and ranges.

    `above` is the number of upright rules whose words stand higher up.
    """
    if isinstance(mark, Bars | Ranges):
        yield from _column(mark, look)
    elif isinstance(mark, Rule) and mark.label:
        yield _rule_words(mark, look, x if mark.axis == "x" else y, above)


def _line(mark: Line, look: Look) -> dict[str, Any]:
    colour = look.theme.roles[mark.role]
    mode = "lines" if mark.symbol is None else ("lines+markers" if mark.joined else "markers")
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": mode,
        "x": mark.x.tolist(),
        "y": mark.y.tolist(),
        "name": escaped(mark.label),
        "line": {"color": colour, "width": 2.5, "dash": mark.dash},
    }
    if mark.symbol is not None:
        several = MARKERS_ON_A_LINE if mark.joined else 0
        trace["marker"] = {
            "color": colour,
            "symbol": mark.symbol,
            "size": (0.65 if mark.joined else 1.1) * look.text,
            "maxdisplayed": several if len(mark.x) > 2 * several else 0,
        }
    if mark.error is not None:
        error = {"type": "data", "array": mark.error.tolist(), "color": colour, "thickness": 1.2}
        trace[f"error_{mark.error_axis}"] = error | {"width": 3}
    return trace


def _band(mark: Band, look: Look) -> dict[str, Any]:
    colour = look.theme.roles[mark.role]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [*mark.x.tolist(), *mark.x[::-1].tolist()],
        "y": [*mark.high.tolist(), *mark.low[::-1].tolist()],
        "fill": "toself",
        "fillcolor": _faded(colour, 0.22),
        "line": {"color": colour, "width": 1},
        "name": escaped(mark.label),
        "hoverinfo": "skip",
    }


def _bars(mark: Bars, look: Look) -> dict[str, Any]:
    theme = look.theme
    hatched = mark.hatched or (False,) * len(mark.place)
    trace: dict[str, Any] = {
        "type": "bar",
        "orientation": "h",
        "y": mark.place.tolist(),
        "base": mark.start.tolist(),
        "x": (mark.end - mark.start).tolist(),
        "width": 0.62,
        "marker": {
            "color": _one_or_all([theme.roles[role] for role in mark.roles]),
            "line": {"color": theme.muted, "width": 1},
            "pattern": {
                "shape": _one_or_all(["/" if one else "" for one in hatched]),
                "fillmode": "overlay",
                "fgcolor": theme.paper,
                "solidity": 0.25,
            },
        },
        "name": escaped(mark.label),
        "showlegend": bool(mark.label),
        "hoverinfo": "skip",
    }
    if mark.error is not None:
        trace["error_x"] = {
            "type": "data", "array": mark.error.tolist(), "color": theme.ink,
            "thickness": 1.2, "width": 4,
        }  # fmt: skip
    return trace


def _one_or_all(each: list[str]) -> list[str] | str:
    """Return one word where all are alike: only then does the key show it."""
    return each[0] if len(set(each)) == 1 else each


def _ranges(mark: Ranges, look: Look) -> Iterator[dict[str, Any]]:
    roles = list(dict.fromkeys(mark.roles))
    for role in roles:
        rows = np.array([one == role for one in mark.roles])
        yield from _ranges_of(mark, rows, role, look, in_key=len(roles) == 1)


def _ranges_of(
    mark: Ranges, rows: np.ndarray[Any, np.dtype[np.bool_]], role: Role, look: Look, in_key: bool
) -> Iterator[dict[str, Any]]:
    theme, colour = look.theme, look.theme.roles[role]
    place = mark.place[rows]
    common = {"type": "scatter", "y": place.tolist(), "hoverinfo": "skip", "showlegend": False}
    yield common | {
        "mode": "lines",
        "x": _parted(mark.low[rows], mark.high[rows]),
        "y": _parted(place, place),
        "line": {"color": colour, "width": 0.7 * look.text},
        "name": escaped(mark.label),
        "showlegend": in_key and bool(mark.label),
    }
    tick = {"symbol": "line-ns", "size": 1.2 * look.text}
    yield common | {
        "mode": "markers",
        "x": mark.middle[rows].tolist(),
        "marker": tick | {"line": {"color": theme.ink, "width": 3}},
    }
    yield common | {
        "mode": "markers",
        "x": mark.mean[rows].tolist(),
        "marker": {
            "symbol": "diamond", "size": 0.6 * look.text, "color": theme.paper,
            "line": {"color": theme.ink, "width": 1.5},
        },
    }  # fmt: skip


def _parted(one: Floats, other: Floats) -> list[float | None]:
    """Return pairs with a gap after each, so that one trace draws many segments."""
    return [value for pair in zip(one, other, strict=True) for value in (*map(float, pair), None)]


def _column(mark: Bars | Ranges, look: Look) -> Iterator[dict[str, Any]]:
    for place, text in zip(mark.place, mark.texts, strict=False):
        yield {
            "text": joined(wrapped(text, LABEL_SHARE * look.width, look.text, 3)),
            "xref": "paper", "x": 1, "xanchor": "left", "xshift": 8, "align": "left",
            "yref": "y", "y": float(place), "yanchor": "middle", "showarrow": False,
            "font": {"size": look.text, "color": look.theme.ink},
        }  # fmt: skip


def rule_lines(mark: Rule, look: Look) -> tuple[str, ...]:
    """Return the lines of the words at a rule."""
    share = 0.34 if is_upright(mark) else 0.6
    return wrapped(mark.label, share * look.width, look.text)


def _rule_words(mark: Rule, look: Look, axis: Axis, above: int) -> dict[str, Any]:
    at = float(np.log10(mark.at)) if axis.logarithmic else mark.at
    upright = mark.axis == "x"
    return {
        "text": joined(rule_lines(mark, look)),
        "xref": "x" if upright else "paper",
        "x": at if upright else 0.01,
        "yref": "paper" if upright else "y",
        "y": 0.99 if upright else at,
        "xanchor": "left",
        "yanchor": "top",
        "align": "left",
        "xshift": 5 if upright else 0,
        "yshift": -1.5 * look.text * above if upright else 0,
        "showarrow": False,
        "bgcolor": look.theme.paper,
        "font": {"size": look.text, "color": look.theme.ink},
    }


def _faded(colour: str, share: float) -> str:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"
