"""A run folder as briefings read it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from climrisk.charts.tables.comparison import comparison_table
from climrisk.errors import RunFolderError
from climrisk.io.run_figures import find_figure
from climrisk.report.run_data import RunData, open_run

NET = {"scenario": "ndcs", "control": "current", "subject": "total", "channel": "net"}


@pytest.mark.parametrize(
    ("file", "column", "address"),
    [
        ("summary.csv", "", NET | {"horizon": "long", "statistic": "p5"}),
        ("annual.csv", "", NET | {"year": 2030, "statistic": "breach_probability"}),
        (
            "matrix.csv",
            "impact_p95",
            {"scenario": "ndcs", "control": "current", "horizon": "long", "item": "R-POL-1"},
        ),
        (
            "measures.csv",
            "p95",
            {
                "scenario": "ndcs",
                "measure": "M-DIALOGUE",
                "horizon": "long",
                "statistic": "benefit",
            },
        ),
        (
            "targets.csv",
            "probability_met_stated",
            {
                "target": "T-GHG",
                "scenario": "ndcs",
                "control": "current",
                "year": 2025,
                "basis": "projected",
            },
        ),
    ],
)
def test_a_cited_figure_is_the_one_that_explain_finds(
    lx: RunData, file: str, column: str, address: dict[str, object]
) -> None:
    cited = lx.cite(file, column, **address)
    assert float(find_figure(lx.folder, cited.key).value) == cited.value


def test_the_error_stands_beside_the_figure(lx: RunData) -> None:
    found = find_figure(lx.folder, lx.key("summary.csv", **NET, horizon="long", statistic="p5"))
    cited = lx.cite("summary.csv", **NET, horizon="long", statistic="p5")
    assert cited.error == float(found.row["standard_error"])


def test_results_read_back_are_good_enough_to_draw(lx: RunData) -> None:
    table = comparison_table(lx.results, lx.labels("zh-Hant"), horizon="long", against="ndcs")
    shown = table.data.set_index("scenario")["p5"]["ndcs"]
    assert shown == lx.cite("summary.csv", **NET, horizon="long", statistic="p5").value / 20


def test_horizons_come_in_time_order_with_their_years(lx: RunData) -> None:
    assert list(lx.horizons.items()) == [("short", 3), ("medium", 4), ("long", 20)]
    assert "base_year" not in lx.scenarios


def test_an_unknown_figure_is_named(lx: RunData) -> None:
    with pytest.raises(RunFolderError, match=r"no figure summary\.csv/scenario=ndcs/.*p17"):
        lx.cite("summary.csv", **NET, horizon="long", statistic="p17")
    assert not lx.has("summary.csv", **NET, horizon="long", statistic="p17")


def test_a_missing_part_is_named(lx_folder: Path, tmp_path: Path) -> None:
    for name in ("run.json", "study.json"):
        shutil.copy(lx_folder / name, tmp_path / name)
    (tmp_path / "measures.csv").write_text("scenario,measure\n")
    run = open_run(tmp_path)
    with pytest.raises(RunFolderError, match=r"results\.nc is missing"):
        _ = run.results
    with pytest.raises(RunFolderError, match=r"summary\.csv is missing"):
        run.table("summary.csv")
    with pytest.raises(RunFolderError, match=r"measures\.csv: no column horizon, statistic"):
        run.table("measures.csv")
    (tmp_path / "results.nc").write_bytes(b"not netCDF")
    with pytest.raises(RunFolderError, match=r"results\.nc: cannot be read"):
        _ = run.results


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RunFolderError, match=r"run\.json is missing"):
        open_run(tmp_path)
    with pytest.raises(RunFolderError, match=r"no such folder"):
        open_run(tmp_path / "absent")
