"""The matrix in Plotly: risks on the left, opportunities mirrored on one money scale."""

from __future__ import annotations

from collections.abc import Iterator
from math import log10
from typing import Any, Final

import numpy as np
import pandas as pd

from climrisk.charts.amount_ticks import amount_ticks
from climrisk.charts.interactive.layout import page
from climrisk.charts.interactive.look import Look
from climrisk.charts.interactive.text import escaped, joined, text_width, wrapped
from climrisk.charts.matrix import MatrixChart
from climrisk.charts.matrix_sentences import matrix_alt
from climrisk.i18n import significant
from climrisk.names import Kind

__all__ = ["matrix_layout", "matrix_traces"]

LOWEST: Final = 0.2
"""Likelihood below which words at the foot of the appetite's line would cross a bar."""
AXES: Final[dict[Kind, str]] = {"risk": "x", "opportunity": "x2"}
SYMBOLS: Final[dict[Kind, str]] = {"risk": "circle", "opportunity": "diamond"}
HEIGHT: Final = 520
GAP: Final = 0.012
"""Between the halves, as a share of the width."""
ROOM_FOR_IDS: Final = 0.04
"""Above a likelihood of 1, where ids stand over their points."""


def matrix_traces(chart: MatrixChart, look: Look) -> Iterator[dict[str, Any]]:
    """Yield contours, then the points of each side: the first control filled, the last hollow."""
    for kind in AXES:
        yield from _contours(chart, look, kind)
    for kind in AXES:
        points = chart.points[chart.points["kind"] == kind]
        later = points["item"].duplicated()
        for hollow, rows in ((True, points[later]), (False, points[~later])):
            if len(rows):
                yield _points(chart, rows, kind, look, hollow=hollow)


def matrix_layout(chart: MatrixChart, look: Look) -> dict[str, Any]:
    """Return the layout of the matrix."""
    words = chart.words
    plot = round(HEIGHT * (1.25 if look.projector else 1.0))
    notes = tuple(filter(None, (words.keys["colour"], words.keys["product"], *words.notes)))
    framed = page(
        look,
        words.title,
        words.subtitle,
        notes,
        words.notice,
        plot=plot,
        language=words.language,
        key=_key(chart),
        axis_lines=2,
        over=1.6 * look.line,
    )
    left = max(text_width(band.word, look.text) for band in chart.bands)
    room = round(min(left, 0.17 * look.width) + 54)
    framed["margin"] |= {"l": room, "r": 30}
    for annotation in framed["annotations"]:
        annotation["xshift"] = 12 - room
    middle = 0.5
    framed["xaxis"] = _amounts(chart, look, "risk", (0.0, middle - GAP))
    framed["xaxis2"] = _amounts(chart, look, "opportunity", (middle + GAP, 1.0))
    framed["yaxis"] = _likelihoods(chart, look)
    framed["shapes"] = list(_shapes(chart, look))
    framed["annotations"] += [
        *_headings(chart, look),
        *_arrows(chart, look),
        *_appetite(chart, look),
    ]
    framed["meta"] = {"alt": matrix_alt(chart), "name": "matrix"}
    framed["clickmode"] = "event+select"
    framed["hovermode"] = "closest"
    return framed


def _key(chart: MatrixChart) -> tuple[str, ...]:
    """Return the words of the filled and, where there are any, the hollow points."""
    later = chart.points["item"].duplicated()
    shown = {"filled": (~later).any(), "hollow": later.any()}
    return tuple(chart.words.keys[name] for name, drawn in shown.items() if drawn)


def _contours(chart: MatrixChart, look: Look, kind: Kind) -> Iterator[dict[str, Any]]:
    likelihood = np.linspace(0.005, 1.0, 80)
    low, high = chart.amounts
    for product in chart.contours:
        amount = product / likelihood
        shown = (amount >= low) & (amount <= high)
        yield {
            "type": "scatter", "mode": "lines", "xaxis": AXES[kind], "yaxis": "y",
            "x": amount[shown].tolist(), "y": likelihood[shown].tolist(),
            "line": {"color": look.theme.guide, "width": 1, "dash": "dot"},
            "hoverinfo": "skip", "showlegend": False,
        }  # fmt: skip


