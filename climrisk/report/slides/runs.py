"""Paragraphs and runs on slides: each run names its faces and its language."""

from __future__ import annotations

from typing import Any, Final

from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.util import Pt

from climrisk.names import Language
from climrisk.report.office.faces import EAST_ASIAN, LATIN, TAGS
from climrisk.report.slides.chart_xml import element

__all__ = ["LEADING", "add_field", "add_run", "first_or_new", "lead", "rgb", "set_run"]

_RGB: Any = RGBColor  # python-pptx gives its constructor no types
LEADING: Final = 1.25
"""Line pitch over type size; exact, so that what is measured is what is drawn."""


def rgb(colour: str) -> RGBColor:
    """Return a hex colour as python-pptx wants it."""
    made: RGBColor = _RGB(*bytes.fromhex(colour.lstrip("#")))
    return made


def first_or_new(frame: Any) -> Any:
    """Return the empty first paragraph of a text frame, or a new one."""
    first = frame.paragraphs[0]
    return first if not first.runs and len(frame.paragraphs) == 1 else frame.add_paragraph()


def lead(
    paragraph: Any,
    size: float,
    *,
    after: float = 0.0,
    right: bool = False,
    pitch: float = LEADING,
) -> None:
    """Set line pitch, the space after [pt] and the side of a paragraph."""
    paragraph.line_spacing = Pt(pitch * size)
    paragraph.space_before, paragraph.space_after = Pt(0), Pt(after)
    if right:
        paragraph.alignment = PP_ALIGN.RIGHT


def add_run(
    paragraph: Any, text: str, language: Language, *, size: float, colour: str, bold: bool = False
) -> None:
    """Add a run of text to a paragraph."""
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, rgb(colour)
    set_run(run._r.get_or_add_rPr(), language)


def set_run(properties: Any, language: Language) -> None:
    """Name faces and language of a run."""
    properties.set("lang", TAGS[language])
    properties.set("altLang", "en-GB" if language != "en" else TAGS["zh-Hant"])
    for tag, name in (("a:latin", LATIN), ("a:ea", EAST_ASIAN[language])):
        properties.append(element(tag, typeface=name))


def add_field(paragraph: Any, kind: str, language: Language, *, size: float, colour: str) -> None:
    """Add a field that the program computes, such as `slidenum`."""
    add_run(paragraph, "1", language, size=size, colour=colour)
    run = paragraph.runs[-1]._r
    field = element("a:fld", id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", type=kind)
    for part in list(run):
        field.append(part)
    run.getparent().replace(run, field)
