"""Planning the runs of a batch, or every fault of its file and of its studies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from climrisk.batch.design import designed_runs
from climrisk.batch.plan import BatchPlan, PlannedRun, PlannedStudy
from climrisk.domain.batch import Batch, Levels
from climrisk.domain.study import Study
from climrisk.domain.study_places import NoPlaceError
from climrisk.domain.varied import Setting, check_study, varied
from climrisk.engine.kernels import kernel_name
from climrisk.errors import Fault, InvalidStudyError
from climrisk.io.batch_file import read_batch_file
from climrisk.io.run_folder import input_hash, run_key
from climrisk.io.study import read_study
from climrisk.io.tree import Path as TreePath
from climrisk.io.tree import Tree
from climrisk.io.wording import suggestion
from climrisk.paths import bundled_studies

__all__ = ["plan_batch", "read_batch"]

MOST_RUN_FAULTS = 10
IN_PYTHON = "batch"
"""What faults call a batch that stands in no file."""
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def read_batch(path: str | Path) -> BatchPlan:
    """Read a batch file and plan its runs.

    Parameters
    ----------
    path : str or Path
        A YAML file; studies are found from its folder.

    Raises
    ------
    InvalidStudyError
        With every fault of the file and of its studies.
    """
    file = Path(path)
    batch, tree = read_batch_file(file)
    return _Planning(batch, tree, file.absolute().parent).plan()


def plan_batch(batch: Batch, folder: Path | None = None) -> BatchPlan:
    """Plan the runs of a batch that was made in Python.

    Parameters
    ----------
    batch : Batch
    folder : Path, optional
        Where its studies are found from; the current folder by default.

    Raises
    ------
    InvalidStudyError
        With every fault.
    """
    data = batch.model_dump(by_alias=True, exclude_none=True)
    return _Planning(batch, Tree(IN_PYTHON, data, {(): 0}), folder or Path()).plan()


class _Planning:
    """One attempt to plan; gathers faults instead of stopping at the first."""

    def __init__(self, batch: Batch, tree: Tree, folder: Path) -> None:
        self.batch, self.tree, self.folder = batch, tree, folder
        self.faults: list[Fault] = []

    def plan(self) -> BatchPlan:
        studies = [self._read(number, name) for number, name in enumerate(self.batch.studies)]
        runs = self._runs()
        read = [study for study in studies if study is not None]
        for study in read:
            self._check_inputs(study)
        if self.faults:
            raise InvalidStudyError(self.faults)
        groups = _groups([study.name for study in read])
        found = [self._planned(*pair, runs) for pair in zip(groups, read, strict=True)]
        if self.faults:
            raise InvalidStudyError(self.faults)
        return BatchPlan(self.batch, tuple(found))

    def _read(self, number: int, name: str) -> Study | None:
        place: TreePath = ("study",) if isinstance(self.batch.study, str) else ("study", number)
        beside = self.folder / name
        try:
            return read_study(beside if beside.exists() or name not in bundled_studies() else name)
        except InvalidStudyError as error:
            for one in error.faults:
                where = f"{one.file}:{one.line}: {one.field}" if one.line else one.file
                self._fault(place, f"{where}: {one.found}", one.allowed)
            return None

    def _runs(self) -> dict[str, Mapping[str, Setting]]:
        try:
            return designed_runs(self.batch)
        except ValueError as error:
            found, _, allowed = str(error).partition(", allowed: ")
            self._fault(("design",), found, f"allowed: {allowed}" if allowed else "")
            return {}

    def _check_inputs(self, study: Study) -> None:
        """Note scenarios, horizons and paths that the study does not have, and bad levels."""
        listed = study.settings.scenarios
        if self.batch.scenarios != "all":
            for number, name in enumerate(self.batch.scenarios):
                if name not in listed:
                    place: TreePath = ("scenarios", number)
                    self._fault(place, f"unknown scenario {name!r}", suggestion(name, listed))
        horizon = self.batch.horizon
        if horizon is not None and horizon not in study.settings.horizons:
            allowed = suggestion(horizon, study.settings.horizons)
            self._fault(("horizon",), f"unknown horizon {horizon!r}", allowed)
        nowhere: set[TreePath] = set()
        for place, path, setting in _stated(self.batch):
            problem = None if place in nowhere else _varied(study, {path: setting})
            if not isinstance(problem, _Problem):
                continue
            if problem.is_of_path:
                nowhere.add(place)
            found = problem.found if problem.is_of_path else f"{setting.words}: {problem.found}"
            self._fault(place, found, problem.allowed)

    def _planned(
        self, group: str, study: Study, runs: Mapping[str, Mapping[str, Setting]]
    ) -> PlannedStudy:
        listed = study.settings.scenarios
        wanted = listed if self.batch.scenarios == "all" else self.batch.scenarios
        scenarios = tuple(name for name in listed if name in wanted)
        found, faults = [], 0
        for name, settings in runs.items():
            changed = _varied(study, settings, check=len(settings) > 1)
            if isinstance(changed, _Problem):
                faults += 1
                if faults <= MOST_RUN_FAULTS:
                    self._fault(("design",), f"run {name}: {changed.found}", changed.allowed)
                continue
            found.append(PlannedRun(name, settings, self._key(changed, scenarios)))
        stated = study.settings.horizons
        horizon = self.batch.horizon or max(stated, key=lambda name: stated[name].years)
        return PlannedStudy(group, study, scenarios, horizon, tuple(found))

    def _key(self, study: Study, scenarios: tuple[str, ...]) -> str:
        inputs = input_hash(study)
        return run_key(inputs, self.batch.draws, self.batch.seed, kernel_name(), scenarios)

    def _fault(self, place: TreePath, found: str, allowed: str) -> None:
        self.faults.append(self.tree.fault(place, found, allowed))


def _stated(batch: Batch) -> Iterator[tuple[TreePath, str, Setting]]:
    """Yield every setting that the file states, alone, and where it stands."""
    for path, levels in batch.vary.items():
        for setting in _ends(levels):
            yield ("vary", path), path, setting
    for name, settings in batch.cases.items():
        for path, setting in settings.items():
            yield ("cases", name, path), path, setting
    for number, settings in enumerate(batch.include):
        for path, setting in settings.items():
            yield ("include", number, path), path, setting


def _ends(levels: Levels) -> tuple[Setting, ...]:
    return levels.settings or (levels.at(0.0), levels.at(1.0))


class _Problem(NamedTuple):
    """What is wrong with a setting."""

    found: str
    allowed: str = ""
    is_of_path: bool = False


def _varied(study: Study, settings: Mapping[str, Setting], check: bool = True) -> Study | _Problem:
    """Return a study so varied, or what is wrong with it; checked across declarations if asked."""
    try:
        changed = varied(study, settings)
    except NoPlaceError as error:
        return _Problem(error.found, error.allowed, True)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        text = detail["msg"].removeprefix("Value error, ").replace("Input should be", "needed:")
        return _Problem(f"{'.'.join(map(str, detail['loc']))}: {text}")
    except ValueError as error:
        found, _, allowed = str(error).partition("allowed: ")
        return _Problem(found.rstrip(",; "), f"allowed: {allowed}" if allowed else "")
    for one in check_study(changed) if check and changed is not study else ():
        return _Problem(f"{'.'.join(map(str, one.path))}: {one.found}", one.allowed)
    return changed


def _groups(names: list[str]) -> list[str]:
    """Return a name for each study that may stand in a path, whatever the users call theirs."""
    lower = [name.lower() for name in names]
    return [
        name if _PLAIN.fullmatch(name) and lower.count(name.lower()) == 1 else f"study-{number}"
        for number, name in enumerate(names, start=1)
    ]
