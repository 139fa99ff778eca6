"""What python-pptx does not say about charts, in DrawingML: faces, errors, areas under lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from lxml import etree
from pptx.oxml.ns import qn

from climrisk.names import Language
from climrisk.report.office.faces import EAST_ASIAN, LATIN

__all__ = [
    "add_errors",
    "area_under",
    "drop_from_key",
    "element",
    "end_in_arrow",
    "label_every",
    "make_logarithmic",
    "set_faces",
]

AFTER_ERRORS: Final = ("c:xVal", "c:yVal", "c:cat", "c:val", "c:smooth", "c:shape", "c:extLst")
"""What must come after error bars in a series."""


def element(tag: str, **attributes: str) -> Any:
    """Return an element of DrawingML with attributes of no namespace."""
    made = etree.Element(qn(tag))
    for name, value in attributes.items():
        made.set(name, value)
    return made


def set_faces(chart: Any, language: Language) -> None:
    """Name the faces of every text of a chart."""
    for properties in chart._chartSpace.iter(qn("a:defRPr"), qn("a:rPr")):
        for tag in ("a:latin", "a:ea"):
            for old in properties.findall(qn(tag)):
                properties.remove(old)
        properties.append(element("a:latin", typeface=LATIN))
        properties.append(element("a:ea", typeface=EAST_ASIAN[language]))


def add_errors(
    series: Any, lengths: Sequence[float], cells: str, *, level: bool, colour: str
) -> None:
    """Add error bars to a series; `cells` of the chart's workbook hold their lengths."""
    node = series._element
    bars = element("c:errBars")
    if node.getparent().tag == qn("c:scatterChart"):
        bars.append(element("c:errDir", val="x" if level else "y"))
    bars.append(element("c:errBarType", val="both"))
    bars.append(element("c:errValType", val="cust"))
    bars.append(element("c:noEndCap", val="1"))
    bars.append(_numbers("c:plus", lengths, cells))
    bars.append(_numbers("c:minus", lengths, cells))
    bars.append(_stroke(colour, 1.0))
    following = [child for child in node if child.tag in {qn(tag) for tag in AFTER_ERRORS}]
    following[0].addprevious(bars)


def _numbers(tag: str, values: Sequence[float], cells: str) -> Any:
    holder, reference, cache = element(tag), element("c:numRef"), element("c:numCache")
    reference.append(_texted("c:f", cells))
    cache.append(_texted("c:formatCode", "General"))
    cache.append(element("c:ptCount", val=str(len(values))))
    for rank, value in enumerate(values):
        point = element("c:pt", idx=str(rank))
        point.append(_texted("c:v", repr(float(value))))
        cache.append(point)
    reference.append(cache)
    holder.append(reference)
    return holder


def _texted(tag: str, text: str) -> Any:
    made = element(tag)
    made.text = text
    return made


def _stroke(colour: str, points: float) -> Any:
    shape = element("c:spPr")
    line = element("a:ln", w=str(round(12700 * points)), cap="flat")
    fill = element("a:solidFill")
    fill.append(element("a:srgbClr", val=colour.lstrip("#")))
    line.append(fill)
    shape.append(line)
    return shape


def area_under(chart: Any, count: int) -> None:
    """Turn the first `count` series of a line chart into areas stacked on each other."""
    lines = chart._chartSpace.find(f".//{qn('c:lineChart')}")
    area = element("c:areaChart")
    area.append(element("c:grouping", val="stacked"))
    area.append(element("c:varyColors", val="0"))
    for series in lines.findall(qn("c:ser"))[:count]:
        for tag in ("c:marker", "c:smooth"):
            for found in series.findall(qn(tag)):
                series.remove(found)
        area.append(series)
    for axis in lines.findall(qn("c:axId")):
        area.append(element("c:axId", val=axis.get("val")))
    lines.addprevious(area)


def label_every(chart: Any, count: int) -> None:
    """Print the word of every `count`-th category."""
    axis = chart.category_axis._element
    for tag in ("c:tickLblSkip", "c:tickMarkSkip"):
        axis.find(qn("c:noMultiLvlLbl")).addprevious(element(tag, val=str(count)))


def make_logarithmic(axis: Any) -> None:
    """Give equal distances of an axis to equal ratios."""
    scaling = axis._element.find(qn("c:scaling"))
    scaling.insert(0, element("c:logBase", val="10"))


def end_in_arrow(series: Any) -> None:
    """Let a line end in an arrow."""
    line = series.format.line._get_or_add_ln()
    line.append(element("a:tailEnd", type="triangle"))


def drop_from_key(chart: Any, positions: Sequence[int]) -> None:
    """Take series out of the key."""
    legend = chart._chartSpace.find(f".//{qn('c:legend')}")
    place = legend.find(qn("c:legendPos"))
    for position in reversed(positions):
        entry = element("c:legendEntry")
        entry.append(element("c:idx", val=str(position)))
        entry.append(element("c:delete", val="1"))
        place.addnext(entry)
