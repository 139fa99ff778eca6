"""Chart tables hold the numbers of the run's tables, and say what they show."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from climrisk import charts
from climrisk.charts import (
    StudyLabels,
    comparison_table,
    driver_names,
    drivers_table,
    emissions_table,
    exceedance_table,
    fan_table,
    inputs_table,
    items_table,
    measures_table,
    study_labels,
    target_table,
    waterfall_table,
    worse_than,
)
from climrisk.charts.table import Bars, Rule
from climrisk.domain.study import Study
from climrisk.i18n import percent
from climrisk.io.run_tables import run_labels, run_tables
from tests.charts.worlds import NOTICE, analysed, charted_study, every_table, four_items
from tests.studies import BASE_YEAR

LAST = BASE_YEAR + 4


@pytest.fixture(scope="module")
def study() -> Study:
    return charted_study(four_items())


@pytest.fixture(scope="module")
def results(study: Study) -> xr.Dataset:
    return analysed(study)


@pytest.fixture(scope="module")
def labels(study: Study, results: xr.Dataset) -> StudyLabels:
    return study_labels(study, results)


@pytest.fixture(scope="module")
def tables(study: Study, results: xr.Dataset) -> dict[str, pd.DataFrame]:
    return run_tables(results, run_labels(study, ("flat", "steep")))


def rows(table: pd.DataFrame, **wanted: Any) -> pd.DataFrame:
    """Return the rows of a run's table with these values."""
    for column, value in wanted.items():
        table = table[table[column] == value]
    return table


@pytest.mark.parametrize("subject", ["total", "risks", "opportunities"])
def test_fan_is_annual_csv(
    subject: str, results: xr.Dataset, labels: StudyLabels, tables: dict[str, pd.DataFrame]
) -> None:
    chart = fan_table(results, labels, scenario="steep", subject=subject)
    world = {"scenario": "steep", "control": "current", "channel": "net", "subject": subject}
    for statistic in ("p5", "p50", "p95", "mean"):
        printed = rows(tables["annual.csv"], statistic=statistic, **world)
        np.testing.assert_array_equal(chart.data[statistic], printed["value"])
        np.testing.assert_array_equal(chart.data["year"], printed["year"])


def test_upright_lines_part_the_horizons_in_whatever_order_they_are_stated(
    results: xr.Dataset, labels: StudyLabels
) -> None:
    backwards = replace(labels, years=dict(reversed(labels.years.items())))
    later = sorted(first for first, _ in labels.years.values())[1:]
    for stated in (labels, backwards):
        marks = fan_table(results, stated, scenario="steep").marks
        upright = [mark.at for mark in marks if isinstance(mark, Rule) and mark.axis == "x"]
        assert upright == [first - 0.5 for first in later]


def test_exceedance_is_exceedance_csv(
    results: xr.Dataset, labels: StudyLabels, tables: dict[str, pd.DataFrame]
) -> None:
    chart = exceedance_table(results, labels, scenario="steep", year=LAST)
    for curve, basis in (("risks", "AEP"), ("risks", "OEP"), ("total", "AEP")):
        drawn = rows(chart.data, curve=curve, basis=basis)
        printed = rows(
            tables["exceedance.csv"], scenario="steep", control="current", year=LAST,
            subject=curve, basis=basis, convention="probability",
        ).dropna(subset="loss")  # fmt: skip
        np.testing.assert_array_equal(drawn["loss"], printed["loss"])
        np.testing.assert_allclose(drawn["probability"] * printed["return_period"].to_numpy(), 1.0)


def test_exceedance_says_the_probability_of_breach_at_the_appetite(
    results: xr.Dataset, labels: StudyLabels
) -> None:
    chart = exceedance_table(results, labels, scenario="steep", year=LAST)
    at = {"scenario": "steep", "control": "current", "curve": "risks", "year": LAST}
    chance = percent(float(results["annual_breach_probability"].sel(at)))
    (rule,) = (mark for mark in chart.marks if isinstance(mark, Rule))
    assert rule.at == labels.appetite
    assert chance in rule.label
    assert chance in chart.title


