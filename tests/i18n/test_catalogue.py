"""The three catalogues hold the same keys and placeholders, and nothing falls back silently."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from climrisk.i18n.catalogue import catalogue, placeholders, translate
from climrisk.names import (
    CONTROLS,
    HEADLINES,
    LANGUAGES,
    MEASURED,
    Category,
    Kind,
    Language,
)

CHINESE: tuple[Language, ...] = ("zh-Hant", "zh-Hans")
EVERY: tuple[Language, ...] = get_args(Language)


@pytest.mark.parametrize("language", CHINESE)
def test_same_keys_and_placeholders_as_in_english(language: Language) -> None:
    english, other = catalogue("en"), catalogue(language)
    assert english.keys() == other.keys()
    for key, text in english.items():
        assert placeholders(text) == placeholders(other[key]), key


@pytest.mark.parametrize("language", EVERY)
def test_no_text_is_empty(language: Language) -> None:
    assert all(text.strip() for text in catalogue(language).values())


@pytest.mark.parametrize("language", CHINESE)
def test_chinese_is_chinese(language: Language) -> None:
    for key, text in catalogue(language).items():
        shows_only_values = not re.sub(r"\{\w+\}|P\d+|[\W\d]", "", text)
        if not shows_only_values:
            assert re.search("[\u4e00-\u9fff]", text), key


def test_scripts_are_not_mixed_up() -> None:
    hant, hans = ("".join(catalogue(language).values()) for language in CHINESE)
    assert not set("风险损场价现计时间币从与产").intersection(hant)
    assert not set("風險損場價現計時間幣從與產").intersection(hans)


@pytest.mark.parametrize("language", EVERY)
def test_every_name_of_the_package_has_a_word(language: Language) -> None:
    named = {
        "kind": get_args(Kind),
        "category": tuple(get_args(Category)),
        "channel": MEASURED,
        "control": CONTROLS,
        "horizon": ("short", "medium", "long"),
        "subject": HEADLINES,
    }
    for group, names in named.items():
        for name in names:
            assert translate(f"{group}.{name}", language)


def test_hong_kong_and_mainland_terms_differ_in_wording_not_only_in_script() -> None:
    assert translate("category.acute", "zh-Hant") == "急性實體風險"
    assert translate("category.acute", "zh-Hans") == "急性物理风险"
    assert translate("channel.operating_cost", "zh-Hant") == "營運成本"
    assert translate("channel.operating_cost", "zh-Hans") == "运营成本"


def test_values_are_filled_in_and_never_read_as_templates() -> None:
    text = translate("matrix.axis.likelihood", "en", years="{years.__class__}")
    assert text == "Likelihood, {years.__class__}"


def test_missing_key_names_key_and_language() -> None:
    with pytest.raises(KeyError, match=r"no text 'matrix\.nowhere' in language zh-Hans"):
        translate("matrix.nowhere", "zh-Hans")


def test_missing_value_names_the_placeholder() -> None:
    with pytest.raises(KeyError, match="in language en needs years"):
        translate("matrix.axis.likelihood", "en")


def test_unknown_language_names_the_allowed_ones() -> None:
    with pytest.raises(ValueError, match=f"found 'fr', allowed {', '.join(LANGUAGES)}"):
        translate("kind.risk", "fr")  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["{a.b}", "{a[0]}", "{a!r}", "{a:>9}", "{}"])
def test_placeholders_are_plain_names(text: str) -> None:
    with pytest.raises(ValueError, match="allowed: a plain name"):
        placeholders(text)


def test_a_catalogue_cannot_be_changed() -> None:
    with pytest.raises(TypeError, match="does not support item assignment"):
        catalogue("en")["kind.risk"] = "x"  # type: ignore[index]
