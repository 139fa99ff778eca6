"""What browsers call a language, and which of ours that is."""

from __future__ import annotations

import pytest

from climrisk.i18n.locales import language_of_locale


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en-GB", "en"),
        ("fr", "en"),
        ("", "en"),
        ("zh-HK", "zh-Hant"),
        ("zh-TW", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh_MO", "zh-Hant"),
        ("zh-CN", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-Hans-HK", "zh-Hans"),
        ("zha-TW", "en"),
    ],
)
def test_the_language_of_a_browser(tag: str, language: str) -> None:
    assert language_of_locale(tag) == language
