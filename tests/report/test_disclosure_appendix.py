"""The appendix for reporting stands in the briefing, and says what is not translated in it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from climrisk.domain.briefing import Briefing
from climrisk.io.disclosure import read_standards
from climrisk.names import LANGUAGES, Language
from climrisk.paths import bundled
from climrisk.report.blocks.disclosures import disclosure_appendix, untranslated_answers
from climrisk.report.briefing import briefing
from climrisk.report.document import Cell, Paragraph, Section, State, Table
from climrisk.report.run_data import RunData, open_run
from climrisk.report.wording import Wording

ANSWERED = bundled("data") / "lx-technology-2023" / "disclosure.yaml"


def copied(run: RunData, folder: Path, answers: str | None) -> RunData:
    """Return the run with other answers; none where `answers` is None."""
    shutil.copytree(run.folder, folder, copy_function=os.link)
    (folder / "disclosure.yaml").unlink(missing_ok=True)
    if answers is not None:
        (folder / "disclosure.yaml").write_text(answers, encoding="utf-8")
    return open_run(folder)


@pytest.fixture(scope="module")
def answered(lx: RunData, tmp_path_factory: pytest.TempPathFactory) -> RunData:
    folder = tmp_path_factory.mktemp("answered") / "run"
    return copied(lx, folder, ANSWERED.read_text(encoding="utf-8"))


def section_of(run: RunData, name: str, language: Language = "en") -> Section:
    appendix = disclosure_appendix(Wording(run, Briefing(), language))
    return next(section for section in appendix if section.name == name)


def table_of(section: Section) -> Table:
    return next(block for block in section.blocks if isinstance(block, Table))


def id_of(cell: Cell) -> str:
    assert isinstance(cell, tuple)
    return str(cell[0]).split()[0]


def test_it_stands_in_the_briefing(answered: RunData) -> None:
    names = [section.name for section in briefing(answered, "en").appendix]
    assert {"effects_guide", "effects_ndcs", "disclosure_hkex_2025", "disclosure_tcfd"} <= set(
        names
    )


def test_an_issuer_sees_the_code_of_the_exchange_in_its_first_year(answered: RunData) -> None:
    section = section_of(answered, "disclosure_hkex_2025")
    told = section.blocks[1]
    assert isinstance(told, Paragraph)
    assert told.spans == (
        "Main Board issuer, financial year beginning 1 January 2025. "
        "The company's own financial year begins on 1 January 2023.",
    )
    rows = (*table_of(section).rows, *table_of(section_of(answered, "disclosure_hkex_2025_2")).rows)
    forces = {id_of(row[0]): row[1] for row in rows if row[1]}
    assert forces["D28(a)"] == ("mandatory",)
    assert forces["D25"] == ("comply or explain",)


def test_without_answers_everything_of_the_company_is_blank(lx: RunData, tmp_path: Path) -> None:
    run = copied(lx, tmp_path / "run", None)
    section = section_of(run, "disclosure_ifrs_s2")
    told = section.blocks[1]
    assert isinstance(told, Paragraph)
    assert "no disclosure.yaml" in str(told.spans[0])


def test_no_page_has_more_rows_than_fit_and_none_is_lost(answered: RunData) -> None:
    appendix = disclosure_appendix(Wording(answered, Briefing(), "en"))
    pages = [one for one in appendix if one.name.startswith("disclosure_hkex_2025")]
    assert [page.title.split(" · ")[1] for page in pages] == [
        "Governance, Strategy, Risk management",
        "Metrics and targets",
    ]
    shown = [id_of(row[0]) for page in pages for row in table_of(page).rows if row[1]]
    assert shown == list(read_standards()["hkex_2025"].rows)
    assert all(len(table_of(page).rows) <= 22 for page in pages)
    assert [bool(table_of(page).notes) for page in pages] == [False, True]


def test_a_status_is_word_icon_and_colour(answered: RunData) -> None:
    cells = [
        cell for row in table_of(section_of(answered, "disclosure_hkex_2025")).rows for cell in row
    ]
    states = {(one.text, one.icon, one.role) for one in cells if isinstance(one, State)}
    assert states == {
        ("done", "tick", "on_track"),
        ("partial", "triangle", "at_risk"),
        ("missing", "cross", "off_track"),
    }


def test_rows_stand_under_their_pillar(answered: RunData) -> None:
    table = table_of(section_of(answered, "disclosure_tcfd"))
    heads = [table.rows[place][0] for place in table.groups]
    assert heads == [("Governance",), ("Strategy",), ("Risk management",), ("Metrics and targets",)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bundled_answers_are_translated(answered: RunData, language: Language) -> None:
    assert untranslated_answers(Wording(answered, Briefing(), language)) == []


def test_an_answer_in_one_language_is_named(lx: RunData, tmp_path: Path) -> None:
    answers = """\
schema: 1
issuer_tier: unlisted
financial_year: {begins: 2025-01-01, ends: 2025-12-31}
risk_management:
  integration: {text: in English, missing: a date, basis: reported, source: x}
reliefs: [{rows: [D25], relief: capabilities, reason: no model}]
"""
    run = copied(lx, tmp_path / "run", answers)
    assert untranslated_answers(Wording(run, Briefing(), "en")) == []
    assert untranslated_answers(Wording(run, Briefing(), "zh-Hant")) == ["a date", "no model"]
