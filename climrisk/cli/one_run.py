"""One run from a study to its folder and its answer on the terminal."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typer
import xarray as xr

from climrisk.analysis import analyse
from climrisk.analysis.dependence import DependenceEffect, dependence_effect
from climrisk.analysis.planning import planned_run
from climrisk.analysis.precision import Precision, sampling_of
from climrisk.cli.answer import show_answer, target_sentence
from climrisk.cli.chosen import worst_scenario
from climrisk.cli.pictures import Studio
from climrisk.cli.sampling import Sampling
from climrisk.cli.screen import peak_memory_mb, progress_bar
from climrisk.cli.target_outlook import show_outlook
from climrisk.domain.study import Study
from climrisk.io.run_folder import write_run
from climrisk.io.run_record import run_record
from climrisk.io.run_tables import pictured_tables, run_labels, run_tables

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
    precision : dict or None
        What became of the target error; None where a number of draws was asked for.
    record : dict
        Content of `run.json`; empty until the folder is written.
    """

    study: Study
    scenarios: tuple[str, ...]
    results: xr.Dataset
    precision: dict[str, Any] | None = None
    record: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def simulated(
        cls,
        study: Study,
        scenarios: tuple[str, ...],
        sampling: Sampling,
        seed: int | None,
        quiet: bool,
    ) -> OneRun:
        """Simulate a study, with a progress bar unless `quiet`.

        Raises
        ------
        typer.BadParameter
            If a number of draws goes with what is only meant for a target error.
        """
        asked = (sampling.draws, sampling.target_error, sampling.max_draws)
        try:
            wanted = sampling_of(study, *asked)
        except ValueError as error:  # --max-draws, and no target anywhere
            raise typer.BadParameter(str(error), param_hint="--max-draws") from None
        with progress_bar(quiet) as progress:
            results = analyse(
                study,
                draws=sampling.draws,
                target_error=sampling.target_error,
                max_draws=sampling.max_draws,
                seed=seed,
                scenarios=scenarios,
                progress=progress,
                told=progress.told,
            )
        precision = wanted.record(results, study) if isinstance(wanted, Precision) else None
        return cls(study, scenarios, results, precision)

    def write(
        self, folder: Path, started: float, studio: Studio, beside: Mapping[str, bytes]
    ) -> None:
        """Write the run folder in one step.

        Parameters
        ----------
        folder : Path
            Must not exist.
        started : float
            Clock at the start of the run [s].
        studio : Studio
        beside : mapping of str to bytes
            Files of the study that reports need, by name.
        """
        labels = run_labels(self.study, self.scenarios)
        pictured = pictured_tables(self.results, labels)
        targets = pictured.get("targets.csv")
        pictures = studio.matrix(self.study, self.results, pictured["matrix.csv"], targets)
        tables = run_tables(self.results, labels, pictured)  # while the pictures are drawn
        tied = self._dependence()
        seconds = time.perf_counter() - started
        self.record = run_record(
            self.study, self.results, seconds, peak_memory_mb(), tied, self.precision
        )
        write_run(
            folder,
            self.study,
            self.results,
            tables,
            labels.notice,
            self.record,
            pictures,
            beside,
        )

    def show(self) -> None:
        """Print the answer."""
        show_answer(self.study, self.results, self.record)
        show_outlook(self.study, self.results)

    def warn(self) -> None:
        """Say on standard error what became of the target error."""
        typer.echo(target_sentence(self.record), err=True)

    def _dependence(self) -> DependenceEffect | None:
        return dependence_effect(
            planned_run(self.study, self.scenarios),
            int(self.results.attrs["seed"]),
            int(self.results.attrs["draws"]),
            worst_scenario(self.results),
        )
