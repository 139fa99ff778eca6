"""What stands under each other on a slide: texts, a table, or a picture with texts beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from climrisk.charts.caption import printable
from climrisk.charts.matrix import MatrixChart
from climrisk.charts.table import Bars, Ranges
from climrisk.names import Language
from climrisk.report.brand import Brand
from climrisk.report.document import Block, Paragraph, Picture, Section, Table
from climrisk.report.office.plain import PictureWords, picture_words, spans_text
from climrisk.report.slides.setting import Setting
from climrisk.report.slides.table import TALLEST, MeasuredTable, measured
from climrisk.report.slides.texts import Text, note_text, texts_height, texts_of

__all__ = ["PictureRow", "Row", "TableRow", "TextRow", "rows_of"]

BESIDE: Final = 0.36
"""Width of texts beside a picture, as a share."""
COLUMN_GAP: Final = 18.0
MOST_BESIDE: Final = 0.8
"""Most of the body's height that texts beside the matrix take."""
SMALLEST: Final = 165.0
"""Least height of a chart [pt]."""
BAR_PITCH: Final = 17.0
"""Least height of a level bar with its words [pt]."""


@dataclass(frozen=True)
class TextRow:
    """Paragraphs over the whole width."""

    texts: tuple[Text, ...]
    width: float

    @property
    def least(self) -> float:
        """Least height [pt]."""
        return texts_height(self.texts, self.width)


@dataclass(frozen=True)
class TableRow:
    """A table with its title and notes."""

    head: Text
    part: MeasuredTable
    notes: tuple[Text, ...]
    width: float

    @property
    def around(self) -> float:
        """Height of title and notes [pt]."""
        return self.head.height(self.width) + texts_height(self.notes, self.width) + 3

    @property
    def least(self) -> float:
        """Least height [pt]."""
        return self.around + self.part.height


@dataclass(frozen=True)
class PictureRow:
    """A chart with title and notes, and texts at its right."""

    picture: Picture
    words: PictureWords
    head: tuple[Text, ...]
    notes: tuple[Text, ...]
    beside: tuple[Text, ...]
    width: float

    @property
    def chart_width(self) -> float:
        """Width of the chart [pt]."""
        return self.width * (1 - BESIDE) - COLUMN_GAP if self.beside else self.width

    @property
    def beside_width(self) -> float:
        """Width of the texts beside it [pt]."""
        return self.width * BESIDE

    @property
    def around(self) -> float:
        """Height of the chart's title and notes [pt]."""
        return texts_height((*self.head, *self.notes), self.chart_width)

    @property
    def least(self) -> float:
        """Least height [pt]."""
        drawn = max(SMALLEST, BAR_PITCH * _bars(self.picture) + 50)
        return max(self.around + drawn, texts_height(self.beside, self.beside_width))


Row = TextRow | TableRow | PictureRow


def _bars(picture: Picture) -> int:
    """Return how many level bars a picture has under each other."""
    if isinstance(picture.chart, MatrixChart):
        return 0
    return sum(len(mark.place) for mark in picture.chart.marks if isinstance(mark, Bars | Ranges))


def rows_of(
    section: Section, width: float, height: float, setting: Setting, brand: Brand
) -> tuple[Row, ...]:
    """Return the rows of a section in a setting, on a body of `width` × `height` [pt]."""
    found: list[Row] = []
    for group in _groups(section.blocks):
        pictures = [block for block in group if isinstance(block, Picture)]
        texts = tuple(text for block in group for text in texts_of(block, setting, brand))
        if pictures:
            found.append(_picture_row(pictures[0], texts, width, height))
        elif isinstance(group[0], Table):
            found.append(_table_row(group[0], section.language, width, height, setting))
        elif texts:
            found.append(TextRow(texts, width))
    return tuple(found)


def _groups(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield what stands side by side: a picture takes the sentences before and after it."""
    group: list[Block] = []
    for block in blocks:
        leads = isinstance(block, Paragraph) and block.style == "lead"
        has_picture = any(isinstance(one, Picture) for one in group)
        if isinstance(block, Table) or leads or (isinstance(block, Picture) and has_picture):
            if group:
                yield group
            group = []
        if isinstance(block, Table) or leads:
            yield [block]
        else:
            group.append(block)
    if group:
        yield group


def _fitting(texts: tuple[Text, ...], width: float, height: float) -> tuple[Text, ...]:
    """Return the texts that fit under each other; the speaker's notes hold all of them."""
    kept: list[Text] = []
    for text in texts:
        if texts_height((*kept, text), width) > height:
            break
        kept.append(text)
    return tuple(kept)


def _table_row(
    table: Table, language: Language, width: float, height: float, setting: Setting
) -> TableRow:
    part = measured(table, width, setting, TALLEST * height)
    head = Text(
        printable(table.title), max(setting.tables, 12.0), bold=True, after=min(3.0, setting.after)
    )
    told = [spans_text(note) for note in table.notes]
    if setting.is_close and told:
        told = [(" " if language == "en" else "").join(told)]
    return TableRow(head, part, tuple(map(note_text, told)), width)


def _picture_row(
    picture: Picture, texts: tuple[Text, ...], width: float, height: float
) -> PictureRow:
    words = picture_words(picture.chart)
    labels = tuple(note_text(label) for label in (*words.key, *words.labels))
    notes = tuple(note_text(note) for note in words.native_notes)
    under = replace(note_text(words.subtitle), after=5.0)
    head = (Text(words.title, 13.0, bold=True, after=1.0), under)
    if isinstance(picture.chart, MatrixChart):  # it needs the height, and has room beside it
        beside = _fitting((*texts, *labels, *notes), BESIDE * width, MOST_BESIDE * height)
        return PictureRow(picture, words, head, (), beside, width)
    return PictureRow(picture, words, head, notes, (*texts, *labels), width)
