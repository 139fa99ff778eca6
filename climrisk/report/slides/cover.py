"""Company, date, owner and purpose on the first slide: over its title, or else under it."""

from __future__ import annotations

from typing import Any, Final

from climrisk.charts.caption import printable
from climrisk.charts.palette import MUTED
from climrisk.report.document import Document
from climrisk.report.office.fitting import wrap
from climrisk.report.slides.rows import TextRow
from climrisk.report.slides.stage import Box, Stage
from climrisk.report.slides.texts import NOTE, Text, draw_texts, note_text

__all__ = ["facts_over_title", "facts_under_title"]

HEIGHT: Final = 1.3 * NOTE
"""Of the line [pt]."""


def facts_over_title(slide: Any, document: Document, stage: Stage) -> None:
    """Write the facts over the first title, where they fit a line."""
    told, title = _told(document), stage.title
    if _fits(told, title.width):
        box = Box(title.left, max(title.top - HEIGHT, 2.0), title.width, HEIGHT)
        draw_texts(slide.shapes, (Text(told, NOTE, MUTED),), box, document.language)


def facts_under_title(document: Document, width: float) -> tuple[TextRow, ...]:
    """Return the facts as the first row of the body [pt], where they do not fit over the title.

    A paper in two languages has each fact twice, and must say which language prevails.
    """
    told = _told(document)
    return () if _fits(told, width) else (TextRow((note_text(told),), width),)


def _told(document: Document) -> str:
    facts = (f"{printable(name)}: {printable(told)}" for name, told in document.facts)
    return " · ".join(filter(None, (printable(document.company), *facts)))


def _fits(told: str, width: float) -> bool:
    return len(wrap(told, width, NOTE)) == 1
