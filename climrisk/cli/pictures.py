"""Pictures of a run: the matrix of each horizon in the scenario that hurts most."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import typer

from climrisk.cli.drawing import drawn

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from climrisk.domain.study import Study

__all__ = ["Studio"]


class Studio:
    """Where pictures are drawn: in a process beside the run, where that saves time.

    Parameters
    ----------
    wanted : bool
        Whether any picture is wanted.
    """

    def __init__(self, wanted: bool) -> None:
        self._wanted = wanted and _has_matplotlib()
        self._beside = _started() if self._wanted and _pays() else None

    def close(self) -> None:
        """End the process, whatever it is doing."""
        if self._beside is not None:
            with self._beside as process:
                process.kill()

    def matrix(
        self,
        study: Study,
        results: xr.Dataset,
        matrix: pd.DataFrame,
        targets: pd.DataFrame | None = None,
    ) -> Callable[[], dict[str, bytes]]:
        """Begin with the matrix of every horizon, and the targets; return what waits for the PNGs.

        None are drawn, and a word says why, without the extra `report` or a font for the titles.

        Parameters
        ----------
        study : Study
        results : Dataset
            As `analyse` returns it.
        matrix : DataFrame
            Content of `matrix.csv`.
        targets : DataFrame, optional
            Content of `targets.csv`.
        """
        job = _job(study, results, matrix) if study.assessed else {}
        if targets is not None and "target_met_stated" in results:
            job["targets"] = _target_job(study, results, targets)
        if not self._wanted or not job:
            return dict
        if self._beside is None:
            return lambda: _drawn_here(job)
        sent = json.dumps(job).encode()
        with_care = ThreadPoolExecutor(max_workers=1)  # the process may still be loading
        answer = with_care.submit(self._beside.communicate, sent)
        with_care.shutdown(wait=False)
        return lambda: _received(answer) or _drawn_here(job)


def _has_matplotlib() -> bool:
    if find_spec("matplotlib") is None:
        typer.echo("no picture: pip install 'climrisk[report]' draws the matrix", err=True)
        return False
    return True


def _pays() -> bool:
    """Return whether another process is quicker: not where matplotlib is there or one core is."""
    return bool(sys.executable) and "matplotlib" not in sys.modules and (os.cpu_count() or 1) > 1


def _started() -> subprocess.Popen[bytes] | None:
    """Start the process, out of reach of Ctrl-C: it ends with the run, when its input closes."""
    try:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "climrisk.cli.drawing"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
    except OSError:  # where no process may be started, the run draws itself
        return None


def _received(answer: Future[tuple[bytes, bytes]]) -> dict[str, bytes]:
    """Return the pictures that the process sent; nothing where it failed."""
    try:
        found = json.loads(answer.result()[0])
    except (OSError, ValueError):
        return {}
    return {name: b64decode(text) for name, text in found.items()}


def _drawn_here(job: dict[str, Any]) -> dict[str, bytes]:
    from climrisk.charts.typeface import MissingFontError

    try:
        return drawn(job)
    except MissingFontError as error:  # the figures are worth more than their picture
        typer.echo(f"no picture: {error}", err=True)
        return {}


def _job(study: Study, results: xr.Dataset, matrix: pd.DataFrame) -> dict[str, Any]:
    """Return everything that the pictures show, as plain data; see `drawn`."""
    from climrisk.cli.chosen import worst_scenario

    scenario = worst_scenario(results)
    rows = matrix[matrix["scenario"] == scenario]
    numbers = rows.select_dtypes("float")
    texts = rows[["scenario", "control", "horizon", "item", "kind", "category"]].astype(object)
    columns = {**texts.to_dict("list"), **numbers.to_dict("list")}
    horizons = results["horizon"].to_numpy().tolist()
    return {
        "matrix": columns,
        "captions": {one: _caption(study, results, scenario, one) for one in horizons},
        "titles": {name: item.title.best() for name, item in study.items.items()},
        "scenario": scenario,
        "appetite": study.settings.appetite.value,
        "not_assessed": list(study.not_assessed),
    }


def _target_job(study: Study, results: xr.Dataset, targets: pd.DataFrame) -> dict[str, Any]:
    """Return what the picture of the targets shows, as plain data; see `drawn`."""
    notice = study.settings.notice
    return {
        "rows": targets.astype(object).where(targets.notna(), None).to_dict("list"),
        "titles": {name: one.title.best() for name, one in study.targets.items()},
        "scenario_titles": {name: one.title.best() for name, one in study.scenarios.items()},
        "draws": int(results.attrs["draws"]),
        "seed": int(results.attrs["seed"]),
        "notice": None if notice is None else notice.best(),
    }


def _caption(study: Study, results: xr.Dataset, scenario: str, horizon: str) -> dict[str, Any]:
    """Return the fields of `charts.Caption`, which would load what draws."""
    from climrisk.io.run_tables import unverified_remark

    settings = study.settings
    stated = study.scenarios.get(scenario)
    remark = unverified_remark(study, tuple(results["scenario"].to_numpy().tolist()))
    return {
        "scenario": scenario if stated is None else stated.title.best(),
        "horizon": horizon,
        "years": settings.horizons[horizon].years,
        "currency": settings.money.currency,
        "price_year": settings.money.price_year,
        "material_effect": settings.material_effect.value,
        "draws": int(results.attrs["draws"]),
        "seed": int(results.attrs["seed"]),
        "notice": None if settings.notice is None else settings.notice.best(),
        "remarks": [remark] if remark else [],
    }
