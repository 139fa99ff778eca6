"""`climrisk app` serves this computer alone, with its own options."""

from __future__ import annotations

import socket
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from climrisk.cli import app as command
from climrisk.cli.main import app
from climrisk.errors import ClimriskError, InvalidStudyError, MissingExtraError
from climrisk.paths import bundled


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What was to be served: script, arguments and options."""
    seen: dict[str, Any] = {}
    names = ("script", "arguments", "options")
    monkeypatch.setattr(
        command, "_serve", lambda *given: seen.update(zip(names, given, strict=True))
    )
    return seen


def test_it_opens_the_bundled_study_from_an_empty_folder(
    served: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["app"])
    assert result.exit_code == 0, result.output
    assert Path(served["script"]).name == "app.py"
    assert Path(served["script"]).is_file()
    assert served["arguments"] == [str(bundled("data").resolve() / "lx-technology-2023")]
    assert "http://127.0.0.1:" in result.output
    assert not any(tmp_path.iterdir())


def test_only_this_computer_no_telemetry_no_garbage_collection(served: dict[str, Any]) -> None:
    CliRunner().invoke(app, ["app", "--port", "9001", "--no-browser"])
    options = served["options"]
    assert options["server.address"] == "127.0.0.1"
    assert options["browser.gatherUsageStats"] is False
    assert options["runner.postScriptGC"] is False
    assert options["client.showErrorDetails"] == "none"
    assert options["client.showErrorLinks"] == "false", "no link to an outside host"
    assert options["server.port"] == 9001
    assert options["server.headless"] is True
    assert options["server.allowedHosts"] == ["127.0.0.1", "localhost"]


def test_every_setting_is_one_that_streamlit_knows() -> None:
    config = pytest.importorskip("streamlit.config")
    assert set(command.settings()) <= set(config._config_options_template)


def test_settings_are_those_of_the_file() -> None:
    text = (bundled(".streamlit") / "config.toml").read_text(encoding="utf-8")
    assert (
        command.settings()["theme.dark.textColor"]
        == tomllib.loads(text)["theme"]["dark"]["textColor"]
    )


def test_a_port_in_use_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr(command, "FIRST_PORT", port)
        assert command._free_port() > port
        monkeypatch.setattr(command, "PORTS", 1)
        with pytest.raises(ClimriskError, match="are all in use; name one with --port"):
            command._free_port()


def test_faults_of_the_study_are_told_before_anything_opens(served: dict[str, Any]) -> None:
    result = CliRunner().invoke(app, ["app", "no-such-study"])
    assert isinstance(result.exception, InvalidStudyError)
    assert not served


def test_without_streamlit_the_extra_is_named(
    served: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "streamlit", None)
    monkeypatch.setattr(command, "find_spec", lambda name: None)
    result = CliRunner().invoke(app, ["app"])
    assert isinstance(result.exception, MissingExtraError)
    assert "climrisk[app]" in str(result.exception)


def test_names_of_a_proxy_are_allowed(
    served: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIMRISK_APP_HOSTS", "risk.example.com, other.example.com")
    result = CliRunner().invoke(app, ["app", "--no-browser", "--port", "9001"])
    assert result.exit_code == 0, result.output
    allowed = served["options"]["server.allowedHosts"]
    assert allowed[2:] == ["risk.example.com", "other.example.com"]
