"""Approval holds for one content; drifted figures and missing translations stand in its way."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from climrisk.cli.main import app
from climrisk.errors import RunFolderError
from climrisk.io.approvals import read_approvals
from climrisk.report.briefing import briefing, paper
from climrisk.report.run_data import RunData, open_run
from tests.charts.worlds import charted_study, four_items
from tests.report.run_folders import run_of

KEY = (
    "summary.csv/scenario=steep/control=current/horizon=long/subject=total/"
    "line=all/channel=net/statistic=mean"
)


def narrative(value: float) -> str:
    return f"""\
schema: 1
owner: Board office
narrative:
  scenarios: "Our words: {{{{mean}}}} a year."
figures:
  mean: {{key: {KEY}, per_year: true, value: {value}}}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> RunData:
    return run_of(charted_study(four_items()), tmp_path_factory.mktemp("made") / "run")


@pytest.fixture
def run(made: RunData, tmp_path: Path) -> RunData:
    """A run of one's own, with a sentence whose figure is right."""
    shutil.copytree(made.folder, tmp_path / "run")
    yearly = made.at(KEY).value / 2
    (tmp_path / "run" / "briefing.yaml").write_text(narrative(round(yearly, 6)), encoding="utf-8")
    return open_run(tmp_path / "run")


def approved(run: RunData, *options: str) -> str:
    asked = ["approve", str(run.folder), "--name", "Board of directors", *options]
    done = CliRunner().invoke(app, asked)
    return done.output if done.exception is None else str(done.exception)


def test_an_approved_paper_says_by_whom_and_when(run: RunData) -> None:
    told = approved(run, "--date", "2026-03-01")
    assert told == "approved in en by Board of directors, 2026-03-01\n"
    stamp = briefing(run, "en", approvals=read_approvals(run.folder)).stamp
    assert (stamp.status, stamp.is_draft) == ("Approved by Board of directors, 1 March 2026", False)


def test_a_changed_paper_is_a_draft_again_and_the_log_stays(run: RunData) -> None:
    approved(run)
    log = (run.folder / "approvals.jsonl").read_bytes()
    file = run.folder / "briefing.yaml"
    file.write_text(file.read_text().replace("Board office", "Finance"), encoding="utf-8")
    assert briefing(run, "en", approvals=read_approvals(run.folder)).stamp.is_draft
    approved(run)
    assert (run.folder / "approvals.jsonl").read_bytes().startswith(log)
    assert len(read_approvals(run.folder)) == 2
    assert not briefing(run, "en", approvals=read_approvals(run.folder)).stamp.is_draft


def test_a_figure_that_moved_is_flagged_and_blocks(run: RunData) -> None:
    (run.folder / "briefing.yaml").write_text(narrative(-99.0), encoding="utf-8")
    found = paper(run, "en")
    assert found.drifts[0].cited == "RMB -99 million"
    assert found.drifts[0].place == "narrative.scenarios"
    assert "the text cites RMB -99 million, the run says RMB" in approved(run)
    assert read_approvals(run.folder) == ()


def test_a_figure_moved_within_its_printed_digits_is_no_drift(run: RunData) -> None:
    yearly = run.at(KEY).value / 2
    (run.folder / "briefing.yaml").write_text(narrative(yearly * (1 + 1e-9)), encoding="utf-8")
    assert paper(run, "en").drifts == ()


def test_a_figure_that_the_run_lacks_is_flagged(run: RunData) -> None:
    file = run.folder / "briefing.yaml"
    file.write_text(file.read_text().replace("statistic=mean", "statistic=p17"), encoding="utf-8")
    assert paper(run, "en").drifts[0].found == "–"


def test_a_text_without_translation_blocks_its_language_alone(run: RunData) -> None:
    assert "no text in zh-Hant: Board office" in approved(run, "--lang", "zh-Hant")
    assert read_approvals(run.folder) == ()
    assert approved(run, "--lang", "en").startswith("approved in en")


def test_a_log_that_climrisk_did_not_write_is_refused(run: RunData) -> None:
    (run.folder / "approvals.jsonl").write_text('{"name": "x"}\n')
    with pytest.raises(RunFolderError, match=r"approvals\.jsonl:1: no approval"):
        read_approvals(run.folder)


@pytest.mark.parametrize("name", ["", "two\nlines", "x" * 121])
def test_a_name_is_one_line(run: RunData, name: str) -> None:
    done = CliRunner().invoke(app, ["approve", str(run.folder), "--name", name])
    assert done.exit_code == 2
    assert "--name" in done.output
