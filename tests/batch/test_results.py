from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from climrisk.analysis import analyse
from climrisk.batch.planning import read_batch
from climrisk.batch.results import open_batch
from climrisk.batch.run import run_batch
from climrisk.domain.varied import varied
from climrisk.errors import RunFolderError
from climrisk.io.batch_tables import write_headline
from tests.batch.folders import done_lines

WARMING = "scenarios.*.drivers.warming [x]"


def test_each_run_holds_what_analyse_finds_for_its_varied_study(
    batch_file: Path, finished: Path
) -> None:
    (study,) = read_batch(batch_file).studies
    run = study.runs[-1]
    assert run.name == "gates_late"
    alone = analyse(varied(study.study, run.settings), draws=40, seed=3, outputs={"ranges"})
    found = open_batch(finished).dataset().sel(run="gates_late")
    for name in ("mean", "mean_se", "mean_change", "sd_se"):
        wanted, stored = alone[name], found["summary"].sel(statistic=name)
        np.testing.assert_array_equal(stored.to_numpy(), wanted.to_numpy())
    for place, name in enumerate(("p5", "p50", "p95")):
        wanted = alone["percentile_se"].isel(quantile=place)
        stored = found["summary"].sel(statistic=f"{name}_se")
        np.testing.assert_array_equal(stored.to_numpy(), wanted.to_numpy())
    for place, level in enumerate((95, 99)):
        wanted = alone["loss_tvar"].isel(level=place)
        stored = found["summary"].sel(statistic=f"loss_tvar{level}")
        np.testing.assert_array_equal(stored.to_numpy(), wanted.to_numpy())
    stored = found["present_value"].sel(value_statistic="p50")
    np.testing.assert_array_equal(
        stored.to_numpy(), alone["npv_percentile"].isel(quantile=1).to_numpy()
    )


def test_the_headline_has_a_row_for_each_run_and_scenario(finished: Path) -> None:
    found = open_batch(finished).headline()
    assert len(found) == 10 * 3
    assert found["run"].drop_duplicates().to_list() == [
        "base", *(f"r{number}" for number in range(1, 9)), "gates_late",
    ]  # fmt: skip
    base = found[found["run"] == "base"]
    assert base["scenario"].to_list() == ["base_year", "current_policies", "net_zero_2050"]
    assert (base[WARMING] == 1.0).all()
    assert base["discount_rate"].isna().all()
    assert (base[["net_difference", "net_difference_se"]] == 0.0).all(axis=None)
    assert (base["net_exceeds"] == 0.5).all()
    late = found[found["run"] == "gates_late"]
    assert (late["register.O-1.likelihood [x]"] == 0.5).all()
    assert (late["measures.M-1.start"] == 2028.0).all()
    assert (late["net_difference"] < -3 * late["net_difference_se"]).all()
    assert set(found["horizon"]) == {"medium"}
    assert set(found["years"]) == {4}
    assert set(found["unit"]) == {"RMB million, 2023 prices"}


def test_differences_are_those_of_the_means_and_far_better_known(finished: Path) -> None:
    found = open_batch(finished).headline().set_index(["run", "scenario"])
    base = found.loc["base"]
    for run in ("r5", "gates_late"):
        one = found.loc[run]
        gap = one["net_mean"] - base["net_mean"]
        np.testing.assert_allclose(one["net_difference"], gap, rtol=1e-9, atol=1e-9)
    likelier = found.loc["r3"]
    unpaired = np.hypot(likelier["net_mean_se"], base["net_mean_se"])
    assert (likelier["net_difference_se"] < 0.6 * unpaired).all()


def test_tables_on_the_disk_are_those_of_python(finished: Path) -> None:
    results = open_batch(finished)
    read = pd.read_csv(finished / "headline.csv")
    pd.testing.assert_frame_equal(read[["net_mean", "npv_p5"]],
                                  results.headline()[["net_mean", "npv_p5"]])  # fmt: skip
    whole = pd.read_parquet(finished / "summary.parquet")
    alone = pd.concat(list(results.summary()), ignore_index=True)
    assert len(whole) == len(alone)
    np.testing.assert_array_equal(whole["mean"], alone["mean"])
    total = whole.query(
        "run == 'r2' and subject == 'total' and channel == 'net' and control == 'current'"
    )
    assert total["horizon"].astype(str).drop_duplicates().to_list() == ["short", "medium", "all"]
    of_medium = total[total["horizon"] == "medium"].set_index("scenario")["mean"]
    headline = results.headline().query("run == 'r2'").set_index("scenario")["net_mean"]
    np.testing.assert_array_equal(of_medium.to_numpy(), headline.to_numpy())


def test_the_dataset_says_what_each_run_varies(finished: Path) -> None:
    found = open_batch(finished).dataset()
    settings = found["setting"].sel(run="r4").to_series()
    assert settings["register.R-1.likelihood"] == "x1.5"
    assert settings["discount_rate"] == "0.1"
    assert settings["measures.M-1.start"] == ""
    assert found.attrs["study"] == "shop"
    assert found["draws"].sizes["draw"] == 40
    assert len(set(found["key"].to_numpy())) == 9


def test_without_draws_only_those_of_the_base_run_are_kept(
    batch_file: Path, finished: Path, tmp_path: Path
) -> None:
    file = batch_file.with_name("no-draws.yaml")
    text = batch_file.read_text(encoding="utf-8")
    file.write_text(f"{text}keep_draws: false\nscenarios: [net_zero_2050]\n", encoding="utf-8")
    out = tmp_path / "out"
    run_batch(read_batch(file), out)
    assert not (out / "results.zarr" / "shop" / "draws").exists()
    assert (out / "results.zarr" / "shop" / "base_draws").exists()
    few = open_batch(out).headline().query("scenario == 'net_zero_2050'")
    all_ = open_batch(finished).headline().query("scenario == 'net_zero_2050'")
    np.testing.assert_array_equal(few["net_difference"], all_["net_difference"])
    again = run_batch(read_batch(file), out, resume=True)
    assert (again.finished, again.new) == (9, 0)


def test_a_batch_under_way_tells_its_finished_runs(begun: Path) -> None:
    lines = [json.dumps(one) for one in done_lines(begun)]
    failed = json.dumps({**done_lines(begun)[4], "status": "failed", "cause": "astray"})
    text = "\n".join([*lines[:3], failed]) + "\n"
    (begun / "manifest.jsonl").write_text(text, encoding="utf-8")
    results = open_batch(begun)
    assert set(results.headline()["run"]) == {"base", "r1", "r2", "r3"}
    assert results.failed == {"shop/r5": "astray"}


def test_no_batch_and_no_run_are_told(tmp_path: Path, begun: Path) -> None:
    with pytest.raises(RunFolderError, match=r"no batch: batch\.json is missing"):
        open_batch(tmp_path)
    (begun / "manifest.jsonl").unlink()
    results = open_batch(begun)
    assert results.headline().empty
    with pytest.raises(KeyError, match="no run of shop is finished"):
        results.dataset()


def test_no_text_of_a_table_is_a_formula(tmp_path: Path) -> None:
    frame = pd.DataFrame({"=cmd|a": ["=1+1", "a\nb", None], "value": [1.5, -2.0, np.nan]})
    write_headline(tmp_path / "table.csv", frame)
    rows = list(csv.reader(io.StringIO((tmp_path / "table.csv").read_text(encoding="utf-8"))))
    assert rows == [["'=cmd|a", "value"], ["'=1+1", "1.5"], ["a b", "-2.0"], ["", ""]]