def _points(
    chart: MatrixChart, rows: pd.DataFrame, kind: Kind, look: Look, *, hollow: bool
) -> dict[str, Any]:
    theme, stroke = look.theme, look.theme.roles[kind]
    shift = rows["drawn_at"] - rows["likelihood"]
    key = chart.words.keys["hollow" if hollow else "filled"]
    texts = [] if hollow else [escaped(item) for item in rows["item"]]
    return {
        "type": "scatter",
        "mode": "markers" if hollow else "markers+text",
        "xaxis": AXES[kind],
        "yaxis": "y",
        "x": rows["impact"].tolist(),
        "y": rows["drawn_at"].tolist(),
        "text": texts or None,
        "textposition": _beside_the_arrows(chart, rows),
        "textfont": {"size": look.text, "color": theme.ink, "shadow": _halo(theme.paper)},
        "customdata": rows[["item"]].to_numpy().tolist(),
        "hovertext": [joined(texts) for texts in zip(rows["label"], rows["detail"], strict=True)],
        "hoverinfo": "text",
        "name": escaped(key),
        "legendrank": 2 if hollow else 1,
        "showlegend": kind == chart.points["kind"].iloc[-1],
        "error_x": _bar(
            rows["high"] - rows["impact"], rows["impact"] - rows["low"], stroke, hollow
        ),
        "error_y": _bar(
            rows["likelihood_high"] + shift - rows["drawn_at"],
            rows["drawn_at"] - rows["likelihood_low"] - shift,
            stroke,
            hollow,
        ),
        "marker": _marker(rows, kind, look, hollow=hollow),
        # Plotly fades the rest of a selection to a fifth, which hides the register
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": theme.ink}},
        "selected": {"marker": {"opacity": 1, "size": 1.6 * look.text}},
    }


def _beside_the_arrows(chart: MatrixChart, rows: pd.DataFrame) -> list[str]:
    """Return where each id stands: under a point from which its arrow goes up."""
    last = chart.points.groupby("item")["drawn_at"].last()
    rises = rows["item"].map(last) > rows["drawn_at"]
    return ["bottom center" if up else "top center" for up in rises]


def _halo(paper: str) -> str:
    """Return a shadow that keeps an id apart from the bars it stands on."""
    return ", ".join(f"{x}px {y}px 2px {paper}" for x in (-1, 0, 1) for y in (-1, 0, 1))


def _marker(rows: pd.DataFrame, kind: Kind, look: Look, *, hollow: bool) -> dict[str, Any]:
    theme = look.theme
    fills = [theme.steps[kind][step] for step in rows["strength"]]
    edge = theme.roles[kind] if hollow else theme.muted
    return {
        "symbol": SYMBOLS[kind],
        "size": (0.7 if hollow else 1.1) * look.text,
        "color": [theme.paper] * len(rows) if hollow else fills,
        "line": {"color": edge, "width": 2},
        "opacity": 1,
    }


def _bar(up: pd.Series[float], down: pd.Series[float], colour: str, hollow: bool) -> dict[str, Any]:
    return {
        "type": "data", "symmetric": False, "array": up.clip(lower=0.0).tolist(),
        "arrayminus": down.clip(lower=0.0).tolist(), "color": colour,
        "thickness": 1.2 if hollow else 2.4, "width": 0,
    }  # fmt: skip


def _amounts(
    chart: MatrixChart, look: Look, kind: Kind, domain: tuple[float, float]
) -> dict[str, Any]:
    ends = [log10(end) for end in chart.amounts]
    room = 0.4 * look.width
    widest = max(text_width(significant(end), look.text) for end in chart.amounts)
    ticks = amount_ticks(*chart.amounts, most=min(6, max(2, int(room / (1.5 * widest + 14)))))
    return {
        "type": "log",
        "domain": list(domain),
        "anchor": "y",
        "range": ends if kind == "opportunity" else ends[::-1],
        "tickmode": "array",
        "tickvals": list(ticks),
        "ticktext": [significant(tick) for tick in ticks],
        "tickangle": 0,
        "tickfont": {"size": look.text, "color": look.theme.ink},
        "title": {
            "text": joined(wrapped(chart.words.amount_axes[kind], 0.36 * look.width, look.text, 2)),
            "font": {"size": look.text, "color": look.theme.ink},
        },
        "showgrid": False,
        "zeroline": False,
        "linecolor": look.theme.muted,
        "fixedrange": True,
    }


