"""Texts on slides: sentences and lists, measured, drawn, and split where they are too long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.util import Pt

from climrisk.charts.palette import INK, MUTED
from climrisk.names import Language
from climrisk.report.brand import Brand
from climrisk.report.document import Block, Bullets, Paragraph
from climrisk.report.office.faces import LATIN
from climrisk.report.office.fitting import wrap
from climrisk.report.office.plain import spans_text
from climrisk.report.slides.chart_xml import element
from climrisk.report.slides.runs import LEADING, add_run, first_or_new, lead
from climrisk.report.slides.setting import Setting
from climrisk.report.slides.stage import Box

__all__ = ["NOTE", "Text", "draw_texts", "note_text", "split_texts", "texts_height", "texts_of"]

NOTE: Final = 10.0
"""Least size of a note [pt]."""
BULLET: Final = "•"
HANGING: Final = 16.0
"""Indent of lists [pt]."""


@dataclass(frozen=True)
class Text:
    """One paragraph as it prints.

    Attributes
    ----------
    text : str
    size : float
        [pt].
    colour : str
    bold : bool
    mark : str
        Before its first line, such as a bullet; empty where there is none.
    after : float
        Space under it [pt].
    """

    text: str
    size: float
    colour: str = INK
    bold: bool = False
    mark: str = ""
    after: float = 5.0

    def height(self, width: float) -> float:
        """Return its height on `width` [pt], with the space under it."""
        return len(self.lines(width)) * LEADING * self.size + self.after

    def lines(self, width: float) -> list[str]:
        """Return its lines on `width` [pt]."""
        room = width - (HANGING if self.mark else 0.0)
        return wrap(self.text, room, self.size, bold=self.bold)


def note_text(text: str) -> Text:
    """Return a note in its smallest size."""
    return Text(text, NOTE, MUTED, after=1.5)


def texts_of(block: Block, setting: Setting, brand: Brand) -> Iterator[Text]:
    """Yield the paragraphs of sentences or a list; a table or picture has none."""
    size, after = setting.sentences, setting.after
    if isinstance(block, Bullets):
        for rank, item in enumerate(block.items, start=1):
            mark = f"{rank}." if block.numbered else BULLET
            yield Text(spans_text(item), size, mark=mark, after=after)
    elif isinstance(block, Paragraph):
        text = spans_text(block.spans)
        if block.style == "lead":
            yield Text(text, size + 4, brand.primary, bold=True, after=after + 3.0)
        elif block.style == "note":
            yield note_text(text)
        elif block.style == "warning":
            yield Text(text, size, bold=True, mark="\u26a0", after=after)
        else:
            yield Text(text, size, after=after)


def texts_height(texts: Iterable[Text], width: float) -> float:
    """Return the height of paragraphs under each other [pt]."""
    return sum(text.height(width) for text in texts)


def split_texts(
    texts: tuple[Text, ...], width: float, room: float
) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    """Return what fits into `room` [pt] and the rest; a paragraph breaks between lines."""
    for rank, text in enumerate(texts):
        height = text.height(width)
        if height - text.after > room:
            count = int(room / (LEADING * text.size))
            lines = text.lines(width)
            if count < 1:
                return texts[:rank], texts[rank:]
            first = replace(text, text=" ".join(lines[:count]))
            later = replace(text, text=" ".join(lines[count:]), mark="")
            return (*texts[:rank], first), (later, *texts[rank + 1 :])
        room -= height
    return texts, ()


def draw_texts(shapes: Any, texts: tuple[Text, ...], box: Box, language: Language) -> Any:
    """Draw paragraphs in a box without any margin of its own."""
    shape = shapes.add_textbox(*box.emu)
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for text in texts:
        paragraph = first_or_new(frame)
        lead(paragraph, text.size, after=text.after)
        if text.mark:
            properties = paragraph._p.get_or_add_pPr()
            properties.set("marL", str(Pt(HANGING)))
            properties.set("indent", str(-Pt(HANGING)))
            if text.mark == BULLET:  # of one face, whatever the letters beside it
                properties.append(element("a:buFont", typeface=LATIN))
                properties.append(element("a:buChar", char=BULLET))
        told = f"{text.mark}\t{text.text}" if text.mark not in ("", BULLET) else text.text
        add_run(paragraph, told, language, size=text.size, colour=text.colour, bold=text.bold)
    return shape
