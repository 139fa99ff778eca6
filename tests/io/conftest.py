from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line import call


@pytest.fixture(scope="session")
def lx_runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return two run folders of the bundled study with the same seed."""
    folder = tmp_path_factory.mktemp("lx")
    for name in ("one", "two"):
        words = ("--draws", 64, "--seed", 3, "--quiet", "--out", folder / name)
        assert call("run", "lx-technology-2023", *words) == (0, "", "")
    return folder / "one", folder / "two"


@pytest.fixture(scope="session")
def lx_run(lx_runs: tuple[Path, Path]) -> Path:
    """Return a run folder of the bundled study."""
    return lx_runs[0]
