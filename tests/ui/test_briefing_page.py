"""The briefing page: a run of what is shown, its paper, its approval."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from climrisk.domain.study import Study
from climrisk.io.approvals import read_approvals
from climrisk.ui.briefing_run import run_folders, write_shown
from tests.charts.worlds import charted_study, four_items

Opened = Callable[..., AppTest]


@pytest.fixture
def small() -> Study:
    return charted_study(four_items())


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made(study: Study, place: Path) -> Path:
    return write_shown(study, place / "study", 64, place, lambda done, total: None)


def test_a_run_is_found_again_by_its_study_alone(small: Study, place: Path) -> None:
    folder = made(small, place)
    assert run_folders(small, place) == [folder]
    assert run_folders(small.model_copy(update={"name": "another"}), place) == []
    (folder / "run.json").write_text("{", encoding="utf-8")
    assert run_folders(small, place) == []


def test_without_a_run_the_page_says_how_to_get_one(
    small: Study, place: Path, open_page: Opened
) -> None:
    app = open_page("briefing", study=small)
    assert not app.exception
    assert any("no run of this study" in one.value for one in app.info)


def test_a_paper_is_a_draft_until_somebody_approves_it(
    small: Study, place: Path, open_page: Opened
) -> None:
    folder = made(small, place)
    app = open_page("briefing", study=small)
    assert not app.exception
    assert [one.value for one in app.warning] == ["DRAFT"]
    approve = next(one for one in app.button if one.label.startswith("Approve"))
    approve.click().run()
    assert [one.value for one in app.error] == ["Who approves? Type a name."]
    app.text_input(key="briefing_name").set_value("Board of directors")
    approve = next(one for one in app.button if one.label.startswith("Approve"))
    approve.click().run()
    assert not app.exception
    assert [one.name for one in read_approvals(folder)] == ["Board of directors"]
    assert "Approved by Board of directors" in app.success[0].value.replace("\\", "")


def test_a_paper_without_its_translations_cannot_be_approved(
    small: Study, place: Path, open_page: Opened
) -> None:
    made(small, place)
    app = open_page("briefing", study=small, briefing_language="zh-Hant")
    assert not app.exception
    approve = next(one for one in app.button if one.label.startswith("Approve"))
    assert approve.disabled
    assert any("no text in zh" in one.value.replace("\\", "") for one in app.markdown)
