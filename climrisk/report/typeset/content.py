"""A document as the plain data that the typesetter reads."""

from __future__ import annotations

from datetime import date
from itertools import accumulate
from typing import Any, Final

from climrisk.charts.palette import BAND_PAPER, INK, MUTED, RULE
from climrisk.domain.colour import text_on
from climrisk.names import Language
from climrisk.report.brand import Brand
from climrisk.report.document import (
    Block,
    Bullets,
    Cell,
    Document,
    Paragraph,
    Picture,
    Section,
    Stamp,
    State,
    Table,
)
from climrisk.report.legible import LONGEST, WHOLE, breakable, legible, sentence
from climrisk.report.office.columns import column_widths
from climrisk.report.pictures import PICTURE_WIDTH, drawing, picture_words
from climrisk.report.status import DRAFT_FILL, status_colours

__all__ = ["content"]

HEAD: Final = 56
"""Narrow characters of company or title above every page."""
CELL_EDGES: Final = 8.0
"""Empty edges of a cell, left and right together [pt]."""
CELL_TYPE: Final = 9.0
"""Type size in a cell [pt]."""
LONGEST_STATE: Final = 24
"""Characters of a status that is never broken into lines."""
LABEL: Final = 64
"""Narrow characters of an item's name under the matrix."""
LAST_NARROW: Final = 0x2E7F
"""Code point after which characters are as wide as they are high."""
_NO_DAY: Final = date(1970, 1, 1)


def content(
    document: Document, brand: Brand, families: dict[Language, list[str]]
) -> dict[str, Any]:
    """Return what `briefing.typ` prints, users' texts as plain strings."""
    stamp = document.stamp
    return {
        "title": _text(document.title),
        "company": _text(document.company),
        "metadata": {"title": legible(document.title), "author": legible(document.company)},
        "running_head": " · ".join(_short(one, HEAD) for one in (document.company, document.title)),
        "language": document.language,
        "date": _day(stamp),
        "facts": [[_text(name), _text(value)] for name, value in document.facts],
        "stamp": {
            "run": _text(stamp.run),
            "notice": _text(stamp.notice),
            "status": _text(stamp.status),
            "is_draft": stamp.is_draft,
        },
        "logo": None if brand.logo_vector is None else brand.logo_vector.decode("utf-8-sig"),
        "colours": _colours(brand),
        "fonts": families,
        "whole": WHOLE,
        "appendix": _text(document.words.get("appendix", "")),
        "sections": [_section(section, stamp.notice) for section in document.sections],
    }


def _text(text: str, longest: float = LONGEST) -> str:
    return breakable(legible(text), longest).strip()


def _short(text: str, narrow: int) -> str:
    """Return a text cut to a room for so many narrow characters; a wide one takes two."""
    whole = legible(text).strip()
    room = [narrow - taken for taken in accumulate(1 + (ord(one) > LAST_NARROW) for one in whole)]
    if not room or room[-1] >= 0:
        return whole
    fitting = sum(spare >= 1 for spare in room)  # and one narrow sign that says so
    return f"{whole[:fitting].rstrip()}…"


def _colours(brand: Brand) -> dict[str, str]:
    return {
        "ink": INK,
        "muted": MUTED,
        "rule": RULE,
        "tint": BAND_PAPER,
        "primary": brand.primary,
        "accent": brand.accent,
        "draft": DRAFT_FILL,
        "on_draft": text_on(DRAFT_FILL),
    }


def _day(stamp: Stamp) -> list[int]:
    """Return the day of the run, never that of the writing, so that bytes repeat."""
    day = stamp.made or _NO_DAY
    return [day.year, day.month, day.day]


def _section(section: Section, notice: str) -> dict[str, Any]:
    return {
        "name": section.name,
        "title": _text(section.title),
        "language": section.language,
        "appendix": section.appendix,
        "blocks": [_block(block, notice) for block in section.blocks],
    }


def _block(block: Block, notice: str) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {
            "block": "paragraph",
            "style": block.style,
            "text": breakable(sentence(block.spans)),
        }
    if isinstance(block, Bullets):
        items = [breakable(sentence(item)) for item in block.items]
        return {"block": "bullets", "numbered": block.numbered, "items": items}
    return _table(block) if isinstance(block, Table) else _picture(block, notice)


def _table(table: Table) -> dict[str, Any]:
    widths = column_widths(table, 72 * PICTURE_WIDTH, CELL_TYPE, CELL_EDGES)
    longest = [max((width - CELL_EDGES) / CELL_TYPE, 1.0) for width in widths]
    return {
        "block": "table",
        "title": _text(table.title),
        "subtitle": "",
        "columns": [
            {
                "head": _text(one.head, longest[place]),
                "kind": one.kind,
                "weight": widths[place],
                "fits": _fits(table, place),
            }
            for place, one in enumerate(table.columns)
        ],
        "rows": [
            {"heads": rank in table.groups, "cells": list(map(_cell, row, longest))}
            for rank, row in enumerate(table.rows)
        ],
        "notes": [breakable(sentence(note)) for note in table.notes],
        "notice": "",
    }


def _fits(table: Table, place: int) -> bool:
    """Return whether a column of states takes the room of its longest word, whole."""
    states = (row[place] for row in table.rows)
    texts = [state.text for state in states if isinstance(state, State)]
    return bool(texts) and max(map(len, texts)) <= LONGEST_STATE


def _cell(cell: Cell, longest: float) -> str | dict[str, str]:
    if not isinstance(cell, State):
        return breakable(sentence(cell), longest)
    fill, ink = status_colours(cell.role)
    return {"text": _text(cell.text), "icon": cell.icon, "fill": fill, "ink": ink}


def _picture(picture: Picture, notice: str) -> dict[str, Any]:
    """Return a picture with its words, but for those that stand at the foot of every page."""
    words = picture_words(picture.chart)
    return {
        "block": "picture",
        "svg": drawing(picture.chart).decode(),
        "width": PICTURE_WIDTH,
        "title": _text(words.title),
        "subtitle": _text(words.subtitle),
        "alt": legible(words.alt),
        "labels": [[_short(name, LABEL), _text(figures)] for name, figures in words.labels],
        "notes": [_text(note) for note in words.notes if note not in notice],
        "notice": "" if words.notice in notice else _text(words.notice),
    }
