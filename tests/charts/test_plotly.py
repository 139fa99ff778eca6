"""Plotly pictures say what their tables say, and print users' texts as they are."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from math import log10
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from climrisk.charts import Look, MatrixChart, figure, matrix_figure, matrix_table, study_labels
from climrisk.charts.interactive.text import escaped, text_width, wrapped
from climrisk.charts.table import Axis, ChartTable, Line, Rule
from climrisk.domain.study import Study
from climrisk.errors import MissingExtraError
from climrisk.io.matrix_table import matrix_rows
from tests.charts.worlds import HOSTILE, NOTICE, analysed, charted_study, every_table, four_items
from tests.studies import make_item

SMALL = Look(width=560)
ROOM = Look("dark", projector=True, width=1240)


def charts(study: Study, language: Any = "en") -> tuple[list[ChartTable], MatrixChart]:
    """Return every chart table and the matrix of a study."""
    results = analysed(study, draws=100)
    labels = study_labels(study, results, language)
    matrix = matrix_table(
        matrix_rows(results),
        labels.items,
        scenario="steep",
        horizon="long",
        caption=labels.caption("steep", "long"),
        appetite=labels.appetite,
        not_assessed=tuple(study.not_assessed),
    )
    return every_table(results, labels), matrix


def spec(figure: Any) -> dict[str, Any]:
    """Return what a browser receives."""
    read: dict[str, Any] = json.loads(figure.to_json())
    return read


def texts(node: Any) -> list[str]:
    """Return every string below a node."""
    if isinstance(node, str):
        return [node]
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return [text for child in children for text in texts(child)]


def empty() -> Study:
    waiting = {"kind": "risk", "category": "acute", "title": "Waits"}
    return charted_study(
        {"R-NEW-1": type(make_item({"type": "ongoing"}, {})).model_validate(waiting)}
    )


def sixty() -> Study:
    items = four_items()
    return charted_study(
        {f"{name[:-1]}{number}": item for name, item in items.items() for number in range(1, 16)}
    )


STUDIES = {
    "plain": lambda: charted_study(four_items()),
    "nothing assessed": empty,
    "one item": lambda: charted_study({"R-ACU-1": four_items()["R-ACU-1"]}),
    "sixty items": sixty,
    "huge": lambda: charted_study(four_items(1e7), 1e7),
    "tiny": lambda: charted_study(four_items(1e-5), 1e-5),
}


@pytest.fixture(scope="module", params=STUDIES, ids=list(STUDIES))
def drawn(request: pytest.FixtureRequest) -> tuple[list[ChartTable], MatrixChart]:
    return charts(STUDIES[request.param]())


@pytest.mark.parametrize("look", [SMALL, ROOM], ids=["small", "projector"])
def test_every_figure_has_alt_text_unit_and_notice(
    drawn: tuple[list[ChartTable], MatrixChart], look: Look
) -> None:
    tables, matrix = drawn
    for chart in tables:
        told = spec(figure(chart, look))
        everything = " ".join(texts(told["layout"])).replace("<br>", " ")
        assert told["layout"]["meta"]["alt"] == chart.alt
        assert NOTICE in everything
        assert chart.empty is None or chart.alt == chart.empty
        if chart.empty is None:
            assert chart.unit in everything
    told = spec(matrix_figure(matrix, look))
    assert told["layout"]["meta"]["alt"]
    assert "RMB million" in " ".join(texts(told["layout"]))


def test_nothing_is_drawn_beside_the_plotted_range(
    drawn: tuple[list[ChartTable], MatrixChart],
) -> None:
    """Level bars and ranges lie within their axis, errors included."""
    for chart in drawn[0]:
        told = spec(figure(chart, SMALL))
        if chart.name in {"fan", "exceedance"} or chart.empty:
            continue
        low, high = told["layout"]["xaxis"]["range"]
        for trace in told["data"]:
            ends = [x for x in trace["x"] if x is not None]
            ends += trace.get("base", [])
            assert all(low <= end <= high for end in ends if trace["type"] != "bar" or end == 0)


def test_projector_texts_are_20_pixels_or_more() -> None:
    tables, matrix = charts(charted_study(four_items()))
    for drawing in (*(figure(chart, ROOM) for chart in tables), matrix_figure(matrix, ROOM)):
        told = spec(drawing)
        sizes = [node["size"] for node in _fonts(told)]
        assert min(sizes) >= 20


def _fonts(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, dict):
        own = [value for key, value in node.items() if key in {"font", "tickfont", "textfont"}]
        own = [font for font in own if isinstance(font, dict) and "size" in font]
        return own + [font for child in node.values() for font in _fonts(child)]
    return [font for child in node for font in _fonts(child)] if isinstance(node, list) else []


def test_hostile_texts_are_printed_and_never_markup() -> None:
    tables, matrix = charts(charted_study(four_items()))
    seen = 0
    for drawing in (*map(figure, tables), matrix_figure(matrix)):
        told = spec(drawing)
        told["layout"].pop("meta")
        for text in texts(told):
            assert "<script" not in text
            assert "<a " not in text
            assert "$x$" not in text
            seen += "&lt;script&gt;" in text
    assert seen >= 3


def test_alt_text_is_plain() -> None:
    tables, _ = charts(charted_study(four_items()))
    items = next(chart for chart in tables if chart.name == "items")
    assert "<script>alert(1)</script>" in items.alt  # whoever writes HTML escapes it there
    assert "\u202e" not in items.alt


def test_matrix_points_name_their_item_and_stay_when_another_is_chosen() -> None:
    _, matrix = charts(charted_study(four_items()))
    told = spec(matrix_figure(matrix))
    points = [trace for trace in told["data"] if "customdata" in trace]
    named = {row[0] for trace in points for row in trace["customdata"]}
    assert named == set(matrix.points["item"])
    assert all(trace["unselected"]["marker"]["opacity"] == 1 for trace in points)
    assert all(len(trace["customdata"]) == len(trace["x"]) for trace in points)


def test_matrix_halves_mirror_each_other_on_one_money_scale() -> None:
    _, matrix = charts(charted_study(four_items()))
    layout = spec(matrix_figure(matrix))["layout"]
    assert layout["xaxis"]["range"] == layout["xaxis2"]["range"][::-1]
    assert layout["xaxis"]["type"] == layout["xaxis2"]["type"] == "log"
    left, right = layout["xaxis"]["domain"], layout["xaxis2"]["domain"]
    assert left[1] - left[0] == pytest.approx(right[1] - right[0])


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans"])
def test_chinese_pictures_ask_for_chinese_fonts(language: Any) -> None:
    tables, matrix = charts(charted_study(four_items()), language)
    for drawing in (figure(tables[0]), matrix_figure(matrix)):
        assert "Noto Sans CJK" in spec(drawing)["layout"]["font"]["family"]


def test_escaped_has_no_tag_and_no_formula() -> None:
    assert escaped(HOSTILE) == (
        "&lt;script&gt;alert(1)&lt;/script&gt; &#36;x&#36; {0} &lt;a href='javascript:1'&gt;"
    )


@pytest.mark.parametrize("text", ["many words " * 12, "X" * 200, "氣候變化的財務影響，" * 12])
def test_wrapped_lines_fit_and_lose_nothing(text: str) -> None:
    lines = wrapped(text, 200, 14)
    assert all(text_width(line, 14) <= 200 * 1.1 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_wrapped_says_where_it_cuts() -> None:
    assert wrapped("one two three four", 60, 14, 1) == ("one tw…",)


def test_chinese_lines_never_begin_with_a_full_stop() -> None:
    assert not any(line.startswith(("，", "。")) for line in wrapped("氣候，" * 40, 100, 14))


def test_without_plotly_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    tables, _ = charts(charted_study(four_items()))
    monkeypatch.setitem(sys.modules, "plotly.graph_objects", None)
    with pytest.raises(MissingExtraError, match=r"climrisk\[app\]"):
        figure(tables[0])


def test_results_are_not_changed_by_drawing() -> None:
    study = charted_study(four_items())
    results = analysed(study, draws=50)
    before = results.copy(deep=True)
    for chart in every_table(results, study_labels(study, results)):
        figure(chart)
    xr.testing.assert_identical(results, before)


@pytest.mark.parametrize("look", [Look(), Look(projector=True, width=430)])
def test_no_point_of_a_curve_lies_under_the_words_of_an_upright_rule(look: Look) -> None:
    chart = ChartTable(
        name="curve", title="t", subtitle="s", alt="a", x=Axis("loss"),
        y=Axis("chance", logarithmic=True, ticks=(0.5, 0.01), tick_texts=("50%", "1%"),
               limits=(0.0035, 0.7)),
        unit="RMB million",
        marks=(Rule("x", 15.0, "Appetite RMB 15 million: passed with 75% and 23%"),),
        data=pd.DataFrame(), language="en",
    )  # fmt: skip
    drawn = figure(chart, look).to_dict()["layout"]
    low, high = drawn["yaxis"]["range"]
    words = next(one for one in drawn["annotations"] if "Appetite" in one["text"])
    pixels = drawn["height"] - drawn["margin"]["t"] - drawn["margin"]["b"]
    over = (high - log10(0.7)) / (high - low) * pixels
    assert over >= (words["text"].count("<br>") + 1) * 1.3 * look.text
    assert low == pytest.approx(log10(0.0035))


@pytest.mark.parametrize(("width", "large"), [(900, False), (430, False), (430, True), (350, True)])
def test_years_under_a_narrow_picture_do_not_touch(width: int, large: bool) -> None:
    look = Look(projector=large, width=width)
    years = np.arange(2024, 2051)
    chart = ChartTable(
        name="years", title="t", subtitle="s", alt="a", x=Axis("Year", years=True), y=Axis("y"),
        unit="t",
        marks=(Line(years.astype(float), np.ones(27), "total", "net"),), data=pd.DataFrame(),
        language="en",
    )  # fmt: skip
    ticks = figure(chart, look).to_dict()["layout"]["xaxis"]["tickvals"]
    steps = len(ticks) - 1
    assert steps >= 1
    assert steps * 1.2 * text_width("2050", look.text) <= 0.7 * width


@pytest.mark.parametrize(("end", "where"), [(0.5, "bottom center"), (0.1, "top center")])
def test_no_arrow_of_the_matrix_goes_through_its_id(end: float, where: str) -> None:
    chart = charts(charted_study(four_items()))[1]
    moved = chart.points.copy()
    moved.loc[(moved["item"] == "R-ACU-1") & (moved["control"] == "residual"), "drawn_at"] = end
    traces = matrix_figure(replace(chart, points=moved), Look()).to_dict()["data"]
    places = {
        text: place
        for trace in traces
        if trace.get("text")
        for text, place in zip(trace["text"], trace["textposition"], strict=True)
    }
    assert places.pop("R-ACU-1") == where
    assert set(places.values()) == {"top center"}
