from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from climrisk.errors import RunFolderError
from climrisk.io.csv_text import csv_bytes
from climrisk.io.run_folder import (
    canonical_json,
    first_difference,
    input_hash,
    read_run,
    run_key,
    write_run,
)
from climrisk.io.study import read_study
from tests.small_study import edited, small_study

TABLES = ("summary.csv", "annual.csv", "matrix.csv", "exceedance.csv")
PICTURES = tuple(f"matrix-net_zero_2050-{name}.png" for name in ("long", "medium", "short"))
NOTICE = (
    "Illustration by climrisk from the 2023 report, not the company's assessment; "
    "later reports not used."
)
COLUMNS = {
    "summary.csv": "scenario, model, control, horizon, years, subject, line, channel, statistic, "
    "value, standard_error, unit",
    "emissions.csv": "scenario, control, year, scope, category, site, source, factor_set, basis, "
    "statistic, value, standard_error, unit",
    "targets.csv": "target, metric, unit, kind, base_year, base_value, target_year, limit, "
    "stated_decimals, scenario, control, year, basis, projected_p5, projected_p50, projected_p95, "
    "probability_met_stated, probability_met_unrounded, status",
    "annual.csv": "scenario, control, year, subject, channel, statistic, value, standard_error",
    "matrix.csv": "scenario, control, horizon, item, kind, category, likelihood, likelihood_se, "
    "likelihood_per_year, impact_mean, impact_mean_se, impact_p5, impact_p50, impact_p95, "
    "expected_per_year, rank_expected, rank_tail, rank_stability",
    "exceedance.csv": "scenario, control, year, subject, basis, convention, return_period, loss, "
    "standard_error",
}
REMARKS = {"rank_stability_reason", "unit", "notice"}
PARTS = ["risks", "opportunities", "carbon_cost", "overlap", "measures"]


@pytest.fixture(scope="module")
def tables(lx_run: Path) -> dict[str, pd.DataFrame]:
    return {name: pd.read_csv(lx_run / name) for name in TABLES}


def test_a_run_folder_holds_inputs_results_record_and_pictures(lx_run: Path) -> None:
    names = {file.name for file in lx_run.iterdir()}
    assert names >= {*TABLES, "results.nc", "run.json", "study.json"}
    assert len([name for name in names if name.startswith("matrix-")]) == 3
    assert names >= {"emissions.csv", "targets.csv", "abatement.csv", "targets.png"}


def test_two_runs_with_one_seed_are_the_same_to_the_last_byte(
    lx_runs: tuple[Path, Path],
) -> None:
    one, two = lx_runs
    names = sorted(file.name for file in one.iterdir())
    assert names == sorted(file.name for file in two.iterdir())
    for name in names:
        if name != "run.json":
            assert (one / name).read_bytes() == (two / name).read_bytes(), name
    first, second = (json.loads((run / "run.json").read_text(encoding="utf-8")) for run in lx_runs)
    for cost in ("wall_seconds", "peak_memory_mb"):
        del first[cost], second[cost]
    assert first == second


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_those_that_scripts_rely_on(tables: dict[str, pd.DataFrame], name: str) -> None:
    stated, found = COLUMNS[name].split(", "), list(tables[name].columns)
    assert found[: len(stated)] == stated
    assert set(found[len(stated) :]) <= REMARKS
    assert {"unit", "notice"} <= set(found)


@pytest.mark.parametrize("name", ["emissions.csv", "targets.csv"])
def test_emissions_and_targets_begin_with_the_columns_of_the_design(
    lx_run: Path, name: str
) -> None:
    found = pd.read_csv(lx_run / name)
    stated = COLUMNS[name].split(", ")
    assert list(found.columns)[: len(stated)] == stated
    assert set(found["basis"]) <= {"reported", "recalculated", "projected", "assumption"}
    assert found["notice"].str.startswith(NOTICE).all()


