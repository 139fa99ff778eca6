"""What matters most stands in the appendix of a briefing where the run was asked about it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from climrisk.charts.table import ChartTable
from climrisk.errors import RunFolderError
from climrisk.io.answer_folder import FOLDER
from climrisk.io.briefing_file import read_briefing
from climrisk.names import LANGUAGES, Language
from climrisk.report.briefing import briefing
from climrisk.report.document import Document, Picture
from climrisk.report.focus import chosen_world
from climrisk.report.run_data import open_run
from tests.command_line import call


@pytest.fixture(scope="module")
def asked(lx_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run folder with answers about the scenario that its briefing is about."""
    run = tmp_path_factory.mktemp("asked") / "run"
    shutil.copytree(lx_folder, run)
    found = open_run(run)
    scenario = chosen_world(found, read_briefing(run, found.study)).scenario
    method = ("--method", "information")
    done = call("sensitivity", run, "--scenario", scenario, *method, "--quiet")
    assert (done.code, done.err) == (0, "")
    return run


def charts(document: Document) -> list[ChartTable]:
    return [
        block.chart
        for section in document.sections
        if section.name == "matters"
        for block in section.blocks
        if isinstance(block, Picture) and isinstance(block.chart, ChartTable)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_worth_knowing_is_shown(asked: Path, language: Language) -> None:
    found = charts(briefing(open_run(asked), language))
    assert 1 <= len(found) <= 3
    assert all(chart.name == "information" for chart in found)


def test_nobody_asked(lx_folder: Path) -> None:
    assert charts(briefing(open_run(lx_folder), "en")) == []


def test_answers_about_another_run_are_refused(asked: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    shutil.copytree(asked, run)
    file = run / FOLDER / "asked.json"
    told = json.loads(file.read_text(encoding="utf-8"))
    told["sought"]["draws"] += 1
    file.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(RunFolderError, match="of another study or other draws"):
        briefing(open_run(run), "en")
    file.write_text("[]", encoding="utf-8")
    with pytest.raises(RunFolderError, match="not what climrisk sensitivity writes"):
        briefing(open_run(run), "en")


def test_damaged_answers_are_refused(asked: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    shutil.copytree(asked, run)
    (run / FOLDER / "information.csv").write_text("scenario\nx\n", encoding="utf-8")
    assert charts(briefing(open_run(run), "en")) == [], "rows of another scenario"
    lines = (asked / FOLDER / "information.csv").read_text(encoding="utf-8").splitlines()
    scenario = lines[1].split(",")[0]
    (run / FOLDER / "information.csv").write_text(f"scenario\n{scenario}\n", encoding="utf-8")
    with pytest.raises(RunFolderError, match="not what climrisk sensitivity writes"):
        briefing(open_run(run), "en")
