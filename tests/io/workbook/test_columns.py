from __future__ import annotations

import pytest
from pydantic import BaseModel

from climrisk.domain.dependence import Dependence, Group
from climrisk.domain.emissions import Emissions
from climrisk.domain.impact import Impact
from climrisk.domain.insurance import Insurance
from climrisk.domain.inventory import Activity
from climrisk.domain.item import Item
from climrisk.domain.link import Link
from climrisk.domain.measure import Effect, Measure, Replacement
from climrisk.domain.measured import Intensity
from climrisk.domain.ordinal import Ordinal
from climrisk.domain.pathway import Pathway
from climrisk.domain.projection import CarbonCost, ProjectedSource
from climrisk.domain.quantities.labels import LabelMaps
from climrisk.domain.settings import Conversion, Exposure, Horizon, Money, RevenueLine, Settings
from climrisk.domain.site import Site
from climrisk.domain.study import Register, Study
from climrisk.domain.target import Target, Targets
from climrisk.io.workbook.column import as_cell, from_cell
from climrisk.io.workbook.geometry import SCENARIO_COLUMNS
from climrisk.io.workbook.headers import (
    about,
    heading,
    note,
    sheet_title,
    sheet_titles,
    unit,
    unworded,
)
from climrisk.io.workbook.rows import places_of
from climrisk.io.workbook.sheet import Id, Position
from climrisk.io.workbook.sheets import INVENTORY, REGISTER, SHEETS, SITES, STUDY, TARGETS
from climrisk.io.workbook.statement import NUMBERS
from climrisk.names import LANGUAGES

MONEY = Money(currency="CNY", label="RMB", price_year=2023)
HOLDERS: dict[tuple[object, ...], tuple[str, type[BaseModel]]] = {
    (): (STUDY, Settings),
    ("horizons", "*"): (STUDY, Horizon),
    ("revenue_lines", "*"): (STUDY, RevenueLine),
    ("exposures", "*"): (STUDY, Exposure),
    ("conversions", "*"): (STUDY, Conversion),
    ("emissions",): (STUDY, Emissions),
    ("intensities", "*"): (STUDY, Intensity),
    ("projection", "*"): (STUDY, ProjectedSource),
    ("projection", "*", "links", 0): (STUDY, Link),
    ("carbon_cost", "*"): (STUDY, CarbonCost),
    ("labels",): (STUDY, LabelMaps),
    ("ordinal",): (STUDY, Ordinal),
    ("items", "*"): (REGISTER, Item),
    ("items", "*", "impact", "*"): (REGISTER, Impact),
    ("items", "*", "links", 0): (REGISTER, Link),
    ("items", "*", "insurance"): (REGISTER, Insurance),
    ("measures", "*"): (REGISTER, Measure),
    ("measures", "*", "reduces", 0): (REGISTER, Effect),
    ("measures", "*", "reduces", 0, "replaced_by"): (REGISTER, Replacement),
    ("measures", "*", "raises", 0): (REGISTER, Effect),
    ("dependence",): (REGISTER, Dependence),
    ("dependence", "occurrence", 0): (REGISTER, Group),
    ("dependence", "severity", 0): (REGISTER, Group),
    ("targets", "*"): (TARGETS, Target),
    ("targets", "*", "pathway"): (TARGETS, Pathway),
}
"""Mappings of a study's files; `*` is any id, 0 any position."""


def stated_places() -> set[tuple[object, ...]]:
    """Return every place of the files that some sheet states, ids and positions generalised."""
    found: set[tuple[object, ...]] = set()
    for sheet in SHEETS:
        ways: list[tuple[object, ...]] = [(sheet.file,)]
        for step in sheet.place:
            if isinstance(step, Id):
                ways = [(*way, word) for way in ways for word in (step.choices or ("*",))]
            else:
                ways = [(*way, 0 if isinstance(step, Position) else step) for way in ways]
        for way in ways:
            found |= {way[:end] for end in range(1, len(way) + 1)}
            found |= {(*way, *path) for path, _ in places_of(sheet)}
    return found


