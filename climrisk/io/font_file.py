"""Font files: which family they hold, and which characters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from climrisk.errors import ClimriskError, MissingExtraError
from climrisk.paths import bundled

__all__ = ["BUNDLED_FONTS", "FontFile", "FontFileError", "bundled_fonts", "read_font"]

BUNDLED_FONTS = "fonts"
"""Folder of the fonts inside `data`."""
ENDINGS = (".otf", ".ttf")


class FontFileError(ClimriskError):
    """A file cannot be used as a font."""


@dataclass(frozen=True, eq=False)
class FontFile:
    """One font.

    Attributes
    ----------
    path : Path
    family : str
        Name by which texts ask for it.
    is_bold : bool
    characters : frozenset of int
        Code points that have a glyph.
    """

    path: Path
    family: str
    is_bold: bool
    characters: frozenset[int]


def bundled_fonts() -> tuple[FontFile, ...]:
    """Return the fonts that come with climrisk, by file name."""
    return tuple(map(read_font, sorted((bundled("data") / BUNDLED_FONTS).glob("*.otf"))))


@cache
def read_font(path: Path) -> FontFile:
    """Return what a font file holds.

    Parameters
    ----------
    path : Path
        An OpenType or TrueType file, `.otf` or `.ttf`.

    Raises
    ------
    FontFileError
        If the file is missing, no font, or may not be embedded in a document.
    MissingExtraError
        If fontTools is not installed.
    """
    if path.suffix.lower() not in ENDINGS or not path.is_file():
        found = "no such file" if not path.exists() else f"a {path.suffix or 'nameless'} file"
        raise FontFileError(f"--font {path}: found {found}; allowed: a file .otf or .ttf")
    font = _opened(path)
    restricted = font["OS/2"].fsType & 0x000F == 0x0002
    if restricted:
        raise FontFileError(f"--font {path}: its licence forbids embedding; allowed: another font")
    family = font["name"].getBestFamilyName()
    if not family:
        raise FontFileError(f"--font {path}: found no family name; allowed: a complete font")
    bold = bool(font["OS/2"].fsSelection & 0x0020)
    return FontFile(path, family, bold, frozenset(font.getBestCmap() or ()))


def _opened(path: Path) -> Any:
    try:
        from fontTools.ttLib import TTFont, TTLibError
    except ModuleNotFoundError as missing:
        raise MissingExtraError("a font", "report") from missing
    try:
        font = TTFont(BytesIO(path.read_bytes()), lazy=True)
        for table in ("OS/2", "name", "cmap"):
            font[table]
    except (TTLibError, KeyError, OSError, ValueError) as broken:
        raise FontFileError(f"--font {path}: found no font; allowed: a whole font file") from broken
    return font
