from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import xarray as xr

from climrisk.analysis import analyse
from climrisk.domain.study import Study
from climrisk.io.run_tables import Labels, run_labels, run_tables, unverified_remark
from climrisk.io.study import read_study
from tests.small_study import edited, small_study

SCENARIOS = ("current_policies",)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return read_study(small_study(tmp_path_factory.mktemp("study") / "small"))


@pytest.fixture(scope="module")
def results(study: Study) -> xr.Dataset:
    return analyse(study, draws=80, seed=1)


@pytest.fixture(scope="module")
def tables(study: Study, results: xr.Dataset) -> dict[str, pd.DataFrame]:
    return run_tables(results, run_labels(study, SCENARIOS))


def value(table: pd.DataFrame, **place: object) -> float:
    for column, wanted in place.items():
        table = table[table[column] == wanted]
    assert len(table) == 1
    return float(table["value"].iloc[0])


def test_figures_are_those_of_the_results(
    results: xr.Dataset, tables: dict[str, pd.DataFrame]
) -> None:
    place = {"scenario": "current_policies", "control": "residual"}
    at = results.sel(**place)
    row = {**place, "horizon": "short", "subject": "R-1", "channel": "net"}
    summary = tables["summary.csv"]
    sums = at.sel(horizon="short", subject="R-1", channel="net")
    assert value(summary, **row, statistic="mean") == float(sums["mean"])
    assert value(summary, **row, statistic="p5") == float(sums["percentile"].sel(quantile=0.05))
    assert value(summary, **row, statistic="loss_tvar99") == float(
        sums["loss_tvar"].sel(level=0.99)
    )
    whole = {**place, "horizon": "all", "subject": "total", "statistic": "npv_p95"}
    expected = at["npv_percentile"].sel(subject="total", quantile=0.95)
    assert value(summary, **whole) == float(expected)
    year = {**place, "year": 2025, "subject": "total", "channel": "net", "statistic": "p50"}
    expected = at["annual_percentile"].sel(headline="total", year=2025, quantile=0.5)
    assert value(tables["annual.csv"], **year) == float(expected)


def test_a_horizon_states_its_years_and_the_whole_its_own(
    tables: dict[str, pd.DataFrame],
) -> None:
    summary = tables["summary.csv"]
    years = summary[["horizon", "years"]].drop_duplicates()
    assert dict(years.to_numpy().tolist()) == {"short": 3, "medium": 4, "all": 7}
    present_value = summary["statistic"].str.startswith("npv_")
    assert set(summary.loc[present_value, "horizon"]) == {"all"}
    assert "all" not in set(summary.loc[~present_value, "horizon"])


def test_channels_that_a_subject_cannot_touch_have_no_row(
    tables: dict[str, pd.DataFrame],
) -> None:
    summary = tables["summary.csv"]
    touched = summary.groupby("subject")["channel"].agg(set)
    assert touched["R-1"] == {"operating_cost", "asset_value", "net"}
    assert touched["O-1"] == {"revenue", "net"}
    assert summary["value"].notna().all()


def test_every_figure_but_a_probability_is_money(tables: dict[str, pd.DataFrame]) -> None:
    summary = tables["summary.csv"]
    units = summary.groupby("statistic")["unit"].unique().map(list).to_dict()
    chances = {name for name in units if "probability" in name}
    assert "probability" in chances
    assert all(units.pop(name) == ["1"] for name in chances)
    assert all(unit == ["RMB million, 2023 prices"] for unit in units.values())


def test_ids_and_statistics_name_a_row(tables: dict[str, pd.DataFrame]) -> None:
    keys = {
        "summary.csv": "scenario model control horizon subject line channel statistic",
        "annual.csv": "scenario control year subject channel statistic",
        "matrix.csv": "scenario control horizon item",
        "exceedance.csv": "scenario control year subject basis convention return_period",
    }
    for name, columns in keys.items():
        assert not tables[name].duplicated(columns.split()).any(), name


HOSTILE = [
    *((f"{sign}HYPERLINK(1)", f"'{sign}HYPERLINK(1)") for sign in "=+-@"),
    ("\t =1+1", "'=1+1"),
    ("two\nlines\r\nand [bold]tags[/bold]", "two lines and [bold]tags[/bold]"),
    ("plain - text = text", "plain - text = text"),
]


@pytest.mark.parametrize(("stated", "shown"), HOSTILE)
def test_users_texts_are_no_formulas_and_stand_on_one_line(
    results: xr.Dataset, stated: str, shown: str
) -> None:
    for table in run_tables(results, Labels(unit=stated, notice=stated)).values():
        assert set(table["notice"]) == {shown}
        assert set(table["unit"]) <= {shown, "1"}


def test_no_cell_of_a_text_column_begins_like_a_formula(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "small")
    edited(folder / "study.yaml", ("label: RMB", 'label: "=cmd|A1"'))
    edited(folder / "register.yaml", ("horizon: short", 'owner: "=cmd|A1"'))
    hostile = read_study(folder)
    tables = run_tables(analyse(hostile, draws=20, seed=1), run_labels(hostile, SCENARIOS))
    for table in tables.values():
        for name in table.select_dtypes(exclude="number"):
            assert not table[name].astype(str).str.startswith(("=", "+", "-", "@")).any()


def test_unverified_inputs_in_use_are_named_once(study: Study) -> None:
    assert unverified_remark(study, SCENARIOS) == "Unverified inputs in use: heavy_rain_frequency."
    assert run_labels(study, SCENARIOS).notice == unverified_remark(study, SCENARIOS)
    unlinked = study.model_copy(update={"register_": {"O-1": study.items["O-1"]}})
    assert unverified_remark(unlinked, SCENARIOS) == ""
