"""`run.json`: what was run, on what, from which inputs, and what to be careful about."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

import xarray as xr

from climrisk import __version__
from climrisk.analysis.dependence import DependenceEffect
from climrisk.analysis.verdict import convergence, exact_check
from climrisk.domain.advice import advice
from climrisk.domain.inputs import study_inputs
from climrisk.domain.study import Study
from climrisk.io.run_folder import input_hash, run_key
from climrisk.names import BASE_YEAR_SCENARIO

__all__ = ["run_record"]

LIBRARIES = ("numpy", "scipy", "pandas", "xarray", "pydantic")


def run_record(
    study: Study,
    results: xr.Dataset,
    wall_seconds: float,
    peak_memory_mb: float | None,
    dependence: DependenceEffect | None = None,
    precision: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the record of a run.

    Parameters
    ----------
    study : Study
    results : Dataset
        As `analyse` returns it.
    wall_seconds : float
        Duration [s].
    peak_memory_mb : float or None
        Largest memory of the process [MB]; None where the system does not tell.
    dependence : DependenceEffect, optional
        What stated dependence comes to; None where nothing is tied.
    precision : mapping, optional
        As `Precision.record` returns it; None where a number of draws was asked for.
    """
    scenarios = tuple(results["scenario"].to_numpy().tolist())
    draws, seed = int(results.attrs["draws"]), int(results.attrs["seed"])
    kernel, inputs = str(results.attrs["kernel"]), input_hash(study)
    stated = tuple(name for name in scenarios if name != BASE_YEAR_SCENARIO)
    notice = study.settings.notice
    return {
        "climrisk": __version__,
        "date": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
        "kernel": kernel,
        "study": study.name,
        "notice": None if notice is None else notice.model_dump(by_alias=True, exclude_none=True),
        "input_hash": inputs,
        "run_key": run_key(inputs, draws, seed, kernel, stated),
        "draws": draws,
        "seed": seed,
        "scenarios": list(scenarios),
        "wall_seconds": round(wall_seconds, 3),
        "peak_memory_mb": None if peak_memory_mb is None else round(peak_memory_mb, 1),
        "items_assessed": list(study.assessed),
        "items_not_assessed": list(study.not_assessed),
        "appetite_million": study.settings.appetite.value,
        "target_error": precision,
        "convergence": asdict(convergence(results, study)),
        "exact_means": asdict(exact_check(results)),
        "dependence": None if dependence is None else dependence.record(),
        "warnings": advice(study, stated),
        "interpolation": "drivers are linear between given years; nothing is extrapolated",
        "inputs": [asdict(one) for one in study_inputs(study)],
    }