def test_targets_past_their_year_are_assumptions(lx_run: Path) -> None:
    found = pd.read_csv(lx_run / "targets.csv").dropna(subset="scenario")
    past = found["year"] > found["target_year"]
    assert (found["basis"] == past.map({True: "assumption", False: "projected"})).all()
    in_words = pd.read_csv(lx_run / "targets.csv").set_index("target").loc["T-WASTE"]
    assert in_words["status"] == "no_status"


@pytest.mark.parametrize("name", TABLES)
def test_every_row_says_what_the_study_is_not_and_what_is_unverified(
    tables: dict[str, pd.DataFrame], name: str
) -> None:
    (notice,) = tables[name]["notice"].unique()
    assert notice.startswith(NOTICE)
    for unverified in ("heavy_rain_frequency", "cyclone_wind", "carbon_price conversion"):
        assert unverified in notice.split("Unverified inputs in use: ")[1]


@pytest.mark.parametrize("name", TABLES)
def test_amounts_carry_currency_and_price_year(tables: dict[str, pd.DataFrame], name: str) -> None:
    assert set(tables[name]["unit"]) <= {"RMB million, 2023 prices", "1"}


def test_notice_stands_in_every_other_file(lx_run: Path) -> None:
    for name in ("run.json", "study.json"):
        assert NOTICE in (lx_run / name).read_text(encoding="utf-8"), name
    with xr.open_dataset(lx_run / "results.nc", engine="h5netcdf") as results:
        assert NOTICE in results.attrs["notice"]


def wide(table: pd.DataFrame, statistics: list[str]) -> pd.DataFrame:
    """Return one row for each figure and one column for each subject or statistic."""
    chosen = table[table["statistic"].isin(statistics)]
    if "model" in chosen:
        chosen = chosen[chosen["model"] == "all"]
    place = [name for name in ("scenario", "control", "horizon", "year") if name in table]
    return chosen.set_index([*place, "channel", "statistic", "subject"])["value"].unstack(
        "subject" if len(statistics) == 1 else "statistic"
    )


