"""Slides: six for the paper, native charts and tables, titles, faces, words for the blind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pptx
import pytest
from pptx.dml.fill import FillFormat
from pptx.oxml.ns import qn
from pptx.util import Pt

from climrisk.charts.table import ChartTable
from climrisk.domain.colour import AA_TEXT, contrast
from climrisk.errors import ClimriskError
from climrisk.report.brand import Brand
from climrisk.report.document import Document, Paragraph, Picture, Section
from climrisk.report.office.faces import EAST_ASIAN, TAGS
from climrisk.report.page_limit import PageLimitError
from climrisk.report.slides import pptx_bytes
from tests.report.office.conftest import Written
from tests.report.paper import HOSTILE, LONG


def deck(content: bytes) -> Any:
    return pptx.Presentation(BytesIO(content))


def only(written: tuple[Written, ...], name: str) -> Written:
    return next(one for one in written if one.name == name)


def one_section(document: Document, *texts: str) -> Document:
    blocks = tuple(Paragraph((text,)) for text in texts)
    section = Section("only", "Only", blocks)
    return replace(document, sections=(section,), stamp=replace(document.stamp, notice=""))


def test_the_paper_is_six_slides_and_the_rest_follows(written: tuple[Written, ...]) -> None:
    one = only(written, "en")
    titles = [slide.shapes.title.text for slide in deck(one.files["pptx"]).slides]
    named = [section.title for section in one.document.pages]
    assert len(named) == 6
    assert all(name in title for name, title in zip(named, titles[:6], strict=True))
    assert all(title.startswith("Appendix") for title in titles[6:])
    assert "Appendix · Anticipated financial effects · 2/" in "\n".join(titles)


def test_a_seventh_page_is_refused(documents: dict[str, Document]) -> None:
    document = documents["en"]
    more = Section("more", "More", (Paragraph(("text",)),))
    with pytest.raises(PageLimitError, match="more: found page 7"):
        pptx_bytes(replace(document, sections=(*document.pages, more)))


def test_charts_are_native_and_so_are_tables(written: tuple[Written, ...]) -> None:
    one = only(written, "en")
    blocks = [block for section in one.document.sections for block in section.blocks]
    pictures = sum(isinstance(block, Picture) for block in blocks)
    shapes = [shape for slide in deck(one.files["pptx"]).slides for shape in slide.shapes]
    assert sum(shape.has_chart for shape in shapes) == pictures + 1  # the matrix has two halves
    assert sum(shape.has_table for shape in shapes) >= 6
    assert not any(shape.shape_type == 13 for shape in shapes)


def test_charts_hold_the_figures_of_their_tables(written: tuple[Written, ...]) -> None:
    one = only(written, "en")
    charts = {
        shape.name: shape.chart
        for slide in deck(one.files["pptx"]).slides
        for shape in slide.shapes
        if shape.has_chart
    }
    fan = next(
        block.chart
        for block in one.document.sections[0].blocks
        if isinstance(block, Picture) and isinstance(block.chart, ChartTable)
    )
    series = {plot.name: plot for group in charts["fan"].plots for plot in group.series}
    assert list(series["Median (P50)"].values) == pytest.approx(fan.data["p50"].tolist())
    assert list(series["Expected value"].values) == pytest.approx(fan.data["mean"].tolist())
    low, gap = series["Range P5–P95 ↓"].values, series["Range P5–P95"].values
    assert [a + b for a, b in zip(low, gap, strict=True)] == pytest.approx(fan.data["p95"].tolist())


def test_every_chart_table_and_picture_is_told_in_words(written: tuple[Written, ...]) -> None:
    for one in written:
        for slide in deck(one.files["pptx"]).slides:
            for shape in slide.shapes:
                if shape.has_chart or shape.has_table:
                    told = shape._element.nvGraphicFramePr.cNvPr.get("descr")
                    assert told, (one.name, shape.name)


def test_every_slide_has_one_title_first(written: tuple[Written, ...]) -> None:
    for one in written:
        for slide in deck(one.files["pptx"]).slides:
            assert slide.shapes[0].is_placeholder
            assert slide.shapes.title.text.strip()


def _run_properties(slide: Any) -> Iterator[Any]:
    for run in slide._element.iter(qn("a:r"), qn("a:fld")):
        yield run.find(qn("a:rPr"))


def test_every_run_names_a_chinese_face_and_its_language(written: tuple[Written, ...]) -> None:
    for one in written:
        known = {TAGS[section.language] for section in one.document.sections}
        for slide in deck(one.files["pptx"]).slides:
            for properties in _run_properties(slide):
                assert properties.find(qn("a:ea")).get("typeface") in EAST_ASIAN.values()
                assert properties.get("lang") in known
            for shape in slide.shapes:
                if shape.has_chart:
                    for words in shape.chart._chartSpace.iter(qn("a:defRPr"), qn("a:rPr")):
                        assert words.find(qn("a:ea")) is not None


def test_nothing_reaches_beyond_the_slide_or_into_the_foot(written: tuple[Written, ...]) -> None:
    for one in written:
        presentation = deck(one.files["pptx"])
        for slide in presentation.slides:
            feet = min(shape.top for shape in slide.shapes if shape.has_text_frame
                       and one.document.stamp.run in shape.text_frame.text)  # fmt: skip
            for shape in slide.shapes:
                assert shape.left >= 0
                assert shape.top >= 0
                assert shape.left + shape.width <= presentation.slide_width
                if shape.has_table or shape.has_chart:
                    height = sum(row.height for row in shape.table.rows) if shape.has_table else 0
                    bottom = shape.top + max(height, shape.height)
                    assert bottom <= feet + Pt(1), (one.name, slide.shapes.title.text)


def test_stamp_notice_state_and_number_stand_on_every_slide(written: tuple[Written, ...]) -> None:
    for one in written:
        stamp = one.document.stamp
        for slide in deck(one.files["pptx"]).slides:
            said = "\n".join(
                shape.text_frame.text for shape in slide.shapes if shape.has_text_frame
            )
            assert all(text in said for text in (stamp.run, stamp.notice, stamp.status))
            assert slide._element.find(f".//{qn('a:fld')}").get("type") == "slidenum"


def test_texts_keep_aa_contrast_in_every_cell(written: tuple[Written, ...]) -> None:
    seen = set()
    for one in written:
        for slide in deck(one.files["pptx"]).slides:
            for shape in slide.shapes:
                if shape.has_table:
                    seen |= set(_cell_pairs(shape.table))
    assert len(seen) >= 5
    assert [pair for pair in sorted(seen) if contrast(*pair) < AA_TEXT] == []


def _cell_pairs(table: Any) -> Iterator[tuple[str, str]]:
    for row in table.rows:
        for cell in row.cells:
            fill: FillFormat = cell.fill
            for run in cell.text_frame.paragraphs[0].runs:
                yield f"#{fill.fore_color.rgb}", f"#{run.font.color.rgb}"


def test_no_text_is_smaller_than_ten_points(
    written: tuple[Written, ...],
) -> None:
    for one in written:
        for slide in deck(one.files["pptx"]).slides:
            for properties in _run_properties(slide):
                assert int(properties.get("sz")) >= 1000


def test_workbooks_inside_charts_hold_no_formula(written: tuple[Written, ...]) -> None:
    content = only(written, "hostile").files["pptx"]
    with ZipFile(BytesIO(content)) as archive:
        books = [archive.read(name) for name in archive.namelist() if name.endswith(".xlsx")]
    assert books
    for book in books:
        for sheet in openpyxl.load_workbook(BytesIO(book)):
            assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_ten_thousand_characters_go_on_over_slides(documents: dict[str, Document]) -> None:
    text = ("Each sentence of this long statement is printed once. " * 200)[:10_000]
    slides = deck(pptx_bytes(one_section(documents["en"], text))).slides
    assert len(slides) > 1
    said = " ".join(
        paragraph.text
        for slide in slides
        for shape in slide.shapes
        if shape.has_text_frame and shape != slide.shapes.title
        for paragraph in shape.text_frame.paragraphs
    )
    assert said.count("is printed once.") == text.count("is printed once.")


@pytest.mark.parametrize(
    "text", [HOSTILE, LONG, "\U0001f30a" * 40, "\u202e\u0000\u0007", "x" * 900]
)
def test_any_text_is_written_as_text(documents: dict[str, Document], text: str) -> None:
    slides = deck(pptx_bytes(one_section(documents["en"], text, "after"))).slides
    said = "".join(shape.text_frame.text for shape in slides[0].shapes if shape.has_text_frame)
    assert "after" in said
    assert not any(char in said for char in "\u202e\u0000\u0007")


def test_a_template_gives_its_size_and_keeps_none_of_its_slides(
    documents: dict[str, Document],
) -> None:
    template = pptx.Presentation()
    template.slide_width, template.slide_height = Pt(1000), Pt(600)
    template.slides.add_slide(template.slide_layouts[0]).shapes.title.text = "Old"
    buffer = BytesIO()
    template.save(buffer)
    made = deck(pptx_bytes(one_section(documents["en"], "text"), Brand(template=buffer.getvalue())))
    assert made.slide_width == Pt(1000)
    assert ["Only" in slide.shapes.title.text for slide in made.slides] == [True]


def test_a_broken_template_is_refused(documents: dict[str, Document]) -> None:
    with pytest.raises(ClimriskError, match="template: found a file that cannot be opened"):
        pptx_bytes(one_section(documents["en"], "text"), Brand(template=b"no archive"))


def test_the_logo_is_told_in_words(documents: dict[str, Document]) -> None:
    from PIL import Image

    buffer = BytesIO()
    Image.new("RGB", (300, 60), "#12395B").save(buffer, "PNG")
    slide = deck(
        pptx_bytes(one_section(documents["en"], "text"), Brand(logo=buffer.getvalue()))
    ).slides[0]
    logo = next(shape for shape in slide.shapes if shape.shape_type == 13)
    assert logo._element.nvPicPr.cNvPr.get("descr") == documents["en"].company
    assert logo.width <= Pt(91)
    assert logo.width / logo.height == pytest.approx(5.0, rel=0.02)
