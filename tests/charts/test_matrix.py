"""The chart table holds what matrix.csv says, as magnitudes, on the right side."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from climrisk.charts import Caption, MatrixChart, matrix_table

AMOUNTS = ["impact_mean", "impact_p5", "impact_p50", "impact_p95", "expected_per_year"]


@pytest.fixture
def chart(matrix: pd.DataFrame, titles: dict[str, str], caption: Caption) -> MatrixChart:
    return table(matrix, titles, caption)


def table(
    matrix: pd.DataFrame, titles: dict[str, str], caption: Caption, **options: Any
) -> MatrixChart:
    options = {"scenario": "delayed_transition", "horizon": "short", "appetite": 20.0} | options
    return matrix_table(matrix, titles, caption=caption, **options)


def point(chart: MatrixChart, item: str, control: str = "current") -> pd.Series[Any]:
    points = chart.points
    return points[(points["item"] == item) & (points["control"] == control)].iloc[0]


def test_a_risk_is_a_magnitude_on_the_left(chart: MatrixChart) -> None:
    tech = point(chart, "R-TEC-1")
    assert (tech["impact"], tech["low"], tech["high"]) == (21.0, 6.0, 60.0)
    assert tech["side"] == "left"
    assert tech["expected_per_year"] == -3.6
    error = 1.96 * np.sqrt(0.34 * 0.66 / 20_000)
    assert tech["likelihood_low"] == pytest.approx(0.34 - error)
    assert tech["likelihood_high"] == pytest.approx(0.34 + error)


def test_an_opportunity_is_a_magnitude_on_the_right(chart: MatrixChart) -> None:
    demand = point(chart, "O-PRM-1")
    assert (demand["impact"], demand["low"], demand["high"]) == (14.0, 3.0, 41.0)
    assert demand["side"] == "right"


def test_magnitudes_lie_in_order_on_one_money_scale(chart: MatrixChart) -> None:
    points, (low, high) = chart.points, chart.amounts
    assert (points["low"] <= points["high"]).all()
    assert low < points["low"].min()
    assert high > points["high"].max()
    assert low < 20.0 < high


def test_arrows_state_the_change_in_expected_value(chart: MatrixChart) -> None:
    arrows = chart.arrows.set_index("item")
    assert arrows.loc["R-MKT-1", "change"] == pytest.approx(2.4 * 0.4)
    assert arrows.loc["O-PRM-1", "change"] == pytest.approx(7.7 * 0.15)
    assert arrows.loc["R-MKT-1", "impact_to"] == pytest.approx(9.0 * 0.6)
    assert point(chart, "R-MKT-1")["detail"] == "62%  |  2–30  |  2.4 → 1.4 a year"


def test_an_item_that_measures_do_not_change_has_one_point(chart: MatrixChart) -> None:
    assert (chart.points["item"] == "R-REP-1").sum() == 1
    assert "R-REP-1" not in set(chart.arrows["item"])
    assert point(chart, "R-REP-1")["detail"] == "3%  |  3–35  |  0.13 a year"


def test_measures_that_end_all_material_years_still_show_in_the_label(
    matrix: pd.DataFrame, titles: dict[str, str], caption: Caption
) -> None:
    gone = (matrix["item"] == "R-ACU-1") & (matrix["control"] == "residual")
    matrix.loc[gone, "likelihood"] = 0.0
    matrix.loc[gone, AMOUNTS] = [np.nan, np.nan, np.nan, np.nan, -0.01]
    chart = table(matrix, titles, caption)
    assert (chart.points["item"] == "R-ACU-1").sum() == 1
    assert point(chart, "R-ACU-1")["detail"].endswith("0.9 → 0.01 a year")
    assert not chart.immaterial


def test_equal_likelihoods_are_drawn_apart_and_stated_unchanged(chart: MatrixChart) -> None:
    carbon, heat = point(chart, "R-POL-1"), point(chart, "R-CHR-1")
    assert carbon["likelihood"] == heat["likelihood"] == 1.0
    assert carbon["drawn_at"] - heat["drawn_at"] == pytest.approx(0.03)
    assert point(chart, "R-POL-1", "residual")["drawn_at"] == carbon["drawn_at"]
    assert any("at most 1.5 percentage points" in note for note in chart.words.notes)


def test_nothing_is_moved_without_need(
    matrix: pd.DataFrame, titles: dict[str, str], caption: Caption
) -> None:
    chart = table(matrix[matrix["kind"] == "opportunity"], titles, caption)
    assert (chart.points["drawn_at"] == chart.points["likelihood"]).all()
    assert not any("drawn apart" in note for note in chart.words.notes)


def test_colour_steps_are_parted_by_the_contours(chart: MatrixChart) -> None:
    assert chart.contours == pytest.approx((0.01, 0.1, 1.0, 10.0))
    assert point(chart, "O-PRM-1")["strength"] == 4  # 0.93 x 14 = 13
    assert point(chart, "R-MKT-1")["strength"] == 3  # 0.62 x 9 = 5.6
    assert point(chart, "R-REP-1")["strength"] == 2  # 0.03 x 12 = 0.36


def test_title_is_the_answer_and_ranks_by_expected_value(chart: MatrixChart) -> None:
    assert chart.words.title == (
        "Largest expected loss: R-TEC-1 Residual value of leased devices, RMB 3.6 million a year",
        "Largest expected gain: O-PRM-1 Demand for circular devices, RMB 7.7 million a year",
    )


def test_subtitle_and_run_note(chart: MatrixChart) -> None:
    subtitle = "Delayed transition · Short term 2024–2026 · RMB million, real, at 2023 prices"
    assert chart.words.subtitle == subtitle
    assert "RMB 0.2 million" in chart.words.notes[-1]
    assert "20,000 draws, seed 1" in chart.words.notes[-1]


def test_bands_are_disjoint_and_cover_everything(chart: MatrixChart) -> None:
    assert [band.edges for band in chart.bands] == [
        "0–10%", "10–33%", "33–66%", "66–90%", "90–100%",
    ]  # fmt: skip
    assert chart.bands[2].word == "about as likely as not"


def test_ten_largest_are_labelled_of_sixty(caption: Caption, matrix: pd.DataFrame) -> None:
    one = matrix.iloc[[0]]
    sixty = pd.concat(
        [one.assign(item=f"R-{rank:02}", expected_per_year=-float(rank + 1)) for rank in range(60)]
    )
    chart = table(sixty, {}, caption, controls=["current"])
    labelled = chart.points[chart.points["labelled"]]
    assert set(labelled["item"]) == {f"R-{rank}" for rank in range(50, 60)}
    assert "Labelled: the largest by expected effect (10). Drawn without a label: 50." in (
        chart.words.notes
    )


def test_items_left_out_are_listed(
    matrix: pd.DataFrame, titles: dict[str, str], caption: Caption
) -> None:
    never = matrix["item"] == "O-ENE-1"
    matrix.loc[never, ["likelihood", "expected_per_year"]] = 0.0
    matrix.loc[never, AMOUNTS[:4]] = np.nan
    matrix.loc[matrix["item"] == "R-REP-1", ["likelihood", *AMOUNTS]] = np.nan
    chart = table(matrix, titles, caption, not_assessed=["R-NEW-1"])
    assert chart.not_assessed == ("R-NEW-1", "R-REP-1")
    assert chart.immaterial == ("O-ENE-1",)
    notes = "\n".join(chart.words.notes)
    assert "Not assessed, left out (2): R-NEW-1, R-REP-1 Reputation with investors" in notes
    assert "No material year in any draw (1): O-ENE-1" in notes


def test_nothing_assessed(titles: dict[str, str], caption: Caption, matrix: pd.DataFrame) -> None:
    chart = table(matrix.iloc[:0], titles, caption, not_assessed=list(titles))
    assert chart.points.empty
    assert chart.words.title == (
        "Nothing is assessed yet; items that wait for a likelihood and an impact: 10",
    )
    assert any("and 4 more" in note for note in chart.words.notes)


def test_no_material_year_at_all(
    titles: dict[str, str], caption: Caption, matrix: pd.DataFrame
) -> None:
    chart = table(matrix.assign(likelihood=0.0), titles, caption, not_assessed=["R-NEW-1"])
    assert chart.words.title == ("No assessed item has a material year in this horizon",)


def test_one_control_alone_names_itself(
    matrix: pd.DataFrame, titles: dict[str, str], caption: Caption
) -> None:
    chart = table(matrix, titles, caption, controls=["residual"])
    assert set(chart.points["control"]) == {"residual"}
    assert chart.arrows.empty
    assert chart.words.keys["filled"].startswith("With planned measures")


def test_order_of_rows_does_not_matter(
    matrix: pd.DataFrame, titles: dict[str, str], caption: Caption, chart: MatrixChart
) -> None:
    shuffled = table(matrix.sample(frac=1, random_state=7), titles, caption)
    pd.testing.assert_frame_equal(shuffled.points, chart.points)
    assert shuffled.words == chart.words


def test_hostile_titles_become_one_visible_line(
    matrix: pd.DataFrame, titles: dict[str, str], caption: Caption
) -> None:
    titles["R-TEC-1"] = "A\u0000\n\nB \u202eC\u200b {x} $y$ <b>"
    hostile = replace(caption, notice="Line one\nline two")
    chart = table(matrix, titles, hostile)
    assert point(chart, "R-TEC-1")["label"] == "R-TEC-1 A B C {x} $y$ <b>"
    assert chart.words.notice == "Line one line two"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"scenario": "x"}, "scenario: found x, allowed delayed_transition"),
        ({"horizon": "long"}, "horizon: found long, allowed short"),
        ({"controls": ["inherent"]}, "control: found inherent, allowed current, residual"),
        ({"appetite": 0.0}, "appetite: found 0.0, allowed a finite amount above 0"),
    ],
)
def test_bad_choices(
    matrix: pd.DataFrame,
    titles: dict[str, str],
    caption: Caption,
    change: dict[str, Any],
    message: str,
) -> None:
    with pytest.raises(ValueError, match=message):
        table(matrix, titles, caption, **change)


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("likelihood", 1.2, r"likelihood of R-POL-1: found 1\.2, allowed 0 to 1"),
        ("impact_p95", 4.0, "impact of R-POL-1: .* amounts below 0 for a risk"),
        ("impact_mean", -np.inf, "allowed finite amounts"),
        ("kind", "threat", "kind of R-POL-1: found threat, allowed risk, opportunity"),
        ("control", "residual", "item: found R-POL-1 twice, allowed once a control"),
    ],
)
def test_bad_rows(
    matrix: pd.DataFrame,
    titles: dict[str, str],
    caption: Caption,
    column: str,
    value: Any,
    message: str,
) -> None:
    matrix.loc[0, column] = value
    with pytest.raises(ValueError, match=message):
        table(matrix, titles, caption)


def test_missing_column(matrix: pd.DataFrame, titles: dict[str, str], caption: Caption) -> None:
    with pytest.raises(ValueError, match="found no column likelihood_se"):
        table(matrix.drop(columns="likelihood_se"), titles, caption)
