from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import call
from tests.small_study import BROKEN, edited, small_study

DRAWS = ("--draws", 60, "--no-picture")
ASSESSED = ("frame", "occurrence", "links", "impact")


def record(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return small_study(tmp_path / "氣候 study")


def test_the_answer_comes_first_and_then_where_the_figures_are(study: Path, tmp_path: Path) -> None:
    out = tmp_path / "runs" / "one"
    found = call("run", study, *DRAWS, "--out", out)
    assert (found.code, found.err) == (0, "")
    lines = found.out.splitlines()
    assert "Net effect on profit before tax" in lines[0]
    assert any("Current policies" in line for line in lines)
    assert any("R-1 Rain at the warehouse" in line for line in lines)
    assert any("O-1 More repairs sold" in line for line in lines)
    assert "0 of 2 items not assessed and left out of totals" in lines
    assert any(line.startswith("60 draws were") for line in lines)
    assert "warning: 1 scenario: a resilience view needs two or more" in lines
    assert lines[-1] == f"run folder: {out}"


def test_quiet_is_silent(study: Path, tmp_path: Path) -> None:
    assert call("run", study, *DRAWS, "--quiet", "--out", tmp_path / "one") == (0, "", "")
    assert (tmp_path / "one" / "summary.csv").is_file()


def test_progress_is_shown_on_a_terminal_and_on_the_error_output_alone(
    study: Path, tmp_path: Path
) -> None:
    found = call("run", study, *DRAWS, "--out", tmp_path / "one", env={"FORCE_COLOR": "1"})
    assert found.code == 0
    assert "simulating" in found.err
    assert "simulating" not in found.out


def test_without_out_the_run_is_named_after_the_study_and_the_time(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("run", study, *DRAWS, "--quiet").code == 0
    (folder,) = (tmp_path / "runs").iterdir()
    assert folder.name.startswith("氣候 study-20")


def test_the_command_line_comes_before_the_environment_and_that_before_the_study(
    study: Path, tmp_path: Path
) -> None:
    edited(study / "study.yaml", ("appetite:", "simulation: {draws: 20, seed: 7}\nappetite:"))
    env = {"CLIMRISK_DRAWS": "30", "CLIMRISK_SEED": "8"}
    words = ("run", study, "--no-picture", "--quiet", "--out")
    assert call(*words, tmp_path / "study").code == 0
    assert call(*words, tmp_path / "environment", env=env).code == 0
    assert call(*words, tmp_path / "line", "--draws", 40, "--seed", 9, env=env).code == 0
    found = {name: record(tmp_path / name) for name in ("study", "environment", "line")}
    assert {name: (one["draws"], one["seed"]) for name, one in found.items()} == {
        "study": (20, 7),
        "environment": (30, 8),
        "line": (40, 9),
    }


def test_an_environment_that_is_no_number_is_a_wrong_command_line(study: Path) -> None:
    found = call("run", study, env={"CLIMRISK_DRAWS": "lots"})
    assert found.code == 2
    assert "CLIMRISK_DRAWS" in found.err


def test_scenarios_are_chosen_from_those_of_the_study(study: Path, tmp_path: Path) -> None:
    edited(study / "study.yaml", ("scenarios: [current", "scenarios: [ndcs, below_2c, current"))
    words = ("run", study, *DRAWS, "--quiet", "--out")
    assert call(*words, tmp_path / "a", "--scenario", "below_2c", "--scenario", "ndcs").code == 0
    assert record(tmp_path / "a")["scenarios"] == ["base_year", "ndcs", "below_2c"]
    found = call(*words, tmp_path / "b", "--scenario", "below_2")
    assert found.code == 2
    assert "unknown scenario 'below_2'" in found.err
    assert "did you mean 'below_2c'?" in found.err
    assert not (tmp_path / "b").exists()


@pytest.fixture
def no_simulation(monkeypatch: pytest.MonkeyPatch) -> None:
    def simulated(*_: object, **__: object) -> None:
        pytest.fail("simulated although the run could not be written")

    monkeypatch.setattr("climrisk.analysis.analyse", simulated)


@pytest.mark.usefixtures("no_simulation")
def test_an_existing_folder_is_refused_before_anything_is_simulated(
    study: Path, tmp_path: Path
) -> None:
    (tmp_path / "one").mkdir()
    found = call("run", study, "--out", tmp_path / "one")
    assert found == (1, "", f"{tmp_path / 'one'} exists already; name a folder that does not\n")
    assert list((tmp_path / "one").iterdir()) == []


@pytest.mark.usefixtures("no_simulation")
def test_a_file_on_the_way_is_refused_before_anything_is_simulated(
    study: Path, tmp_path: Path
) -> None:
    found = call("run", study, "--out", study / "study.yaml" / "one")
    assert found == (1, "", f"{study / 'study.yaml'} is a file; name a folder\n")


@pytest.mark.usefixtures("no_simulation")
def test_a_place_that_may_not_be_written_is_refused_before_anything_is_simulated(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # the administrator may write anywhere, so the system's answer is replaced
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != tmp_path)
    found = call("run", study, "--out", tmp_path / "new" / "one")
    assert found == (1, "", f"{tmp_path} cannot be written: permission denied\n")
    assert [path.name for path in tmp_path.iterdir()] == [study.name]


def without_assessment(study: Path) -> None:
    text = (study / "register.yaml").read_text(encoding="utf-8")
    lines = text.split("measures:")[0].splitlines()
    kept = [line for line in lines if len(line) - len(line.lstrip()) <= 4]
    left = [line for line in kept if line.strip().split(":")[0] not in ASSESSED]
    (study / "register.yaml").write_text("\n".join(left) + "\n", encoding="utf-8")


def test_a_register_with_nothing_assessed_runs_and_says_what_to_fill_in_first(
    study: Path, tmp_path: Path
) -> None:
    without_assessment(study)
    found = call("run", study, "--draws", 60, "--out", tmp_path / "one")
    assert (found.code, found.err) == (0, "")
    lines = found.out.splitlines()
    assert lines[0] == "2 of 2 items not assessed and left out of totals: O-1, R-1"
    assert lines[1] == (
        "nothing is assessed yet, so there is no result; fill in first, in register.yaml: "
        "frame, occurrence and impact of O-1, R-1"
    )
    assert not any("enough" in line or "Net effect" in line for line in lines)
    assert record(tmp_path / "one")["items_not_assessed"] == ["O-1", "R-1"]
    assert call("reproduce", tmp_path / "one").code == 0


def test_an_empty_register_runs_too(study: Path, tmp_path: Path) -> None:
    (study / "register.yaml").write_text("schema: 1\n", encoding="utf-8")
    found = call("run", study, *DRAWS, "--out", tmp_path / "one")
    assert (found.code, found.err) == (0, "")
    assert "frame, occurrence and impact of a first item" in found.out


@pytest.mark.parametrize(("kind", "gone"), [("opportunity", "R-1"), ("risk", "O-1")])
def test_risks_or_opportunities_alone_run(
    study: Path, tmp_path: Path, kind: str, gone: str
) -> None:
    text = (study / "register.yaml").read_text(encoding="utf-8").split("measures:")[0]
    items, second = text.split("  O-1:")
    head, first = items.split("  R-1:")
    left = f"{head}  O-1:{second}" if gone == "R-1" else f"{head}  R-1:{first}"
    (study / "register.yaml").write_text(left, encoding="utf-8")
    found = call("run", study, "--draws", 60, "--out", tmp_path / "one")
    assert (found.code, found.err) == (0, "")
    assert gone not in found.out
    rows = (tmp_path / "one" / "matrix.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert {row.split(",")[4] for row in rows} == {kind}


def test_users_texts_are_shown_as_they_are_and_lay_nothing_out(study: Path, tmp_path: Path) -> None:
    edited(
        study / "register.yaml",
        (
            "title: Rain at the warehouse",
            'title: "[bold red]=HYPERLINK(1)[/x] :fire:\\nrun folder: elsewhere"',
        ),
    )
    edited(study / "study.yaml", ("label: RMB", 'label: "[blue]R"'))
    found = call("run", study, *DRAWS, "--out", tmp_path / "one")
    assert (found.code, found.err) == (0, "")
    assert "R-1 [bold red]=HYPERLINK(1)[/x] :fire: run folder: elsewhere" in found.out
    assert "[blue]R million a year" in found.out
    assert len([one for one in found.out.splitlines() if one.startswith("run folder: ")]) == 1


def test_an_amount_beyond_exact_sums_is_told_without_a_traceback(
    study: Path, tmp_path: Path
) -> None:
    edited(study / "register.yaml", ("amount: {p5: 0.2, p95: 3}", "amount: 1.0e+308"))
    found = call("run", study, *DRAWS, "--quiet", "--out", tmp_path / "one")
    assert found.code == 1
    assert found.err.startswith("R-1: operating_cost in 2024 reaches ")
    assert "check units and the width of the ranges" in found.err
    assert not (tmp_path / "one").exists()


def test_the_valid_study_has_no_expected_fault() -> None:
    assert (BROKEN / "no-fault" / "expected.txt").read_text(encoding="utf-8") == ""
