from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from climrisk.batch.planning import read_batch
from climrisk.batch.run import run_batch
from tests.small_study import edited, small_study

BATCH = """\
study: shop
draws: 40
seed: 3
vary:
  scenarios.*.drivers.warming: {scale: [1, 1.1]}
  register.R-1.likelihood: {scale: [1, 1.5]}
  discount_rate: [0.05, 0.1]
cases:
  gates_late: {measures.M-1.start: 2028, register.O-1.likelihood: {scale: 0.5}}
"""
"""Nine rows beside the base run; r1, in which nothing changes, is the base run."""


@pytest.fixture(scope="session")
def batch_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a batch file beside its study."""
    folder = tmp_path_factory.mktemp("batch")
    study = small_study(folder / "shop")
    scenarios = "scenarios: [current_policies, net_zero_2050]"
    edited(study / "study.yaml", ("scenarios: [current_policies]", scenarios))
    file = folder / "sweep.yaml"
    file.write_text(BATCH, encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def finished(batch_file: Path) -> Path:
    """Return the folder of the batch, simulated in this process."""
    folder = batch_file.parent / "serial"
    state = run_batch(read_batch(batch_file), folder)
    assert (state.total, state.finished, state.failed, state.new) == (9, 9, 0, 9)
    return folder


@pytest.fixture
def begun(finished: Path, tmp_path: Path) -> Path:
    """Return a copy of the finished batch."""
    return Path(shutil.copytree(finished, tmp_path / "copy"))