@pytest.mark.parametrize("by", ["category", "channel"])
@pytest.mark.parametrize("horizon", ["short", "long"])
def test_waterfall_steps_add_up_to_the_total_of_summary_csv(
    by: Any,
    horizon: str,
    results: xr.Dataset,
    labels: StudyLabels,
    tables: dict[str, pd.DataFrame],
) -> None:
    chart = waterfall_table(results, labels, scenario="steep", horizon=horizon, by=by)
    *steps, total = chart.data["amount"]
    printed = rows(
        tables["summary.csv"], scenario="steep", control="current", horizon=horizon,
        subject="total", channel="net", statistic="mean", line="all", model="all",
    )["value"].item()  # fmt: skip
    assert total == printed / 2
    assert sum(steps) == pytest.approx(total, rel=1e-12)
    assert chart.data["end"].iloc[-2] == pytest.approx(total, rel=1e-12)


def test_comparison_is_summary_csv_a_year_and_probabilities_of_differences_csv(
    results: xr.Dataset, labels: StudyLabels, tables: dict[str, pd.DataFrame]
) -> None:
    chart = comparison_table(results, labels, horizon="long", against="flat")
    drawn = chart.data.set_index("scenario")
    total = {"control": "current", "horizon": "long", "subject": "total", "channel": "net"}
    for statistic in ("p5", "p50", "p95", "mean"):
        for scenario in ("flat", "steep"):
            printed = rows(tables["summary.csv"], statistic=statistic, scenario=scenario, **total)[
                "value"
            ].item()
            assert drawn.loc[scenario, statistic] == printed / 2
    printed = rows(
        tables["differences.csv"], scenario="steep", against_scenario="flat",
        control="current", horizon="long", statistic="probability_exceeds",
    )["value"].item()  # fmt: skip
    assert drawn.loc["steep", "worse"] == 1.0 - printed
    assert np.isnan(drawn.loc["flat", "worse"])


def test_one_scenario_is_worse_where_the_other_is_not(results: xr.Dataset) -> None:
    table = worse_than(results, "long")
    np.testing.assert_allclose(table + table.T, np.where(np.eye(len(table)), np.nan, 1.0))


def test_steeper_price_is_always_worse(results: xr.Dataset) -> None:
    assert worse_than(results, "long").loc["steep", "flat"] == 1.0


def test_items_are_the_largest_of_each_kind(results: xr.Dataset, labels: StudyLabels) -> None:
    chart = items_table(results, labels, scenario="steep", horizon="long", most=1)
    assert chart.data["item"].tolist() == ["R-POL-1", "O-RES-1"]
    at = {"scenario": "steep", "control": "current", "channel": "net", "horizon": "long"}
    sums = results["percentile"].sel(at).sel(subject="O-RES-1").to_numpy()
    np.testing.assert_array_equal(chart.data.loc[1, ["p5", "p50", "p95"]].astype(float), sums / 2)


def test_inputs_are_ranked_and_hatched_where_assumed(
    results: xr.Dataset, labels: StudyLabels
) -> None:
    chart = inputs_table(results, labels, scenario="steep", horizon="long")
    assert chart.data["share"].is_monotonic_decreasing
    (bars,) = (mark for mark in chart.marks if isinstance(mark, Bars))
    assert bars.hatched == tuple(chart.data["basis"] == "assumption")
    assert any(bars.hatched)
    assert not all(bars.hatched)


def test_measures_are_measures_csv(
    results: xr.Dataset, labels: StudyLabels, tables: dict[str, pd.DataFrame]
) -> None:
    chart = measures_table(results, labels, scenario="steep")
    for _, drawn in chart.data.iterrows():
        printed = rows(
            tables["measures.csv"], scenario="steep", horizon="all",
            measure=drawn["measure"], statistic=drawn["statistic"],
        ).iloc[0]  # fmt: skip
        for statistic in ("mean", "p5", "p50", "p95"):
            np.testing.assert_equal(drawn[statistic], printed[statistic])
    assert chart.data["measure"].iloc[0] == "M-FREE"  # the same benefit at no cost


