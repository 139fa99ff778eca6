"""A briefing says what its run says: six pages, every figure traced, nothing invented."""

from __future__ import annotations

import re

import pytest

from climrisk.io.run_figures import find_figure
from climrisk.names import LANGUAGES, Language
from climrisk.paths import bundled
from climrisk.report.blocks import appetite
from climrisk.report.briefing import briefing, paper
from climrisk.report.document import Document, Figure, Picture, State, Table, figures_of
from climrisk.report.printed_texts import printed_texts
from climrisk.report.run_data import Cited, RunData
from tests.report.tracing import Tables, forms, recomputed

PAGES = ["summary", "matrix", "items", "scenarios", "decisions", "limits"]
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def english(lx: RunData) -> Document:
    return briefing(lx, "en")


def every_figure(document: Document) -> list[Figure]:
    return [figure for section in document.sections for figure in figures_of(section)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_six_pages_in_their_order_then_the_appendix(lx: RunData, language: Language) -> None:
    document = briefing(lx, language)
    assert [section.name for section in document.pages] == PAGES
    assert {"method", "glossary", "record"} <= {section.name for section in document.appendix}
    assert {section.language for section in document.sections} == {language}


def test_every_figure_is_what_its_keys_and_its_derivation_give(
    lx: RunData, english: Document
) -> None:
    tables = Tables(lx.folder)
    figures = every_figure(english)
    assert len(figures) > 150
    for figure in figures:
        assert len(figure.values) == len(figure.keys)
        assert recomputed(figure, tables) == pytest.approx(figure.values, rel=1e-12), figure


def test_explain_finds_the_same(lx: RunData, english: Document) -> None:
    tables = Tables(lx.folder)
    keys = {figure.keys[0].split("/")[0]: figure.keys[0] for figure in every_figure(english)}
    assert len(keys) > 5
    for key in keys.values():
        if not key.startswith("study.json"):
            assert float(find_figure(lx.folder, key).value) == tables.figure(key)[0]


def test_every_figure_prints_its_values(english: Document) -> None:
    for figure in every_figure(english):
        for value in figure.values:
            assert any(form in figure.text for form in forms(value)), figure


def test_figures_are_alike_in_all_languages(lx: RunData, english: Document) -> None:
    values = [figure.values for figure in every_figure(english)]
    for language in ("zh-Hant", "zh-Hans"):
        assert [figure.values for figure in every_figure(briefing(lx, language))] == values


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans"])
def test_chinese_papers_are_chinese(lx: RunData, language: Language) -> None:
    """Sentences have Chinese characters; cells may hold ids, numbers and names of publications."""
    for place, text in printed_texts(briefing(lx, language)):
        if re.search(r"paragraph|item \d|title|head|note", place):
            assert HAN.search(text), f"{place}: {text}"


def test_table_names_are_unique_and_rows_are_whole(english: Document) -> None:
    tables = [block for one in english.sections for block in one.blocks if isinstance(block, Table)]
    assert len({table.name for table in tables}) == len(tables)
    for table in tables:
        assert all(len(row) == len(table.columns) for row in table.rows)
        assert all(table.rows[place][0] for place in table.groups)


def test_a_state_has_its_word(english: Document) -> None:
    cells = [
        cell
        for one in english.sections
        for block in one.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        if isinstance(cell, State)
    ]
    assert {cell.icon for cell in cells} >= {"tick", "triangle", "dash"}
    assert all(cell.text for cell in cells)


def test_pictures_say_what_they_show(english: Document) -> None:
    names = [b.name for one in english.sections for b in one.blocks if isinstance(b, Picture)]
    assert names[0] == "matrix"
    assert len(set(names)) == len(names) > 4


def test_the_notice_and_the_run_stand_at_the_foot(lx: RunData, english: Document) -> None:
    assert "Illustration by climrisk" in english.stamp.notice
    assert lx.record["input_hash"][:8] in english.stamp.run
    assert (english.stamp.status, english.stamp.is_draft) == ("DRAFT", True)


def test_the_same_run_gives_the_same_content(lx: RunData) -> None:
    assert paper(lx, "en").content == paper(lx, "en").content


def test_a_cooler_world_that_costs_more_is_explained(english: Document) -> None:
    texts = [text for _, text in printed_texts(english)]
    assert any("Net Zero 2050 (1.5 °C in 2100) costs RMB" in text for text in texts)
    assert any("carbon prices and changed markets cost this register more" in t for t in texts)


def test_a_cap_met_by_rounding_and_one_without_headroom_are_explained(english: Document) -> None:
    notes = [text for place, text in printed_texts(english) if "table targets, note" in place]
    assert any(note.startswith("T-GHG is met with a chance of") for note in notes)
    assert any(note.startswith("T-ELECTRICITY: the limit is the base") for note in notes)


def test_measures_that_raise_a_chance_at_first_are_explained(
    lx: RunData, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breach(run: RunData, world: object, year: int, subject: str, control: str) -> Cited:
        raised = 0.02 if control == "residual" and year == 2026 else 0.0
        return Cited(0.1 + raised, 0.005, "annual.csv/made")

    monkeypatch.setattr(appetite, "_breach", breach)
    notes = [text for place, text in printed_texts(briefing(lx, "en")) if "appetite, note" in place]
    assert notes[1:] == [
        "In 2026 the chance is higher with planned measures than without: "
        "their cost comes before what they save."
    ]


def test_what_the_company_does_not_state_is_said(lx: RunData, english: Document) -> None:
    texts = " ".join(text for _, text in printed_texts(english))
    assert "no share of them is printed: profit before tax; equity" in texts
    assert "500 draws were not enough" in texts


def test_a_run_keeps_what_its_briefings_need(lx: RunData) -> None:
    kept = (lx.folder / "briefing.yaml").read_bytes()
    assert kept == (bundled("data") / "lx-technology-2023" / "briefing.yaml").read_bytes()
