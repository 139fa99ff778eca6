"""From a batch to its runs, each with its settings and the key of everything that decides it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from climrisk.domain.batch import Batch
from climrisk.domain.study import Study
from climrisk.domain.varied import Setting
from climrisk.io.run_folder import canonical_json, input_hash

__all__ = ["BatchPlan", "PlannedRun", "PlannedStudy"]


@dataclass(frozen=True)
class PlannedRun:
    """One run of a study.

    Parameters
    ----------
    name : str
        `base`, `r1`, `r2`, ..., or the name of a case.
    settings : mapping of path to Setting
        What is varied in it.
    key : str
        SHA-256 of study, draws, seed, kernel and scenarios: runs with one key are one run.
    """

    name: str
    settings: Mapping[str, Setting]
    key: str


@dataclass(frozen=True)
class PlannedStudy:
    """A study of a batch, with its runs.

    Parameters
    ----------
    group : str
        What results call it: its name, or a number where that is no plain word.
    study : Study
        As it stands.
    scenarios : tuple of str
        Scenarios of every run, without `base_year`.
    horizon : str
        Horizon that the headlines tell.
    runs : tuple of PlannedRun
        The base run first.
    """

    group: str
    study: Study
    scenarios: tuple[str, ...]
    horizon: str
    runs: tuple[PlannedRun, ...]

    @cached_property
    def rows(self) -> dict[str, tuple[int, ...]]:
        """Rows of the results by key: several where runs come to the same."""
        found: dict[str, tuple[int, ...]] = {}
        for row, run in enumerate(self.runs):
            found[run.key] = (*found.get(run.key, ()), row)
        return found

    @cached_property
    def text(self) -> str:
        """The study as JSON, as it travels."""
        return canonical_json(self.study)

    @property
    def base(self) -> PlannedRun:
        """The run in which nothing is varied."""
        return self.runs[0]

    @property
    def varied_paths(self) -> tuple[str, ...]:
        """Every path that some run varies, in the order of the runs."""
        return tuple(dict.fromkeys(path for run in self.runs for path in run.settings))


@dataclass(frozen=True)
class BatchPlan:
    """All runs of a batch, checked.

    Parameters
    ----------
    batch : Batch
    studies : tuple of PlannedStudy
    """

    batch: Batch
    studies: tuple[PlannedStudy, ...]

    @property
    def distinct(self) -> int:
        """Runs to simulate: those that come to the same count once."""
        return sum(len(study.rows) for study in self.studies)

    def record(self) -> dict[str, Any]:
        """Return the plan as plain data: by it, a batch knows itself again."""
        return {
            "batch": self.batch.model_dump(mode="json", by_alias=True, exclude_none=True),
            "studies": [_study_record(study) for study in self.studies],
        }


def _study_record(study: PlannedStudy) -> dict[str, Any]:
    runs = [
        {
            "name": run.name,
            "key": run.key,
            "settings": {
                path: setting.model_dump(mode="json", exclude_none=True)
                for path, setting in run.settings.items()
            },
        }
        for run in study.runs
    ]
    return {
        "group": study.group,
        "study": study.study.name,
        "input_hash": input_hash(study.study),
        "scenarios": list(study.scenarios),
        "horizon": study.horizon,
        "runs": runs,
    }
