"""Plots stand for the tables that they are made of; texts are measured with room to spare."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from climrisk.charts.table import Axis, Bars, ChartTable, Ranges
from climrisk.report.document import Column, Table
from climrisk.report.office.columns import column_widths
from climrisk.report.office.fitting import text_width, widest_word, wrap
from climrisk.report.office.level_bars import level_bars
from climrisk.report.office.plots import Plot, tint
from tests.report.paper import paper

edges = st.floats(-1e6, 1e6).map(lambda value: round(value, 3))


def chart(mark: Bars | Ranges) -> ChartTable:
    ticks = tuple(float(at) for at in mark.place)
    y = Axis("", ticks=ticks, tick_texts=tuple(f"row {rank}" for rank in range(len(ticks))))
    return ChartTable("made", "", "", "", Axis("amount"), y, (mark,), pd.DataFrame(), "")


def reach(plot: Plot, place: int) -> tuple[float, float]:
    """Return where the stacks of a row begin and end, as office programs stack them."""
    lengths = [(one.form, one.values[place] or 0.0) for one in plot.series]
    room = sum(value for form, value in lengths if form == "room")
    below = sum(value for form, value in lengths if form == "bar" and value < 0)
    above = sum(value for form, value in lengths if form == "bar" and value > 0)
    low = (room if room < 0 else 0.0) + below if below else room
    high = (room if room > 0 else 0.0) + above if above else room
    return low, high


@given(st.lists(st.tuples(edges, edges), min_size=1, max_size=6))
def test_stacked_bars_begin_and_end_where_the_table_says(pairs: list[tuple[float, float]]) -> None:
    start, end = (np.array(one) for one in zip(*pairs, strict=True))
    place = -np.arange(len(pairs), dtype=np.float64)
    plot = level_bars(chart(Bars(place, start, end, ("risk",) * len(pairs), "")))
    for rank, (one, other) in enumerate(reversed(pairs)):
        if one != other:
            assert reach(plot, rank) == pytest.approx((min(one, other), max(one, other)), abs=1e-6)


@given(st.lists(st.tuples(edges, edges, edges), min_size=1, max_size=6))
def test_ranges_begin_at_p5_and_end_at_p95(rows: list[tuple[float, float, float]]) -> None:
    low, middle, high = np.sort(np.array(rows), axis=1).T
    place = -np.arange(len(rows), dtype=np.float64)
    marks = Ranges(place, low, middle, high, middle, ("risk",) * len(rows), "")
    plot = level_bars(chart(marks))
    for rank in range(len(rows)):
        at = len(rows) - 1 - rank
        if low[at] != high[at]:
            assert reach(plot, rank) == pytest.approx((low[at], high[at]), abs=1e-6)


def test_errors_stand_on_the_series_that_ends_where_they_belong() -> None:
    start, end = np.array([0.0, -3.0, -1.0, 2.0]), np.array([-3.0, -1.0, 2.0, 0.5])
    error = np.array([0.1, 0.2, 0.3, 0.4])
    place = -np.arange(4.0)
    bars = Bars(place, start, end, ("risk",) * 4, "", error=error)
    plot = level_bars(chart(bars))
    for rank, (ends, length) in enumerate(zip(end[::-1], error[::-1], strict=True)):
        stack = {"below": 0.0, "above": 0.0}
        for one in plot.series:
            value = one.values[rank] or 0.0
            stack["below" if value < 0 else "above"] += value
            if one.error and one.error[rank]:
                assert one.error[rank] == length
                assert stack["below" if ends < 0 else "above"] == pytest.approx(ends)


def test_a_tint_lies_between_the_colour_and_white() -> None:
    assert tint("#102030", 1.0) == "#102030"
    assert tint("#102030", 0.0) == "#FFFFFF"


def test_widths_are_those_of_helvetica() -> None:
    """Against widths that Adobe publishes, Helvetica AFM: H 722, i 222, space 278, 1 556."""
    assert text_width("Hi 11", 1000.0) == 722 + 222 + 278 + 2 * 556
    assert text_width("風險", 10.0) == 20.0
    assert text_width("風A", 1000.0) == 1000 + 250 + 667


@given(st.text(max_size=300), st.floats(40.0, 400.0))
def test_lines_fit_and_lose_nothing(text: str, room: float) -> None:
    lines = wrap(text, room, 10.0)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(text_width(line, 10.0) <= room for line in lines if len(line) > 1)


def test_columns_share_the_width_and_keep_words_whole() -> None:
    for section in paper("en").sections:
        for block in section.blocks:
            if isinstance(block, Table):
                widths = column_widths(block, 480.0, 9.0, 10.0)
                assert sum(widths) == pytest.approx(480.0)
                assert min(widths) > 20.0


def test_figures_are_not_wrapped_while_sentences_can_be() -> None:
    table = Table(
        "made",
        "",
        (Column("Text", weight=9.0), Column("Range", "figure")),
        ((("a long sentence " * 20,), ("-1,200 to +3,400",)),),
    )
    _, figures = column_widths(table, 400.0, 10.0, 10.0)
    assert figures >= text_width("-1,200 to +3,400", 10.0) + 10.0


def test_an_axis_of_bars_holds_their_errors() -> None:
    place = np.array([0.0, -1.0])
    marks = Bars(
        place, np.zeros(2), np.array([18.0, -4.0]), ("risk",) * 2, "", error=np.array([2.5, 0.5])
    )
    assert level_bars(chart(marks)).x.limits == (-5.0, 25.0)


def test_a_second_bar_of_a_row_is_named_by_its_mark_alone() -> None:
    place, ones = np.array([0.0]), np.ones(1)
    marks = [
        Ranges(place, ones, ones, 2 * ones, ones, ("opportunity",), "Benefit", texts=("3.7",)),
        Ranges(place - 0.3, ones, ones, 2 * ones, ones, ("risk",), "Cost"),
    ]
    both = replace(chart(marks[0]), marks=tuple(marks))
    assert level_bars(both).categories == ("Cost", "row 0 · Benefit:  3.7")


def test_a_no_break_space_is_part_of_a_word() -> None:
    assert wrap("RMB 3.4\u00a0million a year", 56.0, 10.0)[:2] == ["RMB", "3.4\u00a0million"]
    assert widest_word("of\u00a0it", 10.0) == text_width("of\u00a0it", 10.0)


def test_a_word_too_long_for_a_line_starts_one_after_its_hyphens() -> None:
    lines = wrap("see R-57-" + "X" * 20, 60.0, 10.0)
    assert lines[:2] == ["see R-57-", "X" * 8]
    assert "".join(lines).replace(" ", "") == "seeR-57-" + "X" * 20


def test_endless_words_leave_common_ones_their_room() -> None:
    heads = ("Item", "Owner", "Short term 2024-2026", "Planned measure")
    kinds = ("text", "text", "figure", "text")
    columns = tuple(Column(head, kind) for head, kind in zip(heads, kinds, strict=True))
    row = (("X" * 60,), ("O" * 60,), ("-17 to -6.1",), ("none planned",))
    widths = column_widths(Table("made", "", columns, (row,)), 480.0, 8.5, 13.0)
    assert sum(widths) == pytest.approx(480.0)
    for head, width in zip(heads[2:], widths[2:], strict=True):
        assert width >= widest_word(head, 8.5, bold=True) + 13.0
