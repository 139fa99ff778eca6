"""Makes the fonts of data/fonts from Noto Sans CJK: the characters of a business text, no more.

    .venv/bin/python scripts/subset_fonts.py /usr/share/fonts/opentype/noto

Needs fontTools (extra `report`) and, on Debian and Ubuntu, the package fonts-noto-cjk. The same
source fonts give the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

FONTS = Path(__file__).resolve().parent.parent / "data" / "fonts"
WEIGHTS = ("Regular", "Bold")
FACES = {"HK": "big5hkscs", "SC": "gb2312", "KR": "ascii"}
"""Region's face of Noto Sans CJK -> the character set that it covers.

The Korean face has dots and quotes as narrow as Latin text wants them; of its other signs those
that are as wide as an ideograph are left out, for another font has them narrow.
"""
LATIN_AND_SYMBOLS = (
    *range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x391, 0x3CA), *range(0x2010, 0x2027),
    *range(0x2030, 0x203B), *range(0x20A0, 0x20C0), *range(0x2150, 0x2160), *range(0x2190, 0x219A),
    *range(0x2200, 0x2270), *range(0x2460, 0x2474), *range(0x25A0, 0x2600), 0x26A0, 0x2713,
    0x2103, 0x2109, 0x2116, 0x2122, *range(0x3000, 0x3020), *range(0xFF01, 0xFF5F),
)  # fmt: skip
WIDE = 1000
"""Width of an ideograph."""
FAMILY = {"HK": "climrisk Sans HK", "SC": "climrisk Sans SC", "KR": "climrisk Sans"}
"""Not Noto's own name, which is a trademark, for these are modified versions."""
LEGAL_NAMES = {0, 7, 8, 9, 10, 11, 12, 13, 14}
"""Copyright, trademark, makers and licence, kept as they were."""


def main(source: Path) -> None:
    """Write one file for each face and weight."""
    FONTS.mkdir(parents=True, exist_ok=True)
    signs: dict[str, set[int]] = {}
    for weight in WEIGHTS:
        fonts = TTCollection(source / f"NotoSansCJK-{weight}.ttc", lazy=True).fonts
        for face, charset in FACES.items():
            font = next(one for one in fonts if is_face(one, face))
            # both weights get what the first one, the regular, has narrow
            signs.setdefault(face, set(LATIN_AND_SYMBOLS) - (wide(font) if face == "KR" else set()))
            cut(font, {*signs[face], *map(ord, ideographs(charset))})
            rename(font, FAMILY[face], weight)
            file = FONTS / f"{FAMILY[face].lower().replace(' ', '-')}-{weight.lower()}.otf"
            font.save(file)
            print(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB")


def is_face(font: TTFont, face: str) -> bool:
    """Return whether a font of the collection is a region's proportional face."""
    name = str(font["name"].getDebugName(6))
    return name.startswith(f"NotoSansCJK{face.lower()}-")


def wide(font: TTFont) -> set[int]:
    """Return the characters that are as wide as an ideograph."""
    widths = font["hmtx"]
    return {char for char, glyph in font.getBestCmap().items() if widths[glyph][0] >= WIDE}


def ideographs(charset: str) -> Iterator[str]:
    """Yield the Chinese characters of the basic plane that a character set has."""
    for code in range(0x4E00, 0xA000):
        try:
            chr(code).encode(charset)
        except UnicodeEncodeError:
            continue
        yield chr(code)


def cut(font: TTFont, characters: set[int]) -> None:
    """Keep the outlines of some characters, without hints and alternative forms."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["kern"]
    options.name_IDs = ["*"]
    options.name_languages = [0x409]
    options.notdef_outline = True
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    font.recalcTimestamp = False


def rename(font: TTFont, family: str, weight: str) -> None:
    """Give the font a name of its own; who made it and on which terms stays."""
    names = font["name"]
    compact = f"{family.replace(' ', '')}-{weight}"
    own = {1: family, 2: weight, 3: compact, 4: f"{family} {weight}", 6: compact}
    names.names = [one for one in names.names if one.nameID in LEGAL_NAMES]
    for name, text in own.items():
        names.setName(text, name, 3, 1, 0x409)
    table = font["CFF "].cff
    table.fontNames = [compact]
    table.topDictIndex[0].FamilyName = family
    table.topDictIndex[0].FullName = f"{family} {weight}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
