"""Sections over slides: six slides and no more for the paper, the rest after them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from climrisk.i18n import translate
from climrisk.report.brand import Brand
from climrisk.report.document import Document, Section
from climrisk.report.page_limit import refuse_more_sections
from climrisk.report.slides.cover import facts_under_title
from climrisk.report.slides.rows import PictureRow, Row, TableRow, TextRow, rows_of
from climrisk.report.slides.setting import SETTINGS, Setting
from climrisk.report.slides.stage import Box
from climrisk.report.slides.texts import note_text, split_texts

__all__ = ["Sheet", "sheets_of"]

OPEN: Final = SETTINGS[3]
"""Of sections that take several slides: there is no need to set them closely."""
CLOSER: Final = SETTINGS[4]
"""Of the same type size with less air, where the last slide would hold next to nothing."""
NEXT_TO_NOTHING: Final = 0.3
"""Of a slide's height."""
WORTH: Final = 90.0
"""Least height [pt] at which a slide begins a table or a text that does not fit whole."""


@dataclass(frozen=True)
class Sheet:
    """One slide: its section, its rows, and its place among the slides of the section."""

    section: Section
    rows: tuple[Row, ...]
    appendix: bool
    part: int = 1
    parts: int = 1
    gap: float = OPEN.gap


def sheets_of(document: Document, body: Box, brand: Brand) -> list[Sheet]:
    """Return every slide in order.

    Raises
    ------
    PageLimitError
        If the paper has more than six sections in a language.
    """
    refuse_more_sections(document)
    paper: list[Sheet] = []
    after: list[Sheet] = []
    for section in document.sections:
        kept = 0 if section.appendix else 1
        is_first = section is document.sections[0]
        before = facts_under_title(document, body.width) if is_first else ()
        sheets = _sheets(section, body, brand, before)
        paper += sheets[:kept]
        after += sheets[kept:]
    return [*paper, *after]


def _sheets(section: Section, body: Box, brand: Brand, before: tuple[TextRow, ...]) -> list[Sheet]:
    """Return the slides of a section, in the most open setting at which one holds it all."""
    for setting in SETTINGS if not section.appendix else SETTINGS[: SETTINGS.index(OPEN) + 1]:
        rows = (*before, *rows_of(section, body.width, body.height, setting, brand))
        if _height(rows, setting.gap) <= body.height:
            return [Sheet(section, rows, section.appendix, gap=setting.gap)]
    setting, spread = _spread(section, body, brand, before)
    return [
        Sheet(section, rows, section.appendix or rank > 0, rank + 1, len(spread), setting.gap)
        for rank, rows in enumerate(spread)
    ]


def _spread(
    section: Section, body: Box, brand: Brand, before: tuple[TextRow, ...]
) -> tuple[Setting, list[tuple[Row, ...]]]:
    """Return the rows of each slide and how closely they are set."""
    spread = _spread_in(OPEN, section, body, brand, before)
    if _height(spread[-1], OPEN.gap) < NEXT_TO_NOTHING * body.height:
        closer = _spread_in(CLOSER, section, body, brand, before)
        if len(closer) < len(spread):
            return CLOSER, closer
    return OPEN, spread


def _spread_in(
    setting: Setting, section: Section, body: Box, brand: Brand, before: tuple[TextRow, ...]
) -> list[tuple[Row, ...]]:
    """Return the rows of each slide; a page of the paper refers to those in the appendix."""
    rows = (*before, *rows_of(section, body.width, body.height, setting, brand))
    if section.appendix:
        return list(_parted(rows, body.height, body.height, setting.gap))
    told = note_text(translate("office.elsewhere", section.language))
    reference = TextRow((told,), body.width)
    room = body.height - reference.least - setting.gap
    first, *rest = _parted(rows, room, body.height, setting.gap)
    return [(*first, reference), *rest]


def _height(rows: tuple[Row, ...], gap: float) -> float:
    return sum(row.least for row in rows) + gap * max(len(rows) - 1, 0)


def _parted(
    rows: tuple[Row, ...], first_height: float, height: float, gap: float
) -> Iterator[tuple[Row, ...]]:
    """Fill slide after slide; a row that does not fit is split or begins the next slide."""
    waiting, room = list(rows), first_height
    while waiting:
        slide: list[Row] = []
        while waiting and room > 0:
            row = waiting.pop(0)
            if row.least <= room:
                slide.append(row)
                room -= row.least + gap
                continue
            first, rest = _split(row, room, whole=not slide)
            if first is not None:
                slide.append(first)
            waiting[:0] = rest
            break
        room = height
        yield tuple(slide)


def _split(row: Row, room: float, *, whole: bool) -> tuple[Row | None, list[Row]]:
    """Return what stands on this slide and what follows; `whole` where the slide is empty."""
    if not whole and room < WORTH:
        return None, [row]
    if isinstance(row, TextRow):
        first, rest = split_texts(row.texts, row.width, room)
        return replace(row, texts=first) if first else None, [replace(row, texts=rest)]
    if isinstance(row, TableRow):
        return _split_table(row, room, whole=whole)
    if not whole:
        return None, [row]
    return _fitted(row, room)


def _split_table(row: TableRow, room: float, *, whole: bool) -> tuple[Row | None, list[Row]]:
    count = row.part.fitting(room - row.head.height(row.width) - 3)
    if count == 0 and not whole:
        return None, [row]
    last = len(row.part.heights)
    if count >= last:
        count = last - 1  # its rows fit, its notes do not: they keep a row with them
    count = max(row.part.parting(count), 1)
    first = replace(row, part=row.part.rows(0, count), notes=())
    return first, [replace(row, part=row.part.rows(count, last))] if count < last else []


def _fitted(row: PictureRow, height: float) -> tuple[Row | None, list[Row]]:
    """Return a picture that alone is too tall: its texts follow, then its notes shrink."""
    rest: list[Row] = [TextRow(row.beside, row.width)] if row.beside else []
    alone = replace(row, beside=())
    while alone.notes and alone.least > height:
        alone = replace(alone, notes=alone.notes[:-1])
    return alone, rest
