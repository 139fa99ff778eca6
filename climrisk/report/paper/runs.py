"""Runs of text in a Word file: each names its faces and its language."""

from __future__ import annotations

import re
from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from climrisk.names import Language
from climrisk.report.office.faces import EAST_ASIAN, LATIN, TAGS

__all__ = ["add_field", "add_run", "element", "face", "shade"]

_BREAKABLE: Final = re.compile(
    r"(?<![\w.])-(?=\d)|(?<=\b[A-Z])-(?=[A-Z0-9])|(?<=[A-Z0-9])-(?=\d+\b)"
)
"""A minus, and the hyphens of short ids such as R-POL-1: no line ends there."""
FACES: Final = ("w:ascii", "w:hAnsi", "w:cs")


def element(tag: str, **attributes: str) -> Any:
    """Return an element of WordprocessingML."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def face(properties: Any, language: Language) -> None:
    """Name faces and language in the properties of a run or a style."""
    fonts = properties.get_or_add_rFonts()
    for name in tuple(fonts.attrib):
        del fonts.attrib[name]
    for name in FACES:
        fonts.set(qn(name), LATIN)
    fonts.set(qn("w:eastAsia"), EAST_ASIAN[language])
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    # Latin letters keep English rules of breaking lines, also in Chinese text
    east = TAGS["zh-Hant"] if language == "en" else TAGS[language]
    properties.append(element("lang", val=TAGS["en"], eastAsia=east))


def add_run(
    paragraph: Paragraph,
    text: str,
    language: Language,
    *,
    size: float | None = None,
    bold: bool | None = None,
    colour: str | None = None,
) -> Run:
    """Add a run to a paragraph; size [pt] and colour are the style's where not given."""
    run = paragraph.add_run()
    # among Chinese characters, programs break words at an unbreakable hyphen
    parts = _BREAKABLE.split(text) if language == "en" else [text]
    for rank, part in enumerate(parts):
        if rank:
            run._r.append(element("noBreakHyphen"))
        for place, piece in enumerate(part.split("\t")):
            if place:
                run.add_tab()
            if piece:
                run.add_text(piece)
    face(run._r.get_or_add_rPr(), language)
    if size is not None:
        run.font.size = Pt(size)
    if bold is not None:
        run.font.bold = bold
    if colour is not None:
        run.font.color.rgb = RGBColor.from_string(colour.lstrip("#"))
    return run


def add_field(paragraph: Paragraph, code: str, language: Language, size: float) -> None:
    """Add a field that Word computes, such as PAGE."""
    for kind in ("begin", "separate", "end"):
        if kind == "separate":
            asked = add_run(paragraph, "", language, size=size)
            told = element("instrText")
            told.text = f" {code} "
            asked._r.append(told)
        add_run(paragraph, "", language, size=size)._r.append(element("fldChar", fldCharType=kind))
        if kind == "separate":
            add_run(paragraph, "1", language, size=size)


def shade(cell_properties: Any, colour: str) -> None:
    """Fill a cell with a colour."""
    fill = colour.lstrip("#")
    cell_properties.append(element("shd", val="clear", color="auto", fill=fill))
