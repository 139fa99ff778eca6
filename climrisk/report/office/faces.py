"""Typefaces and language tags of office files: none is embedded, so all are common ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from climrisk.names import Language

__all__ = ["EAST_ASIAN", "LATIN", "SYMBOLS", "TAGS"]

LATIN: Final = "Arial"
EAST_ASIAN: Final[Mapping[Language, str]] = {
    "en": "Microsoft JhengHei",
    "zh-Hant": "Microsoft JhengHei",
    "zh-Hans": "Microsoft YaHei",
}
SYMBOLS: Final = "Segoe UI Symbol"
"""Has the icons of states on Windows; other systems fall back to a face of theirs."""

TAGS: Final[Mapping[Language, str]] = {"en": "en-GB", "zh-Hant": "zh-HK", "zh-Hans": "zh-CN"}
"""BCP 47 tags that spelling checkers and screen readers know."""
