"""The two commands of the README, as far as they run without installing anything."""

from __future__ import annotations

import sys
from pathlib import Path

import environment
import pytest
import run_lx
import run_tests


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Put the environment under `tmp_path`, without uv, and record calls instead of making them."""
    made: list[tuple[str, ...]] = []

    def call(*command: str) -> None:
        made.append(command)
        Path(environment.program("climrisk")).parent.mkdir(parents=True, exist_ok=True)
        Path(environment.program("climrisk")).touch()

    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "_STAMP", tmp_path / ".venv" / "stamp.json")
    monkeypatch.setattr(environment, "_call", call)
    monkeypatch.setattr(environment.shutil, "which", lambda name: None)
    return made


def installed_extras(calls: list[tuple[str, ...]]) -> list[str]:
    return [command[-1] for command in calls if "install" in command]


def test_second_call_does_nothing(calls: list[tuple[str, ...]]) -> None:
    environment.ensure("report")
    first = list(calls)
    environment.ensure("report")
    assert installed_extras(first) == [".[report]"]
    assert calls == first


def test_extras_installed_earlier_are_kept(calls: list[tuple[str, ...]]) -> None:
    environment.ensure("report")
    environment.ensure("dev", "report")
    environment.ensure("report")
    assert installed_extras(calls) == [".[report]", ".[dev,report]"]


def test_changed_inputs_install_again(
    calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.ensure("report")
    monkeypatch.setattr(environment, "_INPUTS", ("pyproject.toml",))
    environment.ensure("report")
    assert installed_extras(calls) == [".[report]", ".[report]"]


def test_interrupted_set_up_starts_again(
    calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(extras: object) -> None:
        raise KeyboardInterrupt

    environment.ensure("report")
    with monkeypatch.context() as patch:
        patch.setattr(environment, "_install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            environment.ensure("dev")
    environment.ensure("report")
    assert installed_extras(calls) == [".[report]", ".[report]"]


def test_uv_is_used_where_present(
    calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment.shutil, "which", lambda name: "uv")
    environment.ensure("report")
    assert [command[:2] for command in calls] == [("uv", "venv"), ("uv", "pip")]


def test_old_python_is_refused_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 6))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer; .* is Python 3\.9\."):
        environment.ensure("report")


@pytest.mark.usefixtures("calls")
def test_python_without_ensurepip_is_told_the_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match=r"it has no venv\.\nEither install uv .*python3-venv"):
        environment.ensure("report")


def test_failed_command_is_named() -> None:
    with pytest.raises(SystemExit, match=r"The set-up failed at: .* -c raise SystemExit\(3\)"):
        environment._call(sys.executable, "-c", "raise SystemExit(3)")


@pytest.mark.parametrize(
    ("options", "folder"),
    [
        ([], None),
        (["--draws", "5"], None),
        (["--out", "runs/mine", "--seed", "2"], Path("runs/mine")),
        (["--out=runs/mine"], Path("runs/mine")),
    ],
)
def test_chosen_out_folder_is_found(options: list[str], folder: Path | None) -> None:
    assert run_lx._out_folder(options) == folder


def test_totals_count_errors_as_failures(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(
        '<testsuites><testsuite tests="9" failures="1" errors="2" skipped="1"/></testsuites>',
        encoding="utf-8",
    )
    assert run_tests._totals([report]) == "5 passed, 3 failed, 1 skipped"


def test_totals_without_a_report_are_a_failure(tmp_path: Path) -> None:
    assert "1 failed" in run_tests._totals([tmp_path / "none.xml"])


def test_totals_of_several_reports_are_added(tmp_path: Path) -> None:
    reports = [tmp_path / "one.xml", tmp_path / "two.xml"]
    for report in reports:
        suite = '<testsuite tests="3" failures="1" errors="0" skipped="1"/>'
        report.write_text(f"<testsuites>{suite}</testsuites>", encoding="utf-8")
    assert run_tests._totals(reports) == "2 passed, 2 failed, 2 skipped"
    reports[1].unlink()
    assert "did not start" in run_tests._totals(reports)


@pytest.mark.parametrize("options", [["--browser", "-k", "tally"], ["-k", "tally"]])
def test_the_browser_comes_last_and_on_request(
    options: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[tuple[str, ...]] = []
    extras: list[str] = []
    monkeypatch.setattr(environment, "ensure", lambda *names: extras.extend(names))
    monkeypatch.setattr(run_tests, "_run", lambda *command: called.append(command) or 0)
    run_tests.main(options)
    in_chromium = [command for command in called if "browser" in command]
    assert all("-k" not in command for command in in_chromium)
    assert ("browser" in extras) == bool(in_chromium) == ("--browser" in options)
    assert sum("tally" in command for command in called) == 1
