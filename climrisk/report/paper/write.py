"""The briefing as a Word paper: styles, headings, tables and pictures with words of their own."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from typing import Final

import docx
from docx.document import Document as WordDocument
from docx.shared import Inches, Pt

from climrisk.charts.caption import printable
from climrisk.charts.still import png
from climrisk.names import Language
from climrisk.report.brand import PLAIN, Brand
from climrisk.report.document import Block, Bullets, Document, Paragraph, Picture, Section, Table
from climrisk.report.office.package import made_on, settled
from climrisk.report.office.plain import picture_words, spans_text
from climrisk.report.paper.frame import frame_pages
from climrisk.report.paper.lists import add_list
from climrisk.report.paper.runs import add_run
from climrisk.report.paper.styles import LEAD, NOTE, PITCH, WARNING, set_styles
from climrisk.report.paper.table import add_table
from climrisk.report.pictures import PICTURE_WIDTH, drawn

__all__ = ["docx_bytes"]

STYLES: Final = {"normal": "Normal", "lead": LEAD, "note": NOTE, "warning": WARNING}
WIDTH: Final = Inches(PICTURE_WIDTH)
"""Between the margins of A4."""
LONG: Final = 80
"""Characters from which a title is set smaller."""
LONG_TITLE: Final = 15.0


def docx_bytes(document: Document, brand: Brand | None = None) -> bytes:
    """Return a briefing as a Word file.

    Parameters
    ----------
    document : Document
    brand : Brand, optional
        Colours and logo.

    Returns
    -------
    bytes
        The same document gives the same bytes.

    Raises
    ------
    MissingFontError
        If no installed font has the characters of a picture.
    """
    brand = brand or PLAIN
    word = docx.Document()
    set_styles(word, brand, document.language)
    frame_pages(word, document, brand)
    _describe(word, document)
    _write_cover(word, document)
    for rank, section in enumerate(document.sections):
        _write_section(word, section, document, brand, starts_page=rank > 0)
    return settled(word.save)


def _describe(word: WordDocument, document: Document) -> None:
    properties = word.core_properties
    properties.title = printable(document.title)
    properties.author = properties.last_modified_by = "climrisk"
    properties.subject = printable(document.company)
    properties.comments = printable(document.stamp.run)
    properties.language = document.language
    properties.created = properties.modified = made_on(document.stamp)
    properties.revision = 1


def _write_cover(word: WordDocument, document: Document) -> None:
    """Write title and facts above the first section, which is the summary."""
    language = document.language
    title, paragraph = printable(document.title), word.add_paragraph(style="Title")
    size = LONG_TITLE if len(title) > LONG else None
    if size is not None:
        paragraph.paragraph_format.line_spacing = Pt(PITCH * size)
    add_run(paragraph, title, language, size=size)
    facts = " · ".join(f"{printable(name)}: {printable(told)}" for name, told in document.facts)
    lines = (printable(document.company), facts)
    for line in filter(None, lines):
        add_run(word.add_paragraph(style="Subtitle"), line, language)


def _write_section(
    word: WordDocument, section: Section, document: Document, brand: Brand, *, starts_page: bool
) -> None:
    heading = word.add_paragraph(style="Heading 1")
    heading.paragraph_format.page_break_before = starts_page
    title = printable(section.title)
    if section.appendix:
        title = f"{document.words.get('appendix', '')} · {title}".strip(" ·")
    add_run(heading, title, section.language)
    for block in section.blocks:
        _write_block(word, block, brand, section.language)


def _write_block(word: WordDocument, block: Block, brand: Brand, language: Language) -> None:
    if isinstance(block, Paragraph):
        text = spans_text(block.spans)
        mark = "\u26a0 " if block.style == "warning" else ""
        add_run(word.add_paragraph(style=STYLES[block.style]), mark + text, language)
    elif isinstance(block, Bullets):
        add_list(word, block, language)
    elif isinstance(block, Table):
        add_table(word, block, WIDTH, brand, language)
    else:
        _write_picture(word, block, language)


def _write_picture(word: WordDocument, picture: Picture, language: Language) -> None:
    words = picture_words(picture.chart)
    write = partial(add_run, language=language)
    write(word.add_paragraph(style="Caption"), words.title)
    under = word.add_paragraph(style=NOTE)
    under.paragraph_format.keep_with_next = True
    write(under, words.subtitle)
    holder = word.add_paragraph()
    holder.paragraph_format.line_spacing = 1.0  # as tall as the picture
    holder.paragraph_format.keep_with_next = bool(words.notes)
    image = BytesIO(png(drawn(picture.chart)))
    inline = holder.add_run().add_picture(image, width=WIDTH)
    properties = inline._inline.docPr
    properties.set("name", picture.name)
    properties.set("descr", words.alt)
    notes = (" · ".join(words.notes),) if words.notes else ()
    for line in (*words.labels, *notes):
        write(word.add_paragraph(style=NOTE), line)
