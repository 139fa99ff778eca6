"""Cells of a table in DrawingML: a table has hundreds, and python-pptx looks for each part anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from lxml import etree
from pptx.oxml.ns import qn
from pptx.util import Pt

from climrisk.names import Language
from climrisk.report.slides.runs import set_run

__all__ = ["CellLook", "write_cell"]

_TAGS: Final = {
    name: qn(f"a:{name}")
    for name in (
        "pPr", "lnSpc", "spcBef", "spcAft", "spcPts", "r", "rPr", "t", "endParaRPr", "solidFill",
        "srgbClr",
    )
}  # fmt: skip


@dataclass(frozen=True)
class CellLook:
    """How a cell is set.

    Attributes
    ----------
    size, pitch : float
        Of its text and from line to line [pt].
    side, above : float
        Margins beside, and over and under the text [pt].
    fill, ink : str
        Colours.
    right : bool
        Whether the text stands at the right.
    bold : bool
    language : {"en", "zh-Hant", "zh-Hans"}
    """

    size: float
    pitch: float
    side: float
    above: float
    fill: str
    ink: str
    right: bool
    bold: bool
    language: Language


def write_cell(cell: Any, text: str, look: CellLook) -> None:
    """Write a text without control characters into an empty cell, the element `a:tc`."""
    paragraph = cell.txBody.p_lst[0]
    _lead(paragraph, look)
    size = str(Pt(look.size).centipoints)
    if text:
        run = _add(paragraph, "r")
        properties = _add(run, "rPr", sz=size, b=str(int(look.bold)))
        _colour(properties, look.ink)
        set_run(properties, look.language)
        _add(run, "t").text = text
    # an empty cell would be as tall as 18 pt, a program's own size
    _add(paragraph, "endParaRPr", sz=str(round(100 * look.size)))
    frame, beside, over = cell.tcPr, str(int(Pt(look.side))), str(int(Pt(look.above)))
    for name, value in (("marL", beside), ("marR", beside), ("marT", over), ("marB", over)):
        frame.set(name, value)
    frame.set("anchor", "ctr")
    _colour(frame, look.fill)


def _lead(paragraph: Any, look: CellLook) -> None:
    properties = _add(paragraph, "pPr", **({"algn": "r"} if look.right else {}))
    for name, points in (("lnSpc", look.pitch), ("spcBef", 0.0), ("spcAft", 0.0)):
        _add(_add(properties, name), "spcPts", val=str(Pt(points).centipoints))


def _colour(parent: Any, colour: str) -> None:
    _add(_add(parent, "solidFill"), "srgbClr", val=colour.lstrip("#").upper())


def _add(parent: Any, name: str, **attributes: str) -> Any:
    return etree.SubElement(parent, _TAGS[name], attributes)
