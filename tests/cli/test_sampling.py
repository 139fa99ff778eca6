from __future__ import annotations

import json
from pathlib import Path

import pytest

from climrisk.analysis import precision
from tests.command_line import call
from tests.small_study import small_study


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(precision, "FIRST_DRAWS", 64)
    return small_study(tmp_path / "small")


def record(folder: Path) -> dict[str, object]:
    found = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    return {name: found[name] for name in ("draws", "target_error")}


def test_a_target_that_is_reached_is_told_and_recorded(study: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    found = call("run", study, "--target-error", "10%", "--no-picture", "--out", out)
    assert found.code == 0
    draws = record(out)["draws"]
    assert f"target error 10 % reached with {draws:,} draws: the P5 of net" in found.out
    again = call("reproduce", out, "--quiet")
    assert again.code == 0
    assert f"{draws:,} draws" in again.out


def test_a_target_that_is_missed_is_told_even_where_nothing_else_is(
    study: Path, tmp_path: Path
) -> None:
    words = ("--target-error", "0.0001", "--max-draws", 100, "--no-picture", "--quiet")
    found = call("run", study, *words, "--out", tmp_path / "run")
    assert (found.code, found.out) == (0, "")
    assert found.err.startswith(
        "target error 0.01 % NOT reached with 100 draws, the most allowed (--max-draws)"
    )
    assert record(tmp_path / "run")["draws"] == 100


@pytest.mark.parametrize(
    ("environment", "words", "draws"),
    [
        ({"CLIMRISK_TARGET_ERROR": "1%"}, ("--draws", 30), 30),
        ({"CLIMRISK_DRAWS": "30"}, ("--target-error", "99%"), 64),
        ({"CLIMRISK_MAX_DRAWS": "50"}, ("--target-error", "0.001"), 50),
        ({"CLIMRISK_DRAWS": "30", "CLIMRISK_MAX_DRAWS": "50"}, (), 30),
    ],
)
def test_the_command_line_comes_before_the_environment(
    study: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    words: tuple[str | int, ...],
    draws: int,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    found = call("run", study, *words, "--no-picture", "--quiet", "--out", tmp_path / "run")
    assert found.code == 0
    assert record(tmp_path / "run")["draws"] == draws


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--draws", 5, "--target-error", "1%"), "exclude each other"),
        (("--draws", 5, "--max-draws", 9), "goes with --target-error"),
        (("--max-draws", 9), "max_draws: found without target_error"),
        (("--target-error", "0"), "allowed: such as 0.5% or 0.005"),
        (("--target-error", "100%"), "allowed: such as 0.5% or 0.005"),
        (("--target-error", "1%%"), "allowed: such as 0.5% or 0.005"),
        (("--target-error", "much"), "allowed: such as 0.5% or 0.005"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    study: Path, tmp_path: Path, words: tuple[str | int, ...], complaint: str
) -> None:
    found = call("run", study, *words, "--out", tmp_path / "run")
    assert found.code == 2
    assert complaint in " ".join(found.err.replace("│", " ").split())
    assert not (tmp_path / "run").exists()


def test_both_in_the_environment_are_refused(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIMRISK_DRAWS", "30")
    monkeypatch.setenv("CLIMRISK_TARGET_ERROR", "1%")
    found = call("run", study, "--out", tmp_path / "run")
    assert found.code == 2
    assert "CLIMRISK_DRAWS and CLIMRISK_TARGET_ERROR" in found.err
