"""The briefing as slides: native charts and tables, titles, alternative texts, a foot on each."""

from __future__ import annotations

from typing import Any, Final

from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN

from climrisk.charts.caption import printable
from climrisk.report.brand import PLAIN, Brand
from climrisk.report.document import Document
from climrisk.report.office.fitting import wrap
from climrisk.report.office.package import made_on, settled
from climrisk.report.slides.cover import facts_over_title
from climrisk.report.slides.draw import draw_row
from climrisk.report.slides.flow import Sheet, sheets_of
from climrisk.report.slides.foot import foot_height, write_foot
from climrisk.report.slides.notes import write_notes
from climrisk.report.slides.rows import PictureRow
from climrisk.report.slides.runs import LEADING, add_run, lead
from climrisk.report.slides.stage import Box, Stage, open_stage

__all__ = ["pptx_bytes"]

TITLE_SIZES: Final = (26.0, 22.0, 19.0, 16.0, 14.0, 12.0)


def pptx_bytes(document: Document, brand: Brand | None = None) -> bytes:
    """Return a briefing as slides.

    A section is one slide; what the closest setting does not hold follows in the appendix.

    Parameters
    ----------
    document : Document
    brand : Brand, optional
        Colours, logo and template.

    Returns
    -------
    bytes
        The same document gives the same bytes.

    Raises
    ------
    PageLimitError
        If the paper has more than six sections in a language.
    ClimriskError
        If the brand's template cannot be used.
    """
    brand = brand or PLAIN
    stage = open_stage(brand, document.language, foot_height(document.stamp))
    _describe(stage.presentation, document)
    for rank, sheet in enumerate(sheets_of(document, stage.body, brand)):
        slide = stage.new_slide()
        _write_title(slide, sheet, document, stage, brand)
        if rank == 0:
            facts_over_title(slide, document, stage)
        _write_rows(slide, sheet, stage.body, brand)
        write_foot(slide, document, stage.foot, brand)
        if sheet.part == 1:
            write_notes(slide, sheet.section)
    return settled(stage.presentation.save)


def _describe(presentation: Any, document: Document) -> None:
    properties = presentation.core_properties
    properties.title = printable(document.title)
    properties.author = properties.last_modified_by = "climrisk"
    properties.subject = printable(document.company)
    properties.comments = printable(document.stamp.run)
    properties.language = document.language
    properties.created = properties.modified = made_on(document.stamp)
    properties.revision = 1


def _write_title(slide: Any, sheet: Sheet, document: Document, stage: Stage, brand: Brand) -> None:
    words = [printable(sheet.section.title)]
    if sheet.section is document.sections[0] and not sheet.appendix:
        words.insert(0, printable(document.title))
    elif sheet.appendix:
        words.insert(0, printable(document.words.get("appendix", "")))
    if sheet.parts > 1:
        words.append(f"{sheet.part}/{sheet.parts}")
    text = " · ".join(filter(None, words))
    frame = slide.shapes.title.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    size = _title_size(text, stage.title)
    paragraph = frame.paragraphs[0]
    lead(paragraph, size)
    paragraph.alignment = PP_ALIGN.LEFT
    language = sheet.section.language
    add_run(paragraph, text, language, size=size, colour=brand.primary, bold=True)


def _title_size(text: str, title: Box) -> float:
    """Return the largest size [pt] at which a title fits its place."""
    for size in TITLE_SIZES:
        lines = len(wrap(text, title.width, size, bold=True))
        if lines * LEADING * size <= title.height + 1:
            return size
    return TITLE_SIZES[-1]


def _write_rows(slide: Any, sheet: Sheet, body: Box, brand: Brand) -> None:
    """Draw rows from the top; pictures share the height that is left."""
    spare = body.height - sum(row.least for row in sheet.rows) - sheet.gap * (len(sheet.rows) - 1)
    pictures = sum(isinstance(row, PictureRow) for row in sheet.rows)
    top = body.top
    for row in sheet.rows:
        grown = max(spare, 0.0) / pictures if isinstance(row, PictureRow) else 0.0
        box = Box(body.left, top, body.width, row.least + grown)
        draw_row(slide, row, box, brand, sheet.section.language)
        top += box.height + sheet.gap
