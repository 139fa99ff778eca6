"""A picture is drawn with fonts that have its characters, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from matplotlib import get_data_path

from climrisk.charts import typeface
from climrisk.charts.typeface import MissingFontError, added_fonts, families


@pytest.fixture
def fonts(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Installed fonts and the characters they hold, to be filled by the test."""
    held = {
        "climrisk Sans": "abc",
        "climrisk Sans HK": "abc",
        "climrisk Sans SC": "abc",
        "DejaVu Sans": "…–→",
    }
    monkeypatch.setattr(typeface, "_installed", lambda: set(held))
    monkeypatch.setattr(typeface, "_installed_since", lambda: set(held))
    monkeypatch.setattr(typeface, "_glyphs", lambda family: frozenset(map(ord, held[family])))
    return held


def test_own_fonts_have_english_and_chinese_on_every_machine() -> None:
    assert families(["Risks – 3 · 2 °C “a”"], "en") == ("climrisk Sans",)
    assert families(["Risks × ± … → 2"], "en") == ("climrisk Sans", "DejaVu Sans")
    assert families(["氣候風險，可能"], "zh-Hant") == ("climrisk Sans HK",)
    assert families(["气候风险，可能"], "zh-Hans") == ("climrisk Sans SC",)
    assert families(["tCO₂e"], "zh-Hant") == ("climrisk Sans HK", "DejaVu Sans")


def test_no_chinese_font_names_characters_and_cures(fonts: dict[str, str]) -> None:
    with pytest.raises(MissingFontError, match=r"可 \(U\+53EF\).*Noto Sans CJK HK.*fonts-noto-cjk"):
        families(["abc 可"], "zh-Hant")


def test_regional_form_follows_the_language(fonts: dict[str, str]) -> None:
    fonts |= {"Noto Sans CJK SC": "可能", "Noto Sans CJK HK": "可能"}
    assert families(["可"], "zh-Hant")[1:] == ("Noto Sans CJK HK",)
    assert families(["可"], "zh-Hans")[1:] == ("Noto Sans CJK SC",)
    assert families(["a"], "zh-Hans") == ("climrisk Sans SC",)


def test_fonts_complete_each_other(fonts: dict[str, str]) -> None:
    fonts |= {"Microsoft JhengHei": "風", "SimHei": "风"}
    assert families(["風风"], "zh-Hant")[1:] == ("Microsoft JhengHei", "SimHei")


def test_characters_that_no_font_has_are_refused(fonts: dict[str, str]) -> None:
    fonts["Noto Sans CJK HK"] = "可"
    with pytest.raises(MissingFontError, match=r"none that can draw .* \(U\+1F30A\);"):
        families(["可\U0001f30a"], "zh-Hant")


def test_a_font_installed_since_is_found(
    fonts: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def look_again() -> set[str]:
        fonts["PingFang HK"] = "可"
        return set(fonts)

    monkeypatch.setattr(typeface, "_installed_since", look_again)
    assert families(["可"], "zh-Hant")[1:] == ("PingFang HK",)


def test_the_readers_own_font_serves_while_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = Path(get_data_path()) / "fonts" / "ttf" / "STIXGeneral.ttf"
    with added_fonts([file]):
        assert families(["\U0001d504"], "en")[-1] == "STIXGeneral"
    for look in ("_installed", "_installed_since"):
        monkeypatch.setattr(typeface, look, lambda: {"DejaVu Sans", "STIXGeneral"})
    with pytest.raises(MissingFontError, match=r"U\+1D504"):
        families(["\U0001d504"], "en")
