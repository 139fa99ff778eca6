"""The same bits whatever the threads, the blocks, the length of a run and the processor."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from climrisk.engine.kernels import simulated_block
from climrisk.engine.plan import make_plan
from tests.golden.bits import DRAWS, FEW, FILE, SEED, golden, hashes, rich_study

PROCESSORS = {
    "generic": {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": ""},
    "haswell": {"NUMBA_CPU_NAME": "haswell", "NUMBA_CPU_FEATURES": "+avx,+avx2,+fma,+bmi,+bmi2"},
}


@pytest.fixture(scope="module")
def kept() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def test_bits_are_those_that_were_kept(kept: dict[str, dict[str, str]]) -> None:
    assert golden() == kept


@pytest.mark.parametrize("threads", [1, 2, 5])
@pytest.mark.parametrize("size", [64, 333, 1024])
def test_threads_and_blocks_do_not_matter(
    kept: dict[str, dict[str, str]], threads: int, size: int
) -> None:
    assert hashes(DRAWS, size, threads) == kept["long"]


@pytest.mark.parametrize("threads", [1, 5])
def test_blocks_of_one_draw_do_not_matter(kept: dict[str, dict[str, str]], threads: int) -> None:
    assert hashes(FEW, 1, threads) == kept["short"]


def test_the_study_has_what_it_is_meant_to_have() -> None:
    """Every item costs something, measures change it, the exposure caps it, scenarios differ."""
    plan = make_plan(rich_study())
    amounts = {
        (one.scenario, one.control): one.effects.amounts[:, -1]
        for one in simulated_block(plan, SEED, range(DRAWS), DRAWS)
    }
    mild, hot = amounts["mild", "current"], amounts["hot", "current"]
    touched = (mild != 0.0).any(axis=(1, 2))
    assert touched[: len(plan.items)].all()
    assert touched[plan.overlap_row]
    assert (amounts["mild", "residual"][plan.measures_row] < 0.0).any()
    assert not np.array_equal(mild, hot)
    assert {one.df for one in plan.occurrence_ties} == {None, 4.0}


@pytest.mark.skipif(sys.platform != "linux", reason="the settings are those of x86-64 Linux")
def test_processors_do_not_matter(kept: dict[str, dict[str, str]]) -> None:
    """Compiled for a plain x86-64 and for one with AVX2; each keeps its kernels apart."""
    running = []
    for settings in PROCESSORS.values():
        env = {**os.environ, **settings}
        command = [sys.executable, "-m", "tests.golden.bits"]
        root = Path(__file__).parents[2]
        running.append(
            subprocess.Popen(command, cwd=root, env=env, stdout=subprocess.PIPE, text=True)
        )
    found = [one.communicate()[0] for one in running]
    assert [one.returncode for one in running] == [0] * len(running)
    assert [json.loads(one) for one in found] == [kept] * len(running)
