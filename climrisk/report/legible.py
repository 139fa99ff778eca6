"""Users' texts made fit to print: no controls, nothing that turns the direction of reading."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from climrisk.report.document import Figure, Span

__all__ = ["breakable", "legible", "sentence"]

_SELECTORS: Final = {chr(code) for code in range(0xFE00, 0xFE10)}
"""Ask for another form of the character before, and print nothing themselves."""
_UNBROKEN: Final = re.compile(r"[!-~\u00a1-\u02ff]{25,}")
_STRETCH: Final = 12
"""Characters of an endless word between places where a line may end."""


def legible(text: str) -> str:
    """Return a text without what has no glyph: controls become a space, the rest is left out."""
    spaced = "".join(" " if unicodedata.category(char) in _BREAKS else char for char in text)
    return "".join(
        char
        for char in unicodedata.normalize("NFC", spaced)
        if char not in _SELECTORS and not unicodedata.category(char).startswith("C")
    )


_BREAKS: Final = frozenset({"Cc", "Zl", "Zp"})


def sentence(spans: Iterable[Span]) -> str:
    """Return the text of spans; figures print as they are."""
    return legible("".join(span.text if isinstance(span, Figure) else span for span in spans))


def breakable(text: str) -> str:
    """Return a text whose endless words may end a line every few characters."""
    return _UNBROKEN.sub(lambda word: _stretched(word.group()), text)


def _stretched(word: str) -> str:
    return "\u200b".join(word[at : at + _STRETCH] for at in range(0, len(word), _STRETCH))
