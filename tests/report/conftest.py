"""One run of LX at few draws, which every test of a report reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from climrisk.report.run_data import RunData, open_run


@pytest.fixture(scope="session")
def lx_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run folder of LX."""
    from typer.testing import CliRunner

    from climrisk.cli.main import app

    folder = tmp_path_factory.mktemp("lx") / "run"
    asked = ["run", "lx-technology-2023", "--draws", "500", "--no-picture", "--quiet"]
    done = CliRunner().invoke(app, [*asked, "--out", str(folder)])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="session")
def lx(lx_folder: Path) -> RunData:
    """The same, opened."""
    return open_run(lx_folder)
