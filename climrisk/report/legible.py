"""Users' texts made fit to print: no controls, nothing that turns the direction of reading."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from climrisk.report.document import Figure, Span
from climrisk.report.office.fitting import text_width

__all__ = ["LONGEST", "WHOLE", "breakable", "legible", "sentence"]

_SELECTORS: Final = {chr(code) for code in range(0xFE00, 0xFE10)}
"""Ask for another form of the character before, and print nothing themselves."""
_WORD: Final = re.compile(r"[!-~\u00a1-\u02ff]+")
WHOLE: Final = (
    "[A-Z]{1,3}(?:-[A-Z0-9]{1,10}){1,2}"
    "|[0-9][0-9.,]*%?–[0-9][0-9.,]*[%年]?|P5(?:–|至)P95|（[0-9]{4}年?）"
)
"""What no line ends within: short ids, ranges and years; read by the typesetter too."""
LONGEST: Final = 14.0
"""Width of a word that fits every line of a text, as a multiple of the type size."""
BROAD: Final = 0.76
"""Width of wide letters as a share of the type size, rather too much."""


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


def breakable(text: str, longest: float = LONGEST) -> str:
    """Return a text whose words wider than `longest` times the type size may end a line inside."""
    return _WORD.sub(lambda word: _stretched(word.group(), longest), text)


def _stretched(word: str, longest: float) -> str:
    if text_width(word, 1.0) <= longest:
        return word
    step = max(int(longest / BROAD) // 2, 1)
    return "\u200b".join(word[at : at + step] for at in range(0, len(word), step))
