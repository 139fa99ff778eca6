from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from climrisk.batch.comparison import Rerun, compare, compared
from climrisk.batch.results import open_batch
from climrisk.errors import BatchError, RunFolderError
from tests.command_line import call
from tests.studies import annual_risk, bernoulli, make_scenario, make_settings, make_study

DRAWS = 4000


def rerun(name: str, chance: float, amount: float = 1.0, **settings: object) -> Rerun:
    scenarios = (make_scenario("flat"),)
    study = make_study(
        {"R": annual_risk(bernoulli(chance), amount)},
        make_settings(scenarios=("flat",), **settings),  # type: ignore[arg-type]
        scenarios,
    )
    return Rerun(name, study, ("flat",), DRAWS, 1)


def test_a_comparison_on_the_same_draws_has_its_closed_form() -> None:
    """Nested events: the difference is -1 with chance q - p, else 0."""
    found = compared(rerun("likely", 0.5), rerun("unlikely", 0.3)).table
    row = found.query("scenario == 'flat' and control == 'current' and horizon == 'whole'").iloc[0]
    wanted, error = -0.2, np.sqrt(0.2 * 0.8 / DRAWS)
    assert row["difference"] == pytest.approx(wanted, abs=4 * error)
    p = -row["difference"]
    assert row["difference_se"] == pytest.approx(np.sqrt(p * (1 - p) / (DRAWS - 1)), rel=1e-9)
    assert row["exceeds"] == pytest.approx(0.5 * (1 - p), rel=1e-12)
    # 1/2 with chance 1 - p, else 0
    assert row["exceeds_se"] == pytest.approx(0.5 * np.sqrt(p * (1 - p) / DRAWS), rel=1e-9)


def test_equal_runs_differ_by_nothing() -> None:
    found = compared(rerun("one", 0.3), rerun("other", 0.3)).table
    assert (found[["difference", "difference_se"]] == 0.0).all(axis=None)
    assert (found["exceeds"] == 0.5).all()


def test_runs_of_a_batch_compare_as_the_batch_itself_does(finished: Path) -> None:
    found = compare(finished / "gates_late", finished / "base")
    assert found.remarks == ()
    stored = open_batch(finished).dataset()["difference"].sel(run="gates_late")
    for row in found.table.itertuples():
        cell = stored.sel(scenario=row.scenario, control=row.control, span=row.horizon)
        assert cell.to_numpy().tolist() == [
            row.difference, row.difference_se, row.exceeds, row.exceeds_se,
        ]  # fmt: skip


def test_batches_compare_run_by_run(finished: Path) -> None:
    found = compare(finished, finished).table
    assert (found["run_a"] == found["run_b"]).all()
    assert found["run_a"].nunique() == 10
    assert (found["difference"] == 0.0).all()


def test_the_command_prints_and_writes_the_comparison(
    batch_file: Path, finished: Path, tmp_path: Path
) -> None:
    study, run, table = batch_file.parent / "shop", tmp_path / "run", tmp_path / "table.csv"
    words = ("--draws", 30, "--seed", 9, "--no-picture", "--quiet")
    assert call("run", study, *words, "--scenario", "net_zero_2050", "--out", run).code == 0
    found = call("compare", run, finished / "r3", "--out", table)
    assert found.code == 0, found.err
    assert found.out.splitlines()[0] == (
        "run less r3: net of the total, current controls [million]"
    )
    assert "both simulated with seed 9, so that they share their draws" in found.out
    assert "compared on the first 30 draws, which both have" in found.out
    assert "scenarios of one of them only, left out: current_policies" in found.out
    header, *rows = table.read_text(encoding="utf-8").splitlines()
    assert header == (
        "run_a,run_b,scenario,control,horizon,years,difference,difference_se,exceeds,exceeds_se"
    )
    assert len(rows) == 2 * 2 * 3
    assert call("compare", run, run, "--quiet") == (0, "", "")


def test_what_cannot_be_compared_is_told(finished: Path, tmp_path: Path) -> None:
    dollars = {"currency": "USD", "label": "US$", "price_year": 2023}
    with pytest.raises(BatchError, match="one is in CNY of 2023, other in USD of 2023"):
        compared(rerun("one", 0.1), rerun("other", 0.1, money=dollars))
    with pytest.raises(BatchError, match="have no horizon with the same years in common"):
        compared(rerun("one", 0.1), rerun("other", 0.1, years=2))
    with pytest.raises(RunFolderError, match="no run 'r77'; there are base, r1, r2"):
        compare(finished / "r77", finished)
    with pytest.raises(RunFolderError, match="no run folder"):
        compare(tmp_path / "nothing", finished)
