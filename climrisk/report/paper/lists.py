"""Lists of the paper: each numbered one begins at 1."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument

from climrisk.names import Language
from climrisk.report.document import Bullets
from climrisk.report.office.plain import spans_text
from climrisk.report.paper.runs import add_run

__all__ = ["add_list"]


def add_list(word: WordDocument, bullets: Bullets, language: Language) -> None:
    """Add a list in Word's own style for it."""
    number = _new_number(word) if bullets.numbered else None
    for item in bullets.items:
        style = "List Bullet" if number is None else "List Number"
        paragraph = word.add_paragraph(style=style)
        if number is not None:
            counted: Any = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            counted.get_or_add_ilvl().val = 0
            counted.get_or_add_numId().val = number
        add_run(paragraph, spans_text(item), language)


def _new_number(word: WordDocument) -> int:
    """Return the id of a new count from 1 that looks like the style's own."""
    styled: Any = word.styles["List Number"].element
    numbering: Any = word.part.numbering_part.element
    own = numbering.num_having_numId(styled.pPr.numPr.numId.val)
    made = numbering.add_num(own.abstractNumId.val)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(made.numId)