def keys(model: type[BaseModel]) -> set[str]:
    return {info.alias or name for name, info in model.model_fields.items()} - {"schema"}


@pytest.mark.parametrize("place", HOLDERS, ids=str)
def test_every_field_of_every_model_has_a_column(place: tuple[object, ...]) -> None:
    file, model = HOLDERS[place]
    places = stated_places()
    assert {key for key in keys(model) if (file, *place, key) not in places} == set()


def test_every_part_of_a_study_is_in_a_file() -> None:
    assert keys(Register) == {"items", "measures", "dependence"}
    assert keys(Targets) == {"targets"}
    resolved = {"scenarios", "responses", "factor_sets", "pathways"}
    apart = {"name", "settings", "sites", "inventory", "targets"} | resolved
    assert keys(Study) - apart == {"register", "measures", "dependence"}


@pytest.mark.parametrize(("file", "model"), [(SITES, Site), (INVENTORY, Activity)])
def test_every_column_of_a_table_has_a_column(file: str, model: type[BaseModel]) -> None:
    places = stated_places()
    assert {key for key in keys(model) if (file, 0, key) not in places} == {"verified"}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_has_a_heading_and_a_note(sheet, language) -> None:
    assert about(sheet.key, language)
    assert len({column.key for column in sheet.columns}) == len(sheet.columns)
    parts = [part for column in sheet.columns for part in unworded(sheet.key, column.key)]
    assert parts == [], "words are missing in headers.yaml"
    headings = [heading(sheet.key, column.key, language) for column in sheet.columns]
    assert len(set(headings)) == len(headings)
    assert all(note(sheet.key, column.key, language) for column in sheet.columns)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_has_a_name_that_excel_takes(language) -> None:
    assert len(sheet_titles()) >= len(SHEETS) + 3
    for sheet in SHEETS:
        title = sheet_title(sheet.key, language)
        assert 0 < len(title) <= 31
        assert not set(title) & set("[]:*?/\\'")
        assert sheet_titles()[title] == sheet.key


@pytest.mark.parametrize(
    ("sheet", "key", "words"),
    [
        ("insurance", "deductible", "RMB million, 2023 prices"),
        ("measures", "opex.p95", "RMB million a year, 2023 prices"),
        ("exposures", "growth.p5", "fraction a year"),
        ("impacts", "size.p5", "RMB million, 2023 prices; a share is a fraction 0 to 1"),
        ("items", "owner", ""),
    ],
)
def test_units_stand_in_the_heads(sheet: str, key: str, words: str) -> None:
    assert unit(sheet, key, MONEY, "en") == words


def test_money_is_written_as_each_language_writes_it() -> None:
    assert unit("insurance", "limit", MONEY, "zh-Hant") == "人民幣百萬元，2023年價格"
    assert unit("insurance", "limit", MONEY, "zh-Hans") == "人民币百万元，2023年价格"


def test_the_numbers_of_a_quantity_are_those_that_were_agreed() -> None:
    assert NUMBERS == (
        "value", "p5", "p10", "p50", "p90", "p95", "low", "mode", "high", "mean", "cv"
    )  # fmt: skip


def test_a_field_that_nobody_has_worded_yet_still_has_a_heading() -> None:
    assert heading("items", "frame.new_field", "en") == "Frame · new_field"
    assert unworded("items", "frame.new_field") == ("new_field",)
    assert note("items", "new_field", "en") == ""


def test_scenario_files_have_headings_and_notes() -> None:
    for column in SCENARIO_COLUMNS:
        for language in LANGUAGES:
            assert heading("scenario_files", column.key, language)
            assert note("scenario_files", column.key, language)


@pytest.mark.parametrize("text", ["", '"', '""', " ", '" "', "a", '"a"', "=1", "\t"])
def test_any_text_comes_back_from_a_cell(text: str) -> None:
    assert from_cell(as_cell(text)) == text
    assert as_cell(text).strip()
