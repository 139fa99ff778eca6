"""The foot of every slide: notice, stamp, state, page number, logo."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from pptx.util import Pt

from climrisk.charts.caption import printable
from climrisk.charts.palette import INK, MUTED
from climrisk.report.brand import Brand
from climrisk.report.document import PAGE, Document, Stamp
from climrisk.report.slides.runs import LEADING, add_field, add_run, lead
from climrisk.report.slides.stage import MARGIN, WIDE, Box
from climrisk.report.slides.texts import NOTE, Text, draw_texts, texts_height
from climrisk.report.status import DRAFT_FILL

__all__ = ["foot_height", "write_foot"]

TOLD: Final = 0.74
"""Width of notice and stamp, as a share; state, page and logo stand at their right."""
LOGO: Final = (90.0, 24.0)
"""Most width and height of the logo [pt]."""


def foot_height(stamp: Stamp) -> float:
    """Return the height [pt] that the foot of a plain slide takes."""
    told = texts_height(_told(stamp), TOLD * (WIDE[0] - 2 * MARGIN))
    return max(told, 2 * LEADING * NOTE) + 2.0


def _told(stamp: Stamp) -> tuple[Text, ...]:
    lines = ((printable(stamp.notice), INK, True), (printable(stamp.run), MUTED, False))
    return tuple(Text(text, NOTE, ink, bold, after=0.0) for text, ink, bold in lines if text)


def write_foot(slide: Any, document: Document, foot: Box, brand: Brand) -> None:
    """Write the foot of a slide."""
    told = Box(foot.left, foot.top, TOLD * foot.width, foot.height)
    draw_texts(slide.shapes, _told(document.stamp), told, document.language)
    left = foot.left + (TOLD + 0.01) * foot.width
    if brand.logo is not None:
        left += _place_logo(slide, brand.logo, left, foot.top, printable(document.company))
    box = Box(left, foot.top, foot.left + foot.width - left, foot.height)
    _write_state(slide, document, box)


def _place_logo(slide: Any, logo: bytes, left: float, top: float, company: str) -> float:
    """Draw the logo and return the width that it takes [pt]."""
    drawn = slide.shapes.add_picture(BytesIO(logo), Pt(left), Pt(top))
    scale = min(Pt(LOGO[0]) / drawn.width, Pt(LOGO[1]) / drawn.height)
    drawn.width, drawn.height = round(scale * drawn.width), round(scale * drawn.height)
    drawn._element.nvPicPr.cNvPr.set("descr", company)
    return float(drawn.width / Pt(1)) + 6.0


def _write_state(slide: Any, document: Document, box: Box) -> None:
    stamp, language = document.stamp, document.language
    ink = DRAFT_FILL if stamp.is_draft else INK
    state = Text(printable(stamp.status), NOTE, ink, bold=True, after=0.0)
    frame = draw_texts(slide.shapes, (state,), box, language).text_frame
    lead(frame.paragraphs[0], NOTE, right=True)
    paragraph = frame.add_paragraph()
    lead(paragraph, NOTE, right=True)
    before, _, after = printable(document.words.get("page", "")).partition(PAGE)
    add_run(paragraph, before, language, size=NOTE, colour=MUTED)
    add_field(paragraph, "slidenum", language, size=NOTE, colour=MUTED)
    if after:
        add_run(paragraph, after, language, size=NOTE, colour=MUTED)
