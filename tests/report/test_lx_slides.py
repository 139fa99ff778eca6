"""The bundled study's board deck: six slides, each with its page whole, and days in words."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pptx
import pytest

from climrisk.charts.tables.inputs import input_name
from climrisk.i18n.dates import written_day
from climrisk.names import Language
from climrisk.report.brand import PLAIN
from climrisk.report.briefing import briefing
from climrisk.report.run_data import RunData
from climrisk.report.slides.flow import sheets_of
from climrisk.report.slides.foot import foot_height
from climrisk.report.slides.stage import open_stage
from climrisk.report.slides.write import pptx_bytes


@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans"])
def test_each_page_is_whole_on_one_slide(lx: RunData, language: Language) -> None:
    document = briefing(lx, language)
    stage = open_stage(PLAIN, language, foot_height(document.stamp))
    sheets = [one for one in sheets_of(document, stage.body, PLAIN) if not one.appendix]
    assert [one.section for one in sheets] == list(document.pages)
    assert [one.parts for one in sheets] == [1] * 6
    for sheet in sheets:
        taken = sum(row.least for row in sheet.rows) + sheet.gap * (len(sheet.rows) - 1)
        assert taken <= stage.body.height


def test_heads_of_groups_span_the_table(lx: RunData) -> None:
    slides = pptx.Presentation(BytesIO(pptx_bytes(briefing(lx, "en")))).slides
    tables = [one.table for one in slides[4].shapes if one.has_table]
    heads = [row.cells[0] for row in tables[0].rows if row.cells[0].is_merge_origin]
    assert len(heads) == 6
    assert {head.span_width for head in heads} == {len(tables[0].columns)}


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "23 November 2026"),
        ("zh-Hant", "2026年11月23日"),
        ("zh-Hans", "2026年11月23日"),
    ],
)
def test_days_are_written_in_words(language: Language, written: str) -> None:
    assert written_day(date(2026, 11, 23), language) == written


def test_a_link_is_named_by_its_driver(lx: RunData) -> None:
    named = input_name(lx.labels("en"), "register.R-POL-1.links.1.per_unit")
    assert named.endswith(" · effect per unit of driver: Carbon price")
