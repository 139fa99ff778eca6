"""A deck of wide slides with room for a title, a body and a foot."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import pptx
from lxml import etree
from pptx.util import Pt

from climrisk.errors import ClimriskError
from climrisk.names import Language
from climrisk.report.brand import Brand
from climrisk.report.office.faces import EAST_ASIAN, LATIN

__all__ = ["Box", "Stage", "open_stage"]

WIDE: Final = (960.0, 540.0)
"""16:9 [pt]."""
MARGIN: Final = 30.0
TITLE_TOP: Final = 17.0
TITLE_HEIGHT: Final = 34.0
GAP: Final = 5.0
TITLE_ONLY: Final = 5
"""Place of this layout in python-pptx's own template."""


@dataclass(frozen=True)
class Box:
    """A place on a slide [pt]."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[int, int, int, int]:
        """The same in English Metric Units."""
        return (Pt(self.left), Pt(self.top), Pt(self.width), Pt(self.height))


@dataclass(frozen=True, eq=False)
class Stage:
    """An open presentation, the layout that slides take, and their places."""

    presentation: Any
    layout: Any
    title: Box
    body: Box
    foot: Box

    def new_slide(self) -> Any:
        """Return a new slide at the end."""
        return self.presentation.slides.add_slide(self.layout)


def open_stage(brand: Brand, language: Language, foot: float) -> Stage:
    """Return an empty deck, of the brand's template or plain, with `foot` [pt] at the bottom.

    Raises
    ------
    ClimriskError
        If the template cannot be opened or no layout of it has a title.
    """
    if brand.template is None:
        return _plain(language, foot)
    return _templated(brand.template, foot)


def _plain(language: Language, foot: float) -> Stage:
    presentation = pptx.Presentation()
    presentation.slide_width, presentation.slide_height = (Pt(side) for side in WIDE)
    layout = presentation.slide_layouts[TITLE_ONLY]
    for other in list(presentation.slide_layouts):
        if other is not layout:
            presentation.slide_layouts.remove(other)
    width, height = WIDE
    title = Box(MARGIN, TITLE_TOP, width - 2 * MARGIN, TITLE_HEIGHT)
    for holder in (presentation.slide_master, layout):
        _place_titles(holder, title)
    _name_theme_faces(presentation.slide_master, language)
    top = TITLE_TOP + TITLE_HEIGHT + GAP
    bottom = _foot(width, height, foot)
    body = Box(MARGIN, top, title.width, bottom.top - GAP - top)
    return Stage(presentation, layout, title, body, bottom)


def _place_titles(holder: Any, title: Box) -> None:
    """Give the title its place, and take away what only a master's prompt would show."""
    for shape in list(holder.placeholders):
        if shape.placeholder_format.type == 1 or shape.placeholder_format.idx == 0:
            shape.left, shape.top, shape.width, shape.height = title.emu
        else:
            shape._element.getparent().remove(shape._element)


def _name_theme_faces(master: Any, language: Language) -> None:
    """Set the theme's faces, so that text typed later looks like the briefing's."""
    relation = next(one for one in master.part.rels.values() if one.reltype.endswith("/theme"))
    part = relation.target_part
    theme = etree.fromstring(part.blob)
    space = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    for fonts in theme.iterfind(".//a:fontScheme/*", space):
        fonts.find("a:latin", space).set("typeface", LATIN)
        fonts.find("a:ea", space).set("typeface", EAST_ASIAN[language])
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _foot(width: float, height: float, foot: float) -> Box:
    return Box(MARGIN, height - foot - GAP, width - 2 * MARGIN, foot)


def _templated(template: bytes, foot: float) -> Stage:
    """Return the template without its slides; the body lies between its title and the foot."""
    try:
        presentation = pptx.Presentation(BytesIO(template))
    except Exception as broken:  # python-pptx lets pass whatever the archive and XML raise
        raise ClimriskError(
            f"template: found a file that cannot be opened ({broken}), allowed: a PPTX"
        ) from broken
    listed = presentation.slides._sldIdLst
    for entry in list(listed):
        presentation.part.drop_rel(entry.rId)
        listed.remove(entry)
    layout = _title_layout(presentation)
    sides = (presentation.slide_width or 0, presentation.slide_height or 0)
    width, height = (side / Pt(1) for side in sides)
    shape = next(one for one in layout.placeholders if one.placeholder_format.idx == 0)
    title = Box(*(side / Pt(1) for side in (shape.left, shape.top, shape.width, shape.height)))
    bottom = _foot(width, height, foot)
    top = title.top + title.height + GAP
    body = Box(title.left, top, title.width, bottom.top - GAP - top)
    return Stage(presentation, layout, title, body, bottom)


def _title_layout(presentation: Any) -> Any:
    """Return the layout with a title and the fewest other places to fill."""
    titled = [
        layout
        for layout in presentation.slide_layouts
        if any(one.placeholder_format.idx == 0 for one in layout.placeholders)
    ]
    if not titled:
        raise ClimriskError("template: found no layout with a title, allowed: one or more")
    return min(titled, key=lambda layout: len(list(layout.placeholders)))
