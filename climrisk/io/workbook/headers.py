"""Headings, notes and units of the workbook in three languages."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Final

from ruamel.yaml import YAML

from climrisk.domain.settings import Money
from climrisk.i18n.money import money_unit
from climrisk.names import LANGUAGES, Language

__all__ = [
    "about",
    "heading",
    "note",
    "readme",
    "sheet_title",
    "sheet_titles",
    "unit",
    "unworded",
    "word",
]

_BETWEEN: Final = " · "


@cache
def _catalogue() -> dict[str, Any]:
    source = files("climrisk.io.workbook").joinpath("headers.yaml").read_text(encoding="utf-8")
    catalogue: dict[str, Any] = YAML(typ="safe", pure=True).load(source)
    return catalogue


def _in(words: list[str], language: Language) -> str:
    return words[LANGUAGES.index(language)]


def word(section: str, key: str, language: Language) -> str:
    """Return a word of a section of the catalogue.

    Raises
    ------
    KeyError
        If the catalogue has no such word.
    """
    return _in(_catalogue()[section][key], language)


def sheet_title(sheet: str, language: Language) -> str:
    """Return the name of a sheet's tab."""
    return word("sheets", sheet, language)


def sheet_titles() -> dict[str, str]:
    """Return every sheet by the name of its tab, in all languages."""
    return {title: sheet for sheet, titles in _catalogue()["sheets"].items() for title in titles}


def about(sheet: str, language: Language) -> str:
    """Return the sentence that says what stands on a sheet."""
    return word("about", sheet, language)


def readme(money: Money, language: Language) -> list[str]:
    """Return the paragraphs of the sheet Read me."""
    paragraphs = _catalogue()["readme"]
    amounts = _with_money(["{money}"] * len(LANGUAGES), money, language)
    return [_in(words, language).replace("{money}", amounts) for words in paragraphs]


def heading(sheet: str, key: str, language: Language) -> str:
    """Return the heading of a column, without its unit.

    A part of the key that has no words yet stands as it is, so that a field which a model has
    gained can be filled in all the same.
    """
    parts = _parts("parts", sheet, key)
    return _BETWEEN.join(part if words is None else _in(words, language) for part, words in parts)


def unworded(sheet: str, key: str) -> tuple[str, ...]:
    """Return the parts of a column's key that the catalogue has no heading for."""
    return tuple(part for part, words in _parts("parts", sheet, key) if words is None)


def unit(sheet: str, key: str, money: Money, language: Language) -> str:
    """Return the unit of a column, empty where it has none."""
    found = [words for _, words in _parts("units", sheet, key) if words is not None]
    return _with_money(found[-1], money, language) if found else ""


def note(sheet: str, key: str, language: Language) -> str:
    """Return what a column means: the field first, then the part of it; empty if unknown."""
    found = (words for _, words in _parts("notes", sheet, key) if words is not None)
    return "\n".join(_in(words, language) for words in found)


def _with_money(words: list[str], money: Money, language: Language) -> str:
    named = {"unit": money_unit(money.currency, language), "year": str(money.price_year)}
    stated = {key: _in(one, language).format(**named) for key, one in _catalogue()["money"].items()}
    return _in(words, language).format(**stated)


def _parts(section: str, sheet: str, key: str) -> list[tuple[str, list[str] | None]]:
    """Return each part of a key with its words, under the nearest name that has any."""
    catalogue, parts = _catalogue()[section], key.split(".")
    found = []
    for end, part in enumerate(parts):
        path = ".".join(parts[: end + 1])
        names = (name for name in (f"{sheet}/{path}", path, part) if name in catalogue)
        name = next(names, None)
        found.append((part, None if name is None else catalogue[name]))
    return found
