"""The fonts that come with climrisk hold what climrisk and its bundled study print."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from matplotlib import get_data_path

from climrisk.i18n.catalogue import catalogue
from climrisk.io.font_file import FontFileError, bundled_fonts, read_font
from climrisk.names import LANGUAGES, Language
from climrisk.paths import bundled

FAMILIES: dict[Language, str] = {
    "en": "climrisk Sans",
    "zh-Hant": "climrisk Sans HK",
    "zh-Hans": "climrisk Sans SC",
}
PLACES = "銅鑼灣鰂魚涌深水埗尖沙咀筲箕灣着裏衞羣峯深圳廈門瀋陽濟寧"
MAINLAND = "深圳厦门沈阳呼和浩特鄂尔多斯乌鲁木齐衢州濮阳亳州"
LARGEST = 12_000_000


def printed(text: str) -> set[str]:
    """Return the characters of a text that need a glyph."""
    return {char for char in text if not unicodedata.category(char).startswith("C")}


def held(family: str) -> set[str]:
    return {chr(c) for font in bundled_fonts() if font.family == family for c in font.characters}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_languages_own_face_has_its_whole_catalogue(language: Language) -> None:
    said = printed("".join(catalogue(language).values()))
    narrow = {"en": set("…×÷±→≤≥§")}.get(language, set())  # as another font has them
    assert said - held(FAMILIES[language]) - narrow - {"✗", "✓", "▲"} == set()


def test_bundled_studies_and_scenarios_print() -> None:
    files = [*bundled("data").rglob("*.yaml"), *bundled("data").rglob("*.csv")]
    files += bundled("scenarios").glob("*.yaml")
    assert len(files) > 10
    every = held("climrisk Sans HK") | held("climrisk Sans SC")
    for file in files:
        assert printed(file.read_text(encoding="utf-8")) - every == set(), file


def test_places_of_hong_kong_and_the_mainland_print() -> None:
    assert set(PLACES) - held("climrisk Sans HK") == set()
    assert set(MAINLAND) - held("climrisk Sans SC") == set()


def test_bold_and_regular_have_the_same_characters() -> None:
    fonts = {(font.family, font.is_bold): font.characters for font in bundled_fonts()}
    assert len(fonts) == 6
    for family in set(FAMILIES.values()):
        assert fonts[family, True] == fonts[family, False]


def test_fonts_are_small_and_carry_their_licence() -> None:
    folder = bundled("data") / "fonts"
    assert sum(file.stat().st_size for file in folder.glob("*.otf")) < LARGEST
    licence = (folder / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    for font in bundled_fonts():
        names = TTFont(BytesIO(font.path.read_bytes()), lazy=True)["name"]
        told = [names.getDebugName(number) for number in (0, 13)]
        assert "Adobe" in told[0]
        assert "SIL Open Font License" in told[1]
        # the makers' reserved name and trademark name no modified version
        assert not {"Source", "Noto"} & set(font.family.split())


def test_a_font_that_must_not_be_embedded_is_refused(tmp_path: Path) -> None:
    font = TTFont(
        BytesIO((Path(get_data_path()) / "fonts" / "ttf" / "STIXGeneral.ttf").read_bytes())
    )
    font["OS/2"].fsType = 0x0002
    locked = tmp_path / "locked.ttf"
    font.save(locked)
    with pytest.raises(FontFileError, match="licence forbids embedding"):
        read_font(locked)
    font["name"].names = []
    font["OS/2"].fsType = 0
    nameless = tmp_path / "nameless.ttf"
    font.save(nameless)
    with pytest.raises(FontFileError, match="found no family name"):
        read_font(nameless)