@pytest.mark.parametrize(
    ("name", "statistic"),
    [
        ("summary.csv", "mean"),
        ("summary.csv", "mean_change"),
        ("summary.csv", "npv_mean"),
        ("annual.csv", "mean"),
    ],
)
def test_totals_are_the_sum_of_their_parts(
    tables: dict[str, pd.DataFrame], name: str, statistic: str
) -> None:
    rows = wide(tables[name], [statistic]).fillna(0.0)
    items = [one for one in rows if one.startswith(("R-", "O-"))]
    parts = rows[PARTS].sum(axis=1)
    np.testing.assert_allclose(parts, rows["total"], rtol=1e-12, atol=1e-12)
    before = rows["total_before_measures"] + rows["measures"]
    np.testing.assert_allclose(before, rows["total"], rtol=1e-12, atol=1e-12)
    each = rows[items].sum(axis=1)
    both = rows["risks"] + rows["opportunities"]
    np.testing.assert_allclose(each, both, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(
    ("name", "percentiles"),
    [
        ("summary.csv", ["p5", "p50", "p95"]),
        ("summary.csv", ["npv_p5", "npv_p50", "npv_p95"]),
        ("annual.csv", ["p5", "p50", "p95"]),
    ],
)
def test_no_percentile_lies_under_a_lower_one(
    tables: dict[str, pd.DataFrame], name: str, percentiles: list[str]
) -> None:
    table = tables[name]
    place = [c for c in ("scenario", "control", "horizon", "year") if c in table]
    chosen = table[table["statistic"].isin(percentiles)]
    rows = chosen.set_index([*place, "subject", "channel", "statistic"])["value"].unstack()
    assert len(rows) > 0
    assert rows.notna().all(axis=None)
    assert (rows[percentiles].diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)


def test_the_matrix_is_in_order_and_its_ranks_are_whole(tables: dict[str, pd.DataFrame]) -> None:
    matrix = tables["matrix.csv"]
    known = matrix.dropna(subset="impact_p5")
    assert (known["impact_p5"] <= known["impact_p50"]).all()
    assert (known["impact_p50"] <= known["impact_p95"]).all()
    assert matrix["likelihood"].between(0, 1).all()
    assert matrix["rank_expected"].between(1, 6).all()
    assert set(matrix["kind"]) == {"risk", "opportunity"}
    assert set(matrix.groupby("kind")["item"].nunique()) == {4, 6}


def test_losses_never_fall_with_the_return_period(tables: dict[str, pd.DataFrame]) -> None:
    curves = tables["exceedance.csv"]
    place = ["scenario", "control", "year", "subject", "basis", "convention"]
    rows = curves.set_index([*place, "return_period"])["loss"].unstack()
    assert (rows.diff(axis=1).iloc[:, 1:].fillna(0.0) >= 0).all(axis=None)


def test_results_are_labelled_with_unit_and_name(lx_run: Path) -> None:
    with xr.open_dataset(lx_run / "results.nc", engine="h5netcdf") as results:
        assert {"scenario", "control", "horizon", "subject", "channel"} <= set(results.sizes)
        for name, variable in results.data_vars.items():
            assert variable.attrs["units"], name
            assert variable.attrs["long_name"], name
        assert (results.attrs["draws"], results.attrs["seed"]) == (64, "3")


def test_a_run_is_read_back_as_the_study_that_was_run(lx_run: Path) -> None:
    study, record = read_run(lx_run)
    assert study == read_study("lx-technology-2023")
    assert canonical_json(study) == (lx_run / "study.json").read_text(encoding="utf-8")
    assert record["input_hash"] == input_hash(study)


def test_anything_that_decides_a_number_changes_the_key() -> None:
    keys = {
        run_key("a", 10, 1, "numpy", ("ndcs",)),
        run_key("b", 10, 1, "numpy", ("ndcs",)),
        run_key("a", 11, 1, "numpy", ("ndcs",)),
        run_key("a", 10, 2, "numpy", ("ndcs",)),
        run_key("a", 10, 1, "numba", ("ndcs",)),
        run_key("a", 10, 1, "numpy", ("ndcs", "below_2c")),
    }
    assert len(keys) == 6


def test_one_changed_word_changes_the_hash(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "small")
    before = input_hash(read_study(folder))
    edited(folder / "register.yaml", ("More repairs sold", "More repairs sold."))
    assert input_hash(read_study(folder)) != before


def test_line_ends_are_the_same_on_every_system() -> None:
    assert csv_bytes(pd.DataFrame({"a": [1.5, np.nan], "b": ["x", "é"]})) == (
        b"a,b\n1.5,x\n,\xc3\xa9\n"
    )


def test_a_run_is_never_overwritten(tmp_path: Path) -> None:
    study = read_study(small_study(tmp_path / "small"))
    (tmp_path / "run").mkdir()
    with pytest.raises(RunFolderError, match="run exists already; name a folder that does not"):
        write_run(tmp_path / "run", study, xr.Dataset(), {}, "", {}, dict)


def test_a_run_that_cannot_be_finished_leaves_nothing(tmp_path: Path) -> None:
    study = read_study(small_study(tmp_path / "small"))
    with pytest.raises(RunFolderError, match="cannot be written: "):
        write_run(
            tmp_path / "run",
            study,
            xr.Dataset(),
            {"no/such/table.csv": pd.DataFrame()},
            "",
            {},
            dict,
        )
    assert [path.name for path in tmp_path.iterdir()] == ["small"]


def test_line_ends_that_differ_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"a\r\nb\r\n")
    assert (
        first_difference(tmp_path / "a.csv", b"a\nb\n") == f"{tmp_path / 'a.csv'}: line ends differ"
    )
    assert first_difference(tmp_path / "a.csv", b"a\r\nb\r\n") == ""
