"""Run folders of small studies, for the tests of reports."""

from __future__ import annotations

from pathlib import Path

from climrisk.analysis import analyse
from climrisk.domain.study import Study
from climrisk.io.run_folder import write_run
from climrisk.io.run_record import run_record
from climrisk.io.run_tables import run_labels, run_tables
from climrisk.report.run_data import RunData, open_run

__all__ = ["run_of"]


def run_of(study: Study, folder: Path, briefing: str = "", draws: int = 200) -> RunData:
    """Simulate a study, write its run folder and open it.

    Parameters
    ----------
    study : Study
    folder : Path
        Must not exist.
    briefing : str
        Text of `briefing.yaml`; none where empty.
    draws : int, default 200
    """
    results = analyse(study, draws=draws)
    scenarios = tuple(study.settings.scenarios)
    labels = run_labels(study, scenarios)
    record = run_record(study, results, 1.0, None)
    beside = {"briefing.yaml": briefing.encode()} if briefing else {}
    tables = run_tables(results, labels)
    write_run(folder, study, results, tables, labels.notice, record, dict, beside)
    return open_run(folder)
