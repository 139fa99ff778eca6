"""Pictures for a page of paper: every word, every place, the same bytes, nothing outside."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from climrisk.charts import ChartTable, MatrixChart, matrix_table, study_labels
from climrisk.charts.caption import printable
from climrisk.charts.still import draw_chart, png, svg
from climrisk.charts.table import Bars, Line, Ranges
from climrisk.io.matrix_table import matrix_rows
from climrisk.names import Language
from tests.charts.worlds import analysed, charted_study, every_table, four_items


def _drawn(language: Language) -> list[ChartTable | MatrixChart]:
    study = charted_study(four_items())
    results = analysed(study, draws=100)
    labels = study_labels(study, results, language)
    matrix = matrix_table(
        matrix_rows(results),
        labels.items,
        scenario="steep",
        horizon="long",
        caption=labels.caption("steep", "long"),
        appetite=labels.appetite,
    )
    kinds = {chart.name: chart for chart in every_table(results, labels)}
    return [matrix, *kinds.values()]


@pytest.fixture(scope="module")
def pictures() -> list[tuple[ChartTable | MatrixChart, Figure]]:
    """Every kind of chart in English and Chinese, drawn once."""
    languages: tuple[Language, ...] = ("en", "zh-Hant")
    return [(chart, draw_chart(chart)) for one in languages for chart in _drawn(one)]


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _said(figure: Figure) -> str:
    """Return all words of a picture without spaces: lines break anywhere."""
    return "\n".join(_squeezed(text.get_text()) for text in figure.findobj(Text))


def _table_words(chart: ChartTable) -> list[str]:
    words = [chart.x.title, chart.y.title, *chart.x.tick_texts]
    for mark in chart.marks:
        words += [mark.label, *(mark.texts if isinstance(mark, Bars | Ranges | Line) else ())]
    return words


def _matrix_words(chart: MatrixChart) -> list[str]:
    words = chart.words
    groups = (words.amount_axes, words.headings)
    shown = [text for group in groups for text in group.values()]
    ids = chart.points[chart.points["labelled"]]["item"].tolist()
    return [words.appetite or "", words.keys["filled"], *ids, *shown]


def test_every_word_of_the_table_is_written(
    pictures: list[tuple[ChartTable | MatrixChart, Figure]],
) -> None:
    for chart, figure in pictures:
        words = _matrix_words(chart) if isinstance(chart, MatrixChart) else _table_words(chart)
        said = _said(figure)
        # a long text may be cut after some lines, never at its start
        assert [word for word in words if _squeezed(printable(word))[:24] not in said] == []


def test_nothing_written_lies_outside_the_picture_and_nothing_is_markup(
    pictures: list[tuple[ChartTable | MatrixChart, Figure]],
) -> None:
    for _, figure in pictures:
        assert not any(text.get_parse_math() for text in figure.findobj(Text))
        inked = figure.get_tightbbox()
        width, height = figure.get_size_inches()
        assert min(inked.x0, inked.y0) > -0.02
        assert inked.x1 < width + 0.02
        assert inked.y1 < height + 0.02


def test_bars_start_and_end_where_the_table_says(
    pictures: list[tuple[ChartTable | MatrixChart, Figure]],
) -> None:
    chart, figure = next(
        (one, drawn)
        for one, drawn in pictures
        if isinstance(one, ChartTable) and one.name == "waterfall_category"
    )
    bars = next(mark for mark in chart.marks if isinstance(mark, Bars))
    boxes = [one for one in figure.axes[0].patches if isinstance(one, Rectangle)]
    drawn = np.array([[box.get_x(), box.get_x() + box.get_width()] for box in boxes])
    np.testing.assert_allclose(drawn, np.column_stack([bars.start, bars.end]), atol=1e-12)


def test_the_same_picture_gives_the_same_bytes_without_a_date(
    pictures: list[tuple[ChartTable | MatrixChart, Figure]],
) -> None:
    chart, figure = pictures[1]
    again = draw_chart(chart)
    assert svg(figure) == svg(again)
    assert png(figure) == png(again)
    assert b"dc:date" not in svg(figure)
    assert b"<script" not in svg(figure)


def test_an_empty_picture_says_why(
    pictures: list[tuple[ChartTable | MatrixChart, Figure]],
) -> None:
    chart = pictures[1][0]
    assert isinstance(chart, ChartTable)
    figure = draw_chart(replace(chart, marks=(), empty="Nothing is assessed yet"))
    assert "Nothingisassessedyet" in _said(figure)


def test_a_picture_has_the_width_it_is_asked_for(
    pictures: list[tuple[ChartTable | MatrixChart, Figure]],
) -> None:
    figure = draw_chart(pictures[1][0], width=5.0, height=3.0)
    assert tuple(figure.get_size_inches()) == (5.0, 3.0)
