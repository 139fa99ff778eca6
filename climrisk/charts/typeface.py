"""Which fonts can draw a text: those that come with climrisk, then those of the machine."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Final

from matplotlib import font_manager

from climrisk.errors import ClimriskError
from climrisk.names import Language
from climrisk.paths import bundled

__all__ = ["OWN", "MissingFontError", "added_fonts", "families"]

SYMBOLS: Final = "DejaVu Sans"
"""Comes with matplotlib and has rarer symbols, and signs as narrow as Latin text wants them."""
OWN: Final[dict[Language, tuple[str, ...]]] = {
    "en": ("climrisk Sans", SYMBOLS, "climrisk Sans HK", "climrisk Sans SC"),
    "zh-Hant": ("climrisk Sans HK", "climrisk Sans SC", SYMBOLS),
    "zh-Hans": ("climrisk Sans SC", "climrisk Sans HK", SYMBOLS),
}
"""Come with climrisk or matplotlib, so that pictures look alike on every machine."""

_TRADITIONAL: Final = (
    "Noto Sans CJK HK", "Noto Sans HK", "Noto Sans CJK TC", "Noto Sans TC", "Source Han Sans HK",
    "Source Han Sans TC", "PingFang HK", "PingFang TC", "Microsoft JhengHei", "Heiti TC",
)  # fmt: skip
_SIMPLIFIED: Final = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei",
    "Heiti SC", "SimHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei",
)  # fmt: skip
_EITHER: Final = ("Noto Sans CJK JP", "Arial Unicode MS")
"""Hold the glyphs of both scripts in another region's forms: better than none."""

CHINESE: Final[dict[Language, tuple[str, ...]]] = {
    "en": (*_TRADITIONAL, *_SIMPLIFIED, *_EITHER),
    "zh-Hant": (*_TRADITIONAL, *_EITHER, *_SIMPLIFIED),
    "zh-Hans": (*_SIMPLIFIED, *_EITHER, *_TRADITIONAL),
}


_ADDED: Final[ContextVar[tuple[str, ...]]] = ContextVar("added font families", default=())


class MissingFontError(ClimriskError):
    """No installed font has the characters of a picture.

    Parameters
    ----------
    characters : str
        Characters that cannot be drawn.
    wanted : iterable of str
        Fonts that would do, best first.
    """

    def __init__(self, characters: str, wanted: Iterable[str]) -> None:
        named = ", ".join(f"{char} (U+{ord(char):04X})" for char in characters[:5])
        more = f" and {len(characters) - 5} more" if len(characters) > 5 else ""
        super().__init__(
            f"fonts: found none that can draw {named}{more}; allowed: install one of "
            f"{', '.join(wanted)} (on Debian and Ubuntu the package fonts-noto-cjk), "
            "or leave the characters out"
        )


def families(texts: Iterable[str], language: Language) -> tuple[str, ...]:
    """Return font families that together hold every character of `texts`.

    Parameters
    ----------
    texts : iterable of str
        Everything that will be drawn.
    language : {"en", "zh-Hant", "zh-Hans"}
        Decides which region's form of a shared character is preferred.

    Returns
    -------
    tuple of str
        Families in the order in which a glyph is looked for.

    Raises
    ------
    MissingFontError
        If no installed font has one of the characters.
    """
    _add_own()
    ranked = (*OWN[language], *_ADDED.get(), *CHINESE[language])
    missing = _without(ranked[0], set("".join(texts)))
    for find in (_installed, _installed_since):
        installed = find() if missing else set()
        chosen, left = [ranked[0]], missing
        for family in (name for name in ranked[1:] if name in installed):
            rest = _without(family, left)
            if rest != left:
                chosen.append(family)
                left = rest
        if not left:
            return tuple(chosen)
    raise MissingFontError("".join(sorted(left)), CHINESE[language][:6])


@contextlib.contextmanager
def added_fonts(files: Sequence[Path]) -> Iterator[None]:
    """Let pictures drawn within use the reader's own font files where others lack a glyph."""
    known = font_manager.fontManager
    for file in files:
        known.addfont(file)
    token = _ADDED.set(tuple(font_manager.get_font(file).family_name for file in files))
    try:
        yield
    finally:
        _ADDED.reset(token)


def _without(family: str, characters: set[str]) -> set[str]:
    return {char for char in characters if ord(char) not in _glyphs(family)}


@cache
def _glyphs(family: str) -> frozenset[int]:
    path = font_manager.findfont(
        font_manager.FontProperties(family=family), fallback_to_default=False
    )
    return frozenset(font_manager.get_font(path).get_charmap())


@cache
def _add_own() -> None:
    for path in sorted((bundled("data") / "fonts").glob("*.otf")):
        font_manager.fontManager.addfont(path)


def _installed() -> set[str]:
    return {font.name for font in font_manager.fontManager.ttflist}


def _installed_since() -> set[str]:
    """Look again: matplotlib remembers the fonts of its first start and misses later ones."""
    for path in _unknown_files():
        # a broken font file is no reason to give up on the others
        with contextlib.suppress(OSError, RuntimeError, ValueError):
            font_manager.fontManager.addfont(path)
    return _installed()


def _unknown_files() -> Iterator[str]:
    known = {Path(font.fname) for font in font_manager.fontManager.ttflist}
    yield from (path for path in font_manager.findSystemFonts() if Path(path) not in known)
