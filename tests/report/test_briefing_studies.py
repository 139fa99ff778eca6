"""Briefings of studies that strain their pages: nothing assessed, many items, hostile words."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeGuard

import pytest

from climrisk.domain.item import Item
from climrisk.names import LANGUAGES, Language
from climrisk.report.briefing import MOST_PAGES, briefing
from climrisk.report.document import Cell, Document, Figure, Spans, State, Table, figures_of
from climrisk.report.legible import sentence
from climrisk.report.printed_texts import printed_texts
from climrisk.report.run_data import RunData
from tests.charts.worlds import HOSTILE, charted_study, four_items
from tests.report.run_folders import run_of
from tests.report.tracing import Tables, recomputed
from tests.studies import always, cost, make_item

MOST_ROWS = 20
MOST_CHARACTERS = 240


def is_spans(cell: Cell) -> TypeGuard[Spans]:
    return not isinstance(cell, State)


def only(kind: str) -> dict[str, Item]:
    return {name: item for name, item in four_items().items() if item.kind == kind}


def unassessed_item(kind: str, title: str) -> Item:
    category = "acute" if kind == "risk" else "resilience"
    return Item.model_validate({"kind": kind, "category": category, "title": title})


def unassessed() -> dict[str, Item]:
    return {
        "R-ACU-1": unassessed_item("risk", "Rainstorm"),
        "O-RES-1": unassessed_item("opportunity", "Reuse"),
    }


def many() -> dict[str, Item]:
    """Sixty items with names of 200 characters."""
    long: dict[str, Any] = {"title": "An endlessly named risk " * 8 + "of 200 c", "owner": "O" * 90}
    return {
        f"R-{number:02d}-" + "X" * 40: make_item(
            always(), {"loss": cost({"p5": 0.1 * number, "p95": 0.3 * number})}, **long
        )
        for number in range(1, 61)
    }


STUDIES = {
    "only-risks": only("risk"),
    "only-opportunities": only("opportunity"),
    "nothing-assessed": unassessed(),
    "no-items": {},
    "sixty-items": many(),
    "four-items": four_items(),
}


@pytest.fixture(params=sorted(STUDIES), scope="module")
def document(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Document:
    folder = tmp_path_factory.mktemp("study") / "run"
    return briefing(run_of(charted_study(STUDIES[request.param]), folder), "en")


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> RunData:
    """A run with two risks, two opportunities and one item that nobody assessed."""
    items = four_items() | {"R-NEW": unassessed_item("risk", "New")}
    return run_of(charted_study(items), tmp_path_factory.mktemp("four") / "run")


def every_text(document: Document) -> str:
    return "\n".join(text for _, text in printed_texts(document))


def test_six_pages(document: Document) -> None:
    assert len(document.pages) == MOST_PAGES


def test_a_page_holds_few_rows_of_short_cells(document: Document) -> None:
    """What a sheet of paper and a slide can hold, whatever the study states."""
    for section in document.pages:
        tables = [block for block in section.blocks if isinstance(block, Table)]
        assert sum(len(table.rows) for table in tables) <= MOST_ROWS
        cells = [cell for table in tables for row in table.rows for cell in row]
        assert all(len(sentence(one)) <= MOST_CHARACTERS for one in cells if is_spans(one))


def test_numbers_are_numbers(document: Document) -> None:
    assert "nan" not in every_text(document).split()
    for section in document.sections:
        for figure in figures_of(section):
            assert all(value == value for value in figure.values), figure


@pytest.mark.parametrize("scale", [1e-4, 1e6])
def test_amounts_of_any_size_are_traced(scale: float, tmp_path: Path) -> None:
    run = run_of(charted_study(four_items(scale), scale), tmp_path / "run")
    found = briefing(run, "en")
    tables = Tables(run.folder)
    for section in found.sections:
        for figure in figures_of(section):
            assert recomputed(figure, tables) == pytest.approx(figure.values, rel=1e-9), figure


def test_nothing_assessed_prints_no_figure_of_a_run(tmp_path: Path) -> None:
    found = briefing(run_of(charted_study(unassessed()), tmp_path / "run"), "en")
    simulated = [
        figure
        for section in found.pages
        for figure in figures_of(section)
        if not figure.keys[0].startswith("study.json/")
    ]
    assert simulated == []
    assert "None of the 2 items of the register is assessed yet" in every_text(found)


def test_one_scenario_is_no_view_on_resilience(tmp_path: Path) -> None:
    study = charted_study(four_items())
    settings = study.settings.model_copy(update={"scenarios": ("steep",)})
    alone = study.model_copy(update={"settings": settings})
    found = briefing(run_of(alone, tmp_path / "run"), "en")
    texts = every_text(found)
    assert "There is one scenario only" in texts
    assert "In the only scenario, steep, the average year" in texts
    assert "the mildest" not in texts
    assert "where it is likeliest" not in texts


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    """Marks that turn direction and breaks of lines are gone; braces cite nothing."""
    study = charted_study(four_items())
    titled = {
        "company": {"name": HOSTILE + "\n{{7*7}}"},
        "title": HOSTILE,
        "notice": HOSTILE,
    }
    plain = study.settings.model_dump(by_alias=True, exclude_none=True) | titled
    hostile = study.model_copy(
        update={"settings": type(study.settings).model_validate(plain), "name": "../../../etc"}
    )
    found = briefing(run_of(hostile, tmp_path / "run"), "en")
    assert "\u202e" not in every_text(found)
    assert "\n" not in found.company
    assert "{{7*7}}" in found.company


def test_a_title_in_another_language_is_flagged(four: RunData) -> None:
    assert "沒有譯文的文字" in every_text(briefing(four, "zh-Hant"))
    assert "Texts without a translation" not in every_text(briefing(four, "en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_not_assessed_items_are_counted(language: Language, four: RunData) -> None:
    limits = next(one for one in briefing(four, language).pages if one.name == "limits")
    assert "R-NEW" in "".join(
        span if isinstance(span, str) else span.text
        for block in limits.blocks
        if not isinstance(block, Table)
        for item in getattr(block, "items", ())
        for span in item
        if isinstance(span, str | Figure)
    )
