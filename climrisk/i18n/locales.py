"""The language in which somebody's browser or system speaks."""

from __future__ import annotations

from typing import Final

from climrisk.names import Language

__all__ = ["language_of_locale"]

_TRADITIONAL: Final = frozenset({"hant", "hk", "mo", "tw"})
"""Script, or places that write it, in a language tag such as `zh-HK` or `zh-Hant-HK`."""


def language_of_locale(tag: str) -> Language:
    """Return the language of a BCP 47 tag: Chinese in the script of the place, or else English.

    A stated script counts before the place (RFC 5646): `zh-Hans-HK` is Simplified Chinese.
    """
    first, *rest = tag.replace("_", "-").lower().split("-")
    if first != "zh":
        return "en"
    return "zh-Hant" if "hans" not in rest and not _TRADITIONAL.isdisjoint(rest) else "zh-Hans"