def test_drivers_are_as_the_scenario_states_them(study: Study, labels: StudyLabels) -> None:
    assert driver_names(study) == ("price",)
    chart = drivers_table(study, labels, driver="price")
    drawn = chart.data.set_index(["scenario", "year"])["middle"]
    assert drawn["flat", LAST] == 1.0
    assert drawn["steep", LAST] == pytest.approx(3.0)
    assert drawn["steep", BASE_YEAR + 2] == pytest.approx(2.0)  # half-way, linear
    assert {mark.label for mark in chart.marks} == {"flat", "steep"}  # type: ignore[union-attr]
    assert len({mark.dash for mark in chart.marks}) == 2  # type: ignore[union-attr]


def test_unknown_driver(study: Study, labels: StudyLabels) -> None:
    with pytest.raises(ValueError, match="driver: found 'x', allowed price"):
        drivers_table(study, labels, driver="x")


PROJECTED = pd.DataFrame(
    [("T-1", "steep", year, 0.8, 1.0, 1.2, 1.0, 0.5) for year in (2024, 2025)],
    columns=["target", "scenario", "year", "p5", "p50", "p95", "limit", "probability"],
)
TARGET = {"target": "T-1", "title": "No more", "unit": "t/m2", "target_year": 2025}


def test_target_says_limit_and_probability(labels: StudyLabels) -> None:
    chart = target_table(PROJECTED, labels, scenario="steep", **TARGET)
    assert chart.title == "50% chance of meeting the limit of 1 t/m2 in 2025"
    assert "0.8 to 1.2 t/m2" in chart.alt


def test_target_refuses_what_is_missing(labels: StudyLabels) -> None:
    with pytest.raises(ValueError, match="found no column limit; allowed: target"):
        target_table(PROJECTED.drop(columns="limit"), labels, scenario="steep", **TARGET)
    with pytest.raises(ValueError, match="no row of target 'T-1' in scenario 'flat'"):
        target_table(PROJECTED, labels, scenario="flat", **TARGET)


EMITTED = pd.DataFrame(
    {"scope": [2, 1, 2], "source": ["Power", "Fleet", "Heat"], "value": [1200.0, 100.0, 30.0]}
)


def test_emissions_by_source_within_scope(labels: StudyLabels) -> None:
    chart = emissions_table(EMITTED, labels, year=2023)
    assert chart.data["source"].tolist() == ["Fleet", "Power", "Heat"]
    assert chart.title == "1,330.0 tCO2e in 2023"
    assert "Scope 2 1,230.0" in chart.alt


def test_emissions_refuse_netting_and_strange_scopes(labels: StudyLabels) -> None:
    with pytest.raises(ValueError, match="below 0; allowed: gross emissions"):
        emissions_table(EMITTED.assign(value=-1.0), labels, year=2023)
    with pytest.raises(ValueError, match="scope: found '4', allowed 1, 2, 3"):
        emissions_table(EMITTED.assign(scope=4), labels, year=2023)


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda r, x: fan_table(r, x, scenario="x"), "scenario: found 'x', allowed base_year"),
        (
            lambda r, x: exceedance_table(r, x, scenario="flat", year=1),
            "curve_year: found 1, allowed 2025, 2027",
        ),
        (
            lambda r, x: comparison_table(r, x, horizon="long", against="x"),
            "scenario: found 'x', allowed",
        ),
    ],
)
def test_unknown_ids(draw: Any, message: str, results: xr.Dataset, labels: StudyLabels) -> None:
    with pytest.raises(ValueError, match=message):
        draw(results, labels)


@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans"])
def test_every_chart_says_unit_price_year_world_and_notice(
    language: Any, study: Study, results: xr.Dataset
) -> None:
    labels = study_labels(study, results, language)
    for chart in every_table(results, labels):
        assert chart.alt
        assert chart.title
        assert chart.notice == NOTICE
        assert chart.unit in chart.x.title + chart.y.title
        assert "steep" in chart.subtitle or chart.name == "comparison"
        if chart.name != "inputs":
            assert labels.unit in chart.subtitle
            assert "2023" in chart.subtitle
        assert any("400" in note for note in chart.notes)


def test_what_the_package_names_is_never_a_module() -> None:
    for name in charts.__all__:
        assert not isinstance(getattr(charts, name), ModuleType), name
