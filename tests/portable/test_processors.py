"""The same bits on pretended processors, compiled or not, fast instructions or none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from numpy._core import _multiarray_umath as numpy_core

from climrisk import read_study
from climrisk.io.run_folder import canonical_json

SCRIPT = Path(__file__).with_name("worlds_digest.py")
FEATURES = [name for name in numpy_core.__cpu_dispatch__ if numpy_core.__cpu_features__[name]]
NO_FAST_NUMPY = {
    "CLIMRISK_KERNEL": "numpy",
    "NPY_DISABLE_CPU_FEATURES": " ".join(FEATURES),
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX512F,-AVX2,-AVX,-FMA,-FMA4",
    "OPENBLAS_CORETYPE": "Prescott",
}
GENERIC = {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": ""}
HASWELL = {"NUMBA_CPU_NAME": "haswell", "NUMBA_CPU_FEATURES": "+avx,+avx2,+fma,+bmi,+bmi2"}


def started(study: Path, **env: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "error", str(SCRIPT), str(study)]
    return subprocess.Popen(command, env={**os.environ, **env}, stdout=subprocess.PIPE, text=True)


@pytest.mark.skipif(sys.platform != "linux", reason="the settings are those of x86-64 Linux")
def test_quantities_worlds_and_effects_have_the_same_bits_on_every_processor(
    tmp_path: Path,
) -> None:
    study = tmp_path / "study.json"
    study.write_text(canonical_json(read_study("lx-technology-2023")), encoding="utf-8")
    processors = {"native": {}, "generic": GENERIC, "haswell": HASWELL, "plain": NO_FAST_NUMPY}
    running = {name: started(study, **env) for name, env in processors.items()}
    found = {name: process.communicate()[0].splitlines() for name, process in running.items()}
    assert [process.returncode for process in running.values()] == [0] * len(running)
    assert found["generic"] == found["haswell"] == found["native"]
    by_numpy = [line for line in found["native"] if not line.startswith("fused")]
    assert found["plain"] == by_numpy
    assert len(by_numpy) > 25
    assert len(set(found["native"])) > len(by_numpy) + 10
