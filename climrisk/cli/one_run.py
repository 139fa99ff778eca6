"""One run from a study to its folder and its answer on the terminal."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xarray as xr

from climrisk.analysis import analyse
from climrisk.analysis.dependence import DependenceEffect, dependence_effect
from climrisk.cli.answer import show_answer
from climrisk.cli.chosen import worst_scenario
from climrisk.cli.pictures import Studio
from climrisk.cli.screen import peak_memory_mb, progress_bar
from climrisk.domain.study import Study
from climrisk.engine.plan import make_plan
from climrisk.io.run_folder import write_run
from climrisk.io.run_record import run_record
from climrisk.io.run_tables import run_labels, run_tables

__all__ = ["OneRun"]


@dataclass
class OneRun:
    """A simulated study.

    Parameters
    ----------
    study : Study
    scenarios : tuple of str
        Simulated scenarios, without `base_year`.
    results : Dataset
        As `analyse` returns it.
    record : dict
        Content of `run.json`; empty until the folder is written.
    """

    study: Study
    scenarios: tuple[str, ...]
    results: xr.Dataset
    record: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def simulated(
        cls,
        study: Study,
        scenarios: tuple[str, ...],
        draws: int | None,
        seed: int | None,
        quiet: bool,
    ) -> OneRun:
        """Simulate a study, with a progress bar unless `quiet`."""
        with progress_bar(quiet) as progress:
            results = analyse(study, draws=draws, seed=seed, scenarios=scenarios, progress=progress)
        return cls(study, scenarios, results)

    def write(self, folder: Path, started: float, studio: Studio) -> None:
        """Write the run folder in one step; `started` is the clock at the start of the run [s]."""
        labels = run_labels(self.study, self.scenarios)
        tables = run_tables(self.results, labels)
        pictures = studio.matrix(self.study, self.results, tables["matrix.csv"])
        tied = self._dependence()
        seconds = time.perf_counter() - started
        self.record = run_record(self.study, self.results, seconds, peak_memory_mb(), tied)
        write_run(folder, self.study, self.results, tables, labels.notice, self.record, pictures)

    def show(self) -> None:
        """Print the answer."""
        show_answer(self.study, self.results, self.record)

    def _dependence(self) -> DependenceEffect | None:
        return dependence_effect(
            make_plan(self.study, self.scenarios),
            int(self.results.attrs["seed"]),
            int(self.results.attrs["draws"]),
            worst_scenario(self.results),
        )
