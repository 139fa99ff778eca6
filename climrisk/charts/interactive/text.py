"""Texts in a Plotly picture: wrapped, and never read as markup."""

from __future__ import annotations

import html
import unicodedata

from climrisk.charts.caption import printable

__all__ = ["escaped", "joined", "text_width", "wrapped"]

NARROW = 0.54
"""Mean width of a Latin character as a share of the type size."""


def escaped(text: str) -> str:
    """Return a text that Plotly prints as it is: no tags, no links, no formulas."""
    return html.escape(printable(text), quote=False).replace("$", "&#36;")


def text_width(text: str, size: float) -> float:
    """Return the width of a text [px], within about a tenth."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return size * (wide + NARROW * (len(text) - wide))


def wrapped(text: str, room: float, size: float, most: int = 99) -> tuple[str, ...]:
    """Break a text into lines of `room` [px]: at spaces, Chinese anywhere, long words too.

    What does not fit into `most` lines ends in an ellipsis.
    """
    lines = [""]
    for piece in _pieces(printable(text), room, size):
        if text_width(lines[-1] + piece.rstrip(), size) <= room or not lines[-1]:
            lines[-1] += piece
        else:
            lines.append(piece)
    kept = [line.strip() for line in lines[:most]]
    if len(lines) > most:
        kept[-1] = kept[-1][: max(len(kept[-1]) - 1, 1)].rstrip() + "…"
    return tuple(kept)


def joined(lines: tuple[str, ...]) -> str:
    """Return lines escaped and under each other."""
    return "<br>".join(map(escaped, lines))


def _pieces(text: str, room: float, size: float) -> list[str]:
    """Return words with their space, wide characters singly, and too long words in parts."""
    most = max(int(room / (NARROW * size)), 1)
    pieces: list[str] = []
    for char in text:
        wide = unicodedata.east_asian_width(char) in "WF"
        fits = bool(pieces) and len(pieces[-1]) < most
        last_wide = bool(pieces) and unicodedata.east_asian_width(pieces[-1][-1]) in "WF"
        if fits and (char in "，。；：）、！？" or pieces[-1].endswith(("（", "「"))):
            pieces[-1] += char  # these never begin a line, and those never end one
        elif fits and not wide and not last_wide and not pieces[-1].endswith(" "):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces
