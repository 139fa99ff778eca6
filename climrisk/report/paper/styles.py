"""Styles of the paper: Word's own names, so that a reader's navigation and contents work."""

from __future__ import annotations

from typing import Any, Final

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from climrisk.charts.palette import INK, MUTED, RULE
from climrisk.names import Language
from climrisk.report.brand import Brand
from climrisk.report.paper.runs import element, face

__all__ = ["LEAD", "NOTE", "PITCH", "TABLE", "WARNING", "set_styles"]

LEAD: Final = "Briefing Lead"
NOTE: Final = "Briefing Note"
WARNING: Final = "Briefing Warning"
TABLE: Final = "Briefing Table"
PITCH: Final = 1.28
"""Of lines, over the type size."""


def set_styles(word: WordDocument, brand: Brand, language: Language) -> None:
    """Give Word's styles the brand's colours and the language's faces; add the briefing's own."""
    styles = word.styles
    for name in (LEAD, NOTE, WARNING):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    sizes: dict[str, tuple[float, str, bool, float, float]] = {
        "Normal": (10.5, INK, False, 0, 4),
        "Title": (22, brand.primary, True, 0, 2),
        "Subtitle": (11, MUTED, False, 0, 8),
        "Heading 1": (16, brand.primary, True, 6, 6),
        "Heading 2": (12.5, brand.primary, True, 8, 3),
        "List Bullet": (10.5, INK, False, 0, 3),
        "List Number": (10.5, INK, False, 0, 3),
        "Caption": (10.5, INK, True, 8, 3),
        "Header": (8.5, MUTED, False, 0, 0),
        "Footer": (8.5, MUTED, False, 0, 0),
        LEAD: (14, brand.primary, True, 2, 6),
        NOTE: (8.5, MUTED, False, 0, 2),
        WARNING: (10.5, INK, True, 2, 4),
    }
    for name, (size, colour, bold, before, after) in sizes.items():
        _set(styles[name], language, size, colour, bold, before, after)
    for name in ("Heading 1", "Heading 2", "Caption"):
        styles[name].paragraph_format.keep_with_next = True
    # before the spacing: Word wants the parts of a paragraph's properties in their order
    styles[WARNING].element.get_or_add_pPr().insert(0, _bar(brand.accent))
    styles[WARNING].paragraph_format.left_indent = Cm(0.3)
    _add_table_style(word)


def _set(
    style: Any,
    language: Language,
    size: float,
    colour: str,
    bold: bool,
    before: float,
    after: float,
) -> None:
    properties = style.element.get_or_add_rPr()
    face(properties, language)
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.italic = False
    style.font.color.rgb = RGBColor.from_string(colour.lstrip("#"))
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    # exact, for Chinese faces would set lines much further apart than Latin ones
    style.paragraph_format.line_spacing = Pt(PITCH * size)
    _clear(style)


def _clear(style: Any) -> None:
    """Take away the border, the tab stops and the wide letters that Word's own styles have."""
    for holder, tags in (
        (style.element.pPr, ("w:pBdr", "w:tabs")),
        (style.element.rPr, ("w:spacing",)),
    ):
        for tag in tags:
            for found in holder.findall(qn(tag)):
                holder.remove(found)


def _bar(colour: str) -> Any:
    """Return a bar at the left of a paragraph."""
    borders = element("pBdr")
    borders.append(element("left", val="single", sz="24", space="6", color=colour.lstrip("#")))
    return borders


def _add_table_style(word: WordDocument) -> None:
    """Add a table style with level rules; colours of its first row stand in its cells."""
    style: Any = word.styles.add_style(TABLE, WD_STYLE_TYPE.TABLE)
    properties = element("tblPr")
    borders = element("tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(element(side, val="single", sz="4", space="0", color=RULE.lstrip("#")))
    properties.append(borders)
    margins = element("tblCellMar")
    for side, width in (("top", "30"), ("left", "70"), ("bottom", "30"), ("right", "70")):
        margins.append(element(side, w=width, type="dxa"))
    properties.append(margins)
    style.element.append(properties)
