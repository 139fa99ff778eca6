"""Which fonts a PDF embeds, and the refusal of characters that none of them has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from climrisk.errors import ClimriskError, MissingExtraError
from climrisk.io.font_file import FontFile, bundled_fonts, read_font
from climrisk.names import LANGUAGES, Language
from climrisk.report.document import Document
from climrisk.report.legible import legible
from climrisk.report.printed_texts import printed_texts

__all__ = ["MissingGlyphError", "faces", "families", "refuse_missing_glyphs"]

LISTED: Final = 10
"""Places that the error names before it only counts."""


class MissingGlyphError(ClimriskError):
    """No font of a document has a character that it prints.

    Parameters
    ----------
    places : iterable of (str, str)
        Where the text stands, and its characters without a glyph.
    """

    def __init__(self, places: Iterable[tuple[str, str]]) -> None:
        self.places = tuple(dict.fromkeys(places))
        lines = [f"{place}: no font has {_named(chars)}" for place, chars in self.places[:LISTED]]
        if len(self.places) > LISTED:
            lines.append(f"and {len(self.places) - LISTED} more places")
        lines.append("allowed: add a font that has them with --font FILE, or leave them out")
        super().__init__("\n".join(lines))


def faces(added: Sequence[Path] = ()) -> tuple[FontFile, ...]:
    """Return the bundled fonts, matplotlib's Latin one for rarer symbols, and the reader's own."""
    return (*bundled_fonts(), *map(read_font, _symbols()), *map(read_font, added))


def families(fonts: Sequence[FontFile]) -> dict[Language, list[str]]:
    """Return for each language the families in which a glyph is looked for, in this order."""
    from climrisk.charts.typeface import OWN

    named = tuple(font.family for font in fonts)
    return {language: list(dict.fromkeys((*OWN[language], *named))) for language in LANGUAGES}


def refuse_missing_glyphs(document: Document, fonts: Sequence[FontFile]) -> None:
    """Refuse a document with characters that would print as boxes.

    Raises
    ------
    MissingGlyphError
        If a text has a character that no font has.
    """
    held = frozenset().union(*(font.characters for font in fonts))
    found = []
    for place, text in printed_texts(document):
        missing = sorted({char for char in legible(text) if ord(char) not in held})
        if missing:
            found.append((place, "".join(missing)))
    if found:
        raise MissingGlyphError(found)


def _symbols() -> tuple[Path, ...]:
    try:
        from matplotlib import get_data_path
    except ModuleNotFoundError as missing:
        raise MissingExtraError("a PDF", "report") from missing
    folder = Path(get_data_path()) / "fonts" / "ttf"
    return folder / "DejaVuSans.ttf", folder / "DejaVuSans-Bold.ttf"


def _named(characters: str) -> str:
    return ", ".join(f"{char} (U+{ord(char):04X})" for char in characters)
