"""`climrisk sensitivity` and the cases of `climrisk verify` that need an extra."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from climrisk.verify.case import Case
from tests.command_line import call
from tests.small_study import small_study


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_study(tmp_path_factory.mktemp("sensitivity") / "study")


def test_every_method_has_its_table_or_its_reason(study: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = call("sensitivity", study, "--draws", 200, "--base-points", 16, "--out", out)
    assert (done.code, done.err) == (0, "")
    assert {file.name for file in out.iterdir()} == {
        "asked.json",
        "information.csv",
        "input_shares.csv",
        "item_shares.csv",
        "sobol.csv",
        "study.json",
        "tornado.csv",
    }
    told = json.loads((out / "asked.json").read_text(encoding="utf-8"))
    assert told["sought"]["draws"] == 200
    assert told["refused"] == {}
    tornado = pd.read_csv(out / "tornado.csv")
    assert str(tornado["input"][0]) in done.out
    assert "current_policies, M-1: " in done.out
    assert f"folder: {out}" in done.out


def test_a_decision_within_its_error_is_not_called_settled(tmp_path: Path) -> None:
    words = ("--method", "information", "--scenario", "net_zero_2050", "--draws", 100)
    done = call("sensitivity", "lx-technology-2023", *words, "--out", tmp_path / "out")
    found = pd.read_csv(tmp_path / "out" / "information.csv").drop_duplicates("measure")
    settled = found["net_benefit"].abs() > 2 * found["net_benefit_se"]
    assert set(settled) == {False, True}
    lines = [line for line in done.out.splitlines() if line.startswith("net_zero_2050, M-")]
    assert ["do not settle" not in line for line in lines] == settled.to_list()


def test_a_run_folder_is_asked_of_its_own_draws(study: Path, tmp_path: Path) -> None:
    run, out = tmp_path / "run", tmp_path / "out"
    assert call("run", study, "--draws", 150, "--no-picture", "--quiet", "--out", run).code == 0
    asked = call("sensitivity", run, "--method", "tornado", "--quiet", "--out", out)
    assert (asked.code, asked.out, asked.err) == (0, "", "")
    summary = pd.read_csv(run / "summary.csv")
    printed = summary.query(
        "statistic == 'npv_mean' and subject == 'total' and control == 'current' "
        "and scenario == 'current_policies'"
    )
    assert pd.read_csv(out / "tornado.csv")["base"][0] == printed["value"].iloc[0]


def test_a_refused_method_is_told_beside_the_others(study: Path, tmp_path: Path) -> None:
    options = ("--method", "shares", "--method", "sobol", "--base-points", 12, "--draws", 50)
    done = call("sensitivity", study, *options, "--out", tmp_path / "out")
    assert done.code == 0
    assert "sobol: no answer: found 12 base points; allowed: a power of two" in done.err
    assert not (tmp_path / "out" / "sobol.csv").exists()


@pytest.mark.parametrize(
    ("options", "code", "reason"),
    [
        (("--method", "tornados"), 2, "found 'tornados'; allowed: tornado, shares"),
        (("--scenario", "current_policy"), 2, "did you mean 'current_policies'"),
        (("--measure", "M-2", "--method", "information"), 1, "unknown planned measure 'M-2'"),
        (("--horizon", "long"), 1, "unknown horizon 'long'; allowed: short, medium, all"),
    ],
)
def test_wrong_words_end_before_anything_is_written(
    study: Path, tmp_path: Path, options: tuple[str, ...], code: int, reason: str
) -> None:
    methods = () if "--method" in options else ("--method", "tornado")
    done = call("sensitivity", study, "--out", tmp_path / "out", *options, *methods)
    assert done.code == code
    assert reason in " ".join(done.err.replace("│", " ").split())
    assert list(tmp_path.iterdir()) == []


def test_a_run_has_a_place_for_its_answers_and_a_study_has_none(
    study: Path, tmp_path: Path
) -> None:
    run = tmp_path / "run"
    assert call("run", study, "--draws", 20, "--no-picture", "--quiet", "--out", run).code == 0
    assert call("sensitivity", run, "--method", "shares", "--quiet").code == 0
    assert (run / "sensitivity" / "item_shares.csv").is_file()
    done = call("sensitivity", study, "--method", "shares")
    assert (done.code, "only a run folder has a place" in done.err) == (2, True)


def test_a_folder_is_never_overwritten(study: Path, tmp_path: Path) -> None:
    done = call("sensitivity", study, "--out", tmp_path)
    assert (done.code, "exists already" in done.err) == (1, True)


def test_a_case_without_its_library_is_left_out_and_said_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = Case("X1", "A case", "nowhere", lambda: (), needs="no_such_library")
    monkeypatch.setattr("climrisk.verify.suite.CASES", (case,))
    done = call("verify")
    assert done.code == 0
    assert "X1 left out: it needs no_such_library" in done.err
    assert "0 of 0 cases passed" in done.out
