"""Targets, emissions and scenarios side by side say what the projection of LX holds."""

from __future__ import annotations

import re

import numpy as np
import pytest
import xarray as xr

from climrisk.analysis import analyse
from climrisk.analysis.projection import project
from climrisk.charts import (
    StudyLabels,
    chances_table,
    emission_path_table,
    emissions_table,
    scenario_grid,
    stated_emission_rows,
    study_labels,
    target_paths,
    target_rows,
    target_table,
    target_title,
)
from climrisk.charts.table import Band, Line
from climrisk.domain.study import Study
from climrisk.i18n import number_range, percent
from climrisk.io.study import read_study
from climrisk.names import NET, TOTAL

DRAWS = 64
WORLD = {"scenario": "net_zero_2050", "control": "current"}


@pytest.fixture(scope="module")
def lx() -> Study:
    study = read_study("lx-technology-2023")
    two = {"scenarios": ("net_zero_2050", "current_policies")}
    return study.model_copy(update={"settings": study.settings.model_copy(update=two)})


@pytest.fixture(scope="module")
def results(lx: Study) -> xr.Dataset:
    return analyse(lx, draws=DRAWS, outputs={"breaches", "differences"})


@pytest.fixture(scope="module")
def outlook(lx: Study) -> xr.Dataset:
    return project(lx, draws=DRAWS)


@pytest.fixture(scope="module")
def labels(lx: Study, results: xr.Dataset) -> StudyLabels:
    return study_labels(lx, results)


def test_chances_by_year_are_shares_of_draws(
    lx: Study, outlook: xr.Dataset, labels: StudyLabels
) -> None:
    chart = chances_table(lx, outlook, labels, target="T-GHG")
    lines = [mark for mark in chart.marks if isinstance(mark, Line)]
    assert [line.label for line in lines] == ["Net Zero 2050", "Current policies"]
    for line, scenario in zip(lines, lx.settings.scenarios, strict=True):
        met = outlook["target_met_stated"].sel(target="T-GHG", scenario=scenario, control="current")
        np.testing.assert_array_equal(line.y, 100 * met.to_numpy())
        np.testing.assert_array_equal(line.y * DRAWS / 100, np.round(line.y * DRAWS / 100))
    assert "2025" in chart.title
    with pytest.raises(ValueError, match="target: found 'T-WASTE', allowed"):
        chances_table(lx, outlook, labels, target="T-WASTE")


def test_a_target_in_one_world_is_drawn_from_its_paths(
    lx: Study, outlook: xr.Dataset, labels: StudyLabels
) -> None:
    title = target_title(lx, labels, "T-WATER")
    chart = target_table(
        target_paths(outlook), labels, target="T-WATER", scenario="net_zero_2050",
        title=title, unit="t/m2", target_year=2025,
    )  # fmt: skip
    band = next(mark for mark in chart.marks if isinstance(mark, Band))
    at = outlook["target_percentile"].sel(target="T-WATER", **WORLD)
    np.testing.assert_array_equal(band.low, at.isel(quantile=0))
    np.testing.assert_array_equal(band.high, at.isel(quantile=2))
    with pytest.raises(ValueError, match="control: found 'none', allowed current, residual"):
        target_paths(outlook, control="none")


def test_rows_of_targets_leave_blank_what_has_no_figure(
    lx: Study, outlook: xr.Dataset, labels: StudyLabels
) -> None:
    rows = {row[0].split()[0]: row for row in target_rows(lx, outlook, labels, **WORLD)}
    assert set(rows) == set(lx.targets)
    assert rows["T-WASTE"][2:] == ("–",) * 4
    met = float(outlook["target_met_stated"].sel(target="T-GHG", year=2025, **WORLD))
    assert rows["T-GHG"][2] == "0.04 tCO2e/m2"
    assert rows["T-GHG"][4][2:].startswith(f"{percent(met)} ±")
    assert target_rows(lx, xr.Dataset(), labels, **WORLD)[0][2:] == ("–",) * 4


def test_sources_add_up_to_scopes_1_and_2(outlook: xr.Dataset, labels: StudyLabels) -> None:
    for method in ("market", "location"):
        data = emission_path_table(outlook, labels, method=method, **WORLD).data
        mean = data.pivot(index="source", columns="year", values="mean")
        total = mean.loc["all"]
        np.testing.assert_allclose(mean.drop("all").sum(), total, rtol=1e-12)
    with pytest.raises(ValueError, match="method: found 'both', allowed market, location"):
        emission_path_table(outlook, labels, method="both", **WORLD)


def test_nothing_projected_is_said(labels: StudyLabels) -> None:
    chart = emission_path_table(xr.Dataset(), labels, **WORLD)
    assert chart.empty == chart.alt
    assert not chart.marks
    assert stated_emission_rows(xr.Dataset(), labels, year=2023).empty


def test_the_base_year_by_source_is_the_recalculated_one(
    outlook: xr.Dataset, labels: StudyLabels
) -> None:
    rows = stated_emission_rows(outlook, labels, year=2023)
    assert sorted(rows["source"]) == ["Diesel", "Electricity", "Petrol"]
    # the report prints 1,332.08 t of scopes 1 and 2
    assert rows["value"].sum() == pytest.approx(1332.08, abs=0.05)
    assert emissions_table(rows, labels, year=2023).empty is None


def test_scenarios_side_by_side(
    lx: Study, results: xr.Dataset, outlook: xr.Dataset, labels: StudyLabels
) -> None:
    grid = scenario_grid(lx, results, outlook, labels, horizon="long", against="current_policies")
    assert grid.scenarios == ("Net Zero 2050", "Current policies")
    assert {len(row.cells) for row in grid.rows} == {0, 2}
    said = {row.head: row.cells for row in grid.rows}
    net = results["percentile"].sel(
        subject=TOTAL, channel=NET, horizon="long", control="current", scenario="net_zero_2050"
    )
    low, _, high = net.to_numpy() / 20
    assert said["Total net, P5–P95 (RMB million a year)"][0] == number_range(low, high)
    assert said["Worse than Current policies, same draws"][1] == "–"
    assert sum(head.startswith("T-GHG") for head in said) == 2
    assert any("T-WASTE" in note for note in grid.notes)
    price = said["Carbon price (RMB of 2023 a tCO2)"]
    assert float(price[0].replace(",", "")) > float(price[1].replace(",", ""))


def test_a_horizon_that_ends_before_a_target_has_its_own_year(
    lx: Study, results: xr.Dataset, outlook: xr.Dataset, labels: StudyLabels
) -> None:
    late = outlook.assign_coords(target_target_year=("target", [2060] * outlook.sizes["target"]))
    grid = scenario_grid(
        lx, results, late, labels, horizon="short", against="current_policies", control="residual"
    )
    said = {row.head: row.cells for row in grid.rows}
    assert not any(head.startswith("Worse") for head in said)
    targets = [cells for head, cells in said.items() if head.startswith("T-")]
    assert targets == [("–", "–")] * outlook.sizes["target"]


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans"])
def test_side_by_side_in_chinese_has_no_english_words(
    lx: Study, results: xr.Dataset, outlook: xr.Dataset, language: str
) -> None:
    labels = study_labels(lx, results, language)
    grid = scenario_grid(lx, results, outlook, labels, horizon="medium", against="current_policies")
    words = [*grid.scenarios, *(row.head for row in grid.rows)]
    english = {word for text in words for word in re.findall("[A-Za-z]{3,}", text)}
    assert english <= {"ELECTRICITY", "GHG", "WATER", "tCO"}