def _likelihoods(chart: MatrixChart, look: Look) -> dict[str, Any]:
    middles = [(band.low + band.high) / 2 for band in chart.bands]
    words = [
        joined((*wrapped(band.word, 0.17 * look.width, look.text, 2), band.edges))
        for band in chart.bands
    ]
    return {
        "range": [chart.likelihoods[0], chart.likelihoods[1] + ROOM_FOR_IDS],
        "tickmode": "array",
        "tickvals": middles,
        "ticktext": words,
        "tickfont": {"size": look.text, "color": look.theme.ink},
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def _shapes(chart: MatrixChart, look: Look) -> Iterator[dict[str, Any]]:
    """Yield likelihood bands as areas, and the line of the appetite."""
    theme = look.theme
    low, high = chart.likelihoods
    for rank, band in enumerate(chart.bands):
        ends = (
            low if rank == 0 else band.low,
            high + ROOM_FOR_IDS if band is chart.bands[-1] else band.high,
        )
        yield {
            "type": "rect", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": ends[0],
            "y1": ends[1], "fillcolor": theme.band_paper if rank % 2 else theme.paper,
            "line": {"width": 0}, "layer": "below",
        }  # fmt: skip
    if chart.appetite is not None:
        yield {
            "type": "line", "xref": "x", "x0": chart.appetite, "x1": chart.appetite,
            "yref": "paper", "y0": 0, "y1": 1, "layer": "below",
            "line": {"color": theme.ink, "width": 2, "dash": "dash"},
        }  # fmt: skip


def _headings(chart: MatrixChart, look: Look) -> Iterator[dict[str, Any]]:
    sides: tuple[tuple[Kind, float, str], ...] = (
        ("risk", 0.5 - GAP, "right"),
        ("opportunity", 0.5 + GAP, "left"),
    )
    for kind, x, anchor in sides:
        empty = (chart.points["kind"] != kind).all()
        words = chart.words.empty[kind] if empty else chart.words.headings[kind]
        yield {
            "text": f"<b>{joined(wrapped(words, 0.38 * look.width, look.text, 3))}</b>",
            "xref": "paper", "x": x, "xanchor": anchor, "yref": "paper", "y": 1,
            "yanchor": "bottom", "yshift": 2, "showarrow": False,
            "font": {"size": look.text, "color": look.theme.roles[kind]},
        }  # fmt: skip


def _appetite(chart: MatrixChart, look: Look) -> Iterator[dict[str, Any]]:
    if chart.appetite is None or chart.words.appetite is None:
        return
    yield {
        "text": joined(wrapped(chart.words.appetite, 0.2 * look.width, look.text)),
        "xref": "x", "x": log10(chart.appetite), "xanchor": "left", "yref": "paper",
        **_end_with_room(chart, chart.appetite),
        "xshift": 4, "align": "left", "showarrow": False,
        "bgcolor": look.theme.paper, "opacity": 0.85, "borderpad": 1,
        "font": {"size": look.text, "color": look.theme.ink},
    }  # fmt: skip


def _end_with_room(chart: MatrixChart, appetite: float) -> dict[str, Any]:
    """Return the end of the appetite's line at which fewer bars lie beside it."""
    risks = chart.points[(chart.points["kind"] == "risk") & (chart.points["low"] < appetite)]
    low, high = ((risks["drawn_at"] < LOWEST).sum(), (risks["drawn_at"] > 1 - LOWEST).sum())
    return {"y": 0.995, "yanchor": "top"} if high <= low else {"y": 0.005, "yanchor": "bottom"}


def _arrows(chart: MatrixChart, look: Look) -> Iterator[dict[str, Any]]:
    for _, arrow in chart.arrows.iterrows():
        axis = AXES["risk" if arrow["side"] == "left" else "opportunity"]
        yield {
            "text": "", "showarrow": True, "arrowhead": 2, "arrowwidth": 1.6,
            "arrowcolor": look.theme.ink, "xref": axis, "axref": axis, "yref": "y", "ayref": "y",
            "x": log10(arrow["impact_to"]), "y": arrow["at_to"],
            "ax": log10(arrow["impact_from"]), "ay": arrow["at_from"],
            "standoff": 5, "startstandoff": 6,
        }  # fmt: skip
