"""How wide a text prints and in how many lines, before any program has drawn it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

__all__ = ["text_width", "widest_word", "wrap"]

FIRST: Final = 32
# Helvetica's advance widths of printable ASCII [1/1000 of the size] (Adobe Font Metrics);
# Arial and Liberation Sans are made to the same widths
ADVANCES: Final = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722,
    722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722,
    667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556,
    556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,
    500, 334, 260, 334, 584,
)  # fmt: skip
OTHER: Final = 667
"""Of any other narrow character: the widest common ones are capitals with marks."""
WIDE: Final = 1000
BOLD: Final = 1.08
"""At most: Helvetica-Bold against Helvetica over whole words."""
BETWEEN: Final = 250
"""Air that office programs put where Chinese and Latin letters meet."""
SAFE: Final = 0.97
"""Share of a line that is filled, since no program sets type exactly alike."""

_MEETINGS: Final = re.compile(
    r"(?<=[\u2e80-\uffef])(?=[!-~\u00a1-\u02ff])|(?<=[!-~\u00a1-\u02ff])(?=[\u2e80-\uffef])"
)
_HYPHENED: Final = re.compile(r"[^-]*-|[^-]+")
"""Where a word too long for a line may end one before its letters do."""
_PIECES: Final = re.compile(
    r"[（「『【《]*(?:[^ \u2e80-\uffef]+|[\u2e80-\uffef])"
    r"[）」』】》，。、；：！？]* *| +"
)
"""A Chinese character or a word, with its brackets and stops and the space behind it; no-break
spaces are part of a word."""


@lru_cache(maxsize=2**15)
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a line [pt] at a type size [pt]."""
    inked = sum(map(_advance, text)) + BETWEEN * len(_MEETINGS.findall(text))
    return inked * size / 1000 * (BOLD if bold else 1.0)


def widest_word(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width [pt] of the longest piece that is not broken."""
    pieces = (piece.rstrip() for piece in _PIECES.findall(text))
    return max((text_width(piece, size, bold=bold) for piece in pieces), default=0.0)


def wrap(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Break a text into lines no wider than `room` [pt]; words too long for one are cut."""
    lines, line, filled = [], "", 0.0
    room *= SAFE
    for piece, starts in _fitting(text, room, size, bold):
        wide, inked = (text_width(one, size, bold=bold) for one in (piece, piece.rstrip()))
        gap = BETWEEN * size / 1000 * bool(_MEETINGS.search(line[-1:] + piece[:1]))
        if line and (starts or filled + gap + inked > room):
            lines.append(line.rstrip())
            line, filled, gap = "", 0.0, 0.0
        line, filled = line + piece, filled + gap + wide
    return [*lines, line.rstrip()]


def _fitting(text: str, room: float, size: float, bold: bool) -> Iterator[tuple[str, bool]]:
    """Yield pieces that fit a line, and whether one starts it: a word too long for any does."""
    for piece in _PIECES.findall(text):
        if text_width(piece.rstrip(), size, bold=bold) <= room:
            yield piece, False
            continue
        for part in _HYPHENED.findall(piece):
            whole = text_width(part.rstrip(), size, bold=bold) <= room
            letters = [part] if whole else part
            yield from ((letter, rank == 0 and not whole) for rank, letter in enumerate(letters))


def _advance(char: str) -> int:
    code = ord(char) - FIRST
    if 0 <= code < len(ADVANCES):
        return ADVANCES[code]
    return WIDE if unicodedata.east_asian_width(char) in "WFA" else OTHER
