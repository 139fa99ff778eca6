"""The folder of a batch: what was asked for, what is finished, and the results."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from climrisk import __version__
from climrisk.batch.arrays import DIFFERENCE, DIMS, DRAWS, SUMMARY, VALUE
from climrisk.batch.plan import BatchPlan, PlannedStudy
from climrisk.batch.simulate import Outcome
from climrisk.errors import BatchError, RunFolderError
from climrisk.io.atomic import check_new_folder, new_folder, write_atomically
from climrisk.io.batch_lock import held_alone
from climrisk.io.batch_manifest import Manifest, read_manifest
from climrisk.io.batch_store import BASE_DRAWS, BatchStore, GroupFrame, checksum
from climrisk.io.batch_tables import check_installed
from climrisk.io.run_folder import canonical_json
from climrisk.io.run_tables import run_labels
from climrisk.names import CONTROLS

__all__ = [
    "DONE",
    "MANIFEST",
    "PLAN",
    "RESULTS",
    "STUDIES",
    "BatchFolder",
    "batch_folder",
    "draws_bytes",
    "keeps_draws",
]

PLAN: Final = "batch.json"
MANIFEST: Final = "manifest.jsonl"
RESULTS: Final = "results.zarr"
LOG: Final = "batch.log"
STUDIES: Final = "studies"
MOST_BYTES_OF_DRAWS: Final = 10**9
"""Single draws of all runs are kept up to this size, unless the batch says otherwise."""
DONE, FAILED = "done", "failed"


def draws_bytes(plan: BatchPlan, every_run: bool = True) -> int:
    """Return the size of net of the total in every draw, of all runs or the base runs [bytes]."""
    total = 0
    for study in plan.studies:
        spans = len(study.study.settings.horizons) + 1
        values = (len(study.scenarios) + 1) * len(CONTROLS) * spans * plan.batch.draws
        total += 8 * values * (len(study.runs) if every_run else 1)
    return total


def keeps_draws(plan: BatchPlan) -> bool:
    """Return whether the single draws of every run are kept, or those of the base runs alone."""
    stated = plan.batch.keep_draws
    return draws_bytes(plan) <= MOST_BYTES_OF_DRAWS if stated is None else stated


@contextmanager
def batch_folder(plan: BatchPlan, path: Path, resume: bool) -> Iterator[BatchFolder]:
    """Make the folder of a batch, or open the one that is there, held against other writers.

    Parameters
    ----------
    plan : BatchPlan
    path : Path
    resume : bool
        Whether the folder may be there already.

    Raises
    ------
    RunFolderError
        If it may not, is no batch, or another process writes it.
    BatchError
        If it is another batch.
    MissingExtraError
        If the libraries that write results are not installed.
    """
    check_installed()
    if not (resume and path.exists()):
        _make(plan, path, resume)
    with held_alone(path), Manifest(path / MANIFEST) as manifest:
        _check_same(plan, path)
        yield BatchFolder(plan, path, manifest)


def _make(plan: BatchPlan, path: Path, resume: bool) -> None:
    partial = path.with_name(f".{path.name}.partial")
    if resume and partial.is_dir():
        with held_alone(partial):  # whoever was making it is gone
            shutil.rmtree(partial)
    if path.exists():
        raise RunFolderError(f"{path} exists already; go on with --resume, or name another folder")
    check_new_folder(path)
    record = {"climrisk": __version__, **plan.record()}
    try:
        with new_folder(path) as folder, held_alone(folder):
            (folder / STUDIES).mkdir()
            for study in plan.studies:
                text = canonical_json(study.study)
                write_atomically(folder / STUDIES / f"{study.group}.json", text.encode())
            BatchStore(folder / RESULTS)
            text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
            write_atomically(folder / PLAN, text.encode())
    except OSError as error:
        raise RunFolderError(f"{path}: cannot be written: {error.strerror or error}") from error


def _check_same(plan: BatchPlan, path: Path) -> None:
    try:
        found = json.loads((path / PLAN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise RunFolderError(f"{path}: no batch: {PLAN} is missing or no JSON") from None
    if found.get("climrisk") != __version__:
        raise BatchError(
            f"{path}: written by climrisk {found.get('climrisk')}, this is {__version__}; "
            "go on with that version, or begin in another folder"
        )
    wanted = json.loads(json.dumps(plan.record()))
    if found.get("studies") != wanted["studies"] or found.get("batch") != wanted["batch"]:
        raise BatchError(
            f"{path}: another batch: its file or a study has changed since; "
            "go on with what it was, or begin in another folder"
        )


class BatchFolder:
    """The open folder of a batch.

    Parameters
    ----------
    plan : BatchPlan
    path : Path
    manifest : Manifest
    """

    def __init__(self, plan: BatchPlan, path: Path, manifest: Manifest) -> None:
        self.path = path
        self._plan, self._manifest = plan, manifest
        self._store = BatchStore(path / RESULTS)
        self._keeps = keeps_draws(plan)
        self.lines = [line for line in read_manifest(path / MANIFEST) if line["status"] == DONE]

    def finished(self) -> dict[str, dict[str, Any]]:
        """Return the manifest's lines of runs whose results are whole, by group and key."""
        found = {}
        for line in self.lines:
            if not self._store.has_group(line["group"]):
                continue
            arrays = self._store.read(line["group"], line["rows"][0], line["arrays"])
            if checksum(arrays) == line["sha256"]:
                found[f"{line['group']}/{line['key']}"] = line
        return found

    def begin_group(self, study: PlannedStudy, outcome: Outcome) -> None:
        """Make the arrays of a study, once its base run has shown what they hold.

        Those that are there stay, as other runs may have their results in them.

        Raises
        ------
        BatchError
            If the disk has no room for them.
        """
        if self._store.has_group(study.group):
            return
        arrays = [SUMMARY, VALUE, DIFFERENCE, *([DRAWS] if self._keeps else [])]
        size = sum(outcome.arrays[name].nbytes for name in arrays) * len(study.runs)
        free = shutil.disk_usage(self.path).free
        if size > free:
            raise BatchError(
                f"{self.path}: {study.group} needs {size / 1e9:.3g} GB, {free / 1e9:.3g} GB are "
                "free; begin in another folder, or with keep_draws: false"
            )
        frame = _frame(study, outcome, arrays)
        self._store.add_group(frame, self._plan.batch.draws)

    def add(self, study: PlannedStudy, key: str, outcome: Outcome) -> dict[str, Any]:
        """Write a run's results, and then the line by which it counts as finished; return it."""
        rows = study.rows[key]
        arrays = dict(outcome.arrays)
        if DRAWS in arrays and not self._keeps:
            arrays[BASE_DRAWS] = arrays.pop(DRAWS)
        self._store.write(study.group, rows, arrays)
        return self._line(
            study,
            key,
            DONE,
            {
                "seconds": round(outcome.seconds, 3),
                "peak_memory_mb": outcome.memory and round(outcome.memory, 1),
                "money_step": outcome.step,
                "arrays": sorted(arrays),
                "sha256": checksum(arrays),
            },
        )

    def fail(self, study: PlannedStudy, key: str, cause: str) -> None:
        """Write why a run failed; it is simulated anew when the batch goes on."""
        self._line(study, key, FAILED, {"cause": cause})

    def _line(
        self, study: PlannedStudy, key: str, status: str, about: Mapping[str, Any]
    ) -> dict[str, Any]:
        rows = study.rows[key]
        names = [study.runs[row].name for row in rows]
        now = datetime.now(UTC).isoformat(timespec="seconds")
        line = {"group": study.group, "runs": names, "rows": list(rows), "key": key}
        line |= {"status": status, "time": now, **about}
        self._manifest.add(line)
        return line

    def base_draws(self, study: PlannedStudy) -> Any:
        """Return net of the total of the base run, (scenario, control, span, draw) [million]."""
        return self._store.base_draws(study.group)

    def labels(self, study: PlannedStudy) -> dict[str, list[str]]:
        """Return the labels of a study's results."""
        return self._store.labels(study.group)

    def log(self, text: str) -> None:
        """Add a line with the time to the log."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        line = " ".join(text.split())
        with (self.path / LOG).open("a", encoding="utf-8") as file:
            file.write(f"{now} {line}\n")


def _frame(study: PlannedStudy, outcome: Outcome, arrays: list[str]) -> GroupFrame:
    """Return what the results of a study look like."""
    labels = run_labels(study.study, study.scenarios)
    paths = study.varied_paths
    settings = [[run.settings.get(path) for path in paths] for run in study.runs]
    words = [["" if one is None else one.words for one in row] for row in settings]
    beside: dict[str, tuple[tuple[str, ...], Any]] = {
        "key": (("run",), [run.key for run in study.runs])
    }
    if paths:
        beside["setting"] = (("run", "varied"), words)
    years = {name: one.years for name, one in study.study.settings.horizons.items()}
    return GroupFrame(
        name=study.group,
        attributes={
            "study": study.study.name,
            "unit": labels.unit,
            "notice": labels.notice,
            "horizon_years": {name: list(pair) for name, pair in years.items()},
        },
        coordinates={
            "run": [run.name for run in study.runs],
            **({"varied": list(paths)} if paths else {}),
            **outcome.labels,
        },
        dims={name: DIMS[name] for name in arrays},
        beside=beside,
    )
