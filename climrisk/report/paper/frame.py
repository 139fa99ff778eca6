"""Page size, header and footer of the paper: stamp, notice, state and page numbers."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from docx.document import Document as WordDocument
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from climrisk.charts.caption import printable
from climrisk.charts.palette import INK
from climrisk.report.brand import Brand
from climrisk.report.document import PAGE, Document
from climrisk.report.paper.runs import add_field, add_run
from climrisk.report.status import DRAFT_FILL

__all__ = ["frame_pages"]

SIZE: Final = 8.5


def frame_pages(word: WordDocument, document: Document, brand: Brand) -> None:
    """Set A4 with margins of 2 cm, and what stands at the head and foot of every page."""
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin, page.bottom_margin = Cm(2.2), Cm(2.2)
    page.header_distance = page.footer_distance = Cm(0.9)
    _write_header(page.header.paragraphs[0], document, brand)
    _write_footer(page.footer, document)


def _write_header(paragraph: Paragraph, document: Document, brand: Brand) -> None:
    language = document.language
    _align(paragraph)
    if brand.logo is not None:
        paragraph.paragraph_format.line_spacing = 1.0  # as tall as the logo
        logo = paragraph.add_run().add_picture(BytesIO(brand.logo), height=Cm(0.8))
        logo._inline.docPr.set("descr", printable(document.company))
        add_run(paragraph, "  ", language, size=SIZE)
    line = " · ".join(filter(None, map(printable, (document.company, document.title))))
    add_run(paragraph, _cut(line, 90), language, size=SIZE)
    colour = DRAFT_FILL if document.stamp.is_draft else INK
    state = printable(document.stamp.status)
    add_run(paragraph, f"\t{state}", language, size=SIZE, bold=True, colour=colour)


def _write_footer(footer: Any, document: Document) -> None:
    language, stamp = document.language, document.stamp
    first = footer.paragraphs[0]
    if stamp.notice:
        add_run(first, printable(stamp.notice), language, size=SIZE, bold=True, colour=INK)
    last = footer.add_paragraph(style="Footer") if stamp.notice else first
    _align(last)
    before, _, after = printable(document.words.get("page", "")).partition(PAGE)
    add_run(last, f"{printable(stamp.run)}\t{before}", language, size=SIZE)
    add_field(last, "PAGE", language, SIZE)
    add_run(last, " / ", language, size=SIZE)
    add_field(last, "NUMPAGES", language, SIZE)
    if after:
        add_run(last, after, language, size=SIZE)


def _align(paragraph: Paragraph) -> None:
    stops = paragraph.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(Cm(17), WD_TAB_ALIGNMENT.RIGHT)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
