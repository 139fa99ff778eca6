"""Reader-facing texts by key, in three languages; nothing falls back silently.

A language's texts stand in `<language>.yaml`, and a larger part's in `<part>.<language>.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from string import Formatter
from types import MappingProxyType
from typing import Any, Final

import yaml

from climrisk.names import LANGUAGES, Language

__all__ = ["catalogue", "known_word", "placeholders", "translate"]

_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Reads every value as the text that stands there; compiled where PyYAML is."""


def translate(key: str, language: Language, **values: object) -> str:
    """Return the text that `key` has in `language`.

    Parameters
    ----------
    key : str
        Dotted path in the catalogue, such as `matrix.axis.likelihood`.
    language : {"en", "zh-Hant", "zh-Hans"}
        Language of the text.
    **values : object
        What stands for each `{placeholder}` of the text.

    Returns
    -------
    str
        The text with its placeholders filled.

    Raises
    ------
    KeyError
        If the catalogue has no such key, or a placeholder has no value.
    ValueError
        If the language is none of the three.
    """
    texts = catalogue(language)
    if key not in texts:
        raise KeyError(f"no text {key!r} in language {language}")
    missing = placeholders(texts[key]) - values.keys()
    if missing:
        raise KeyError(f"text {key!r} in language {language} needs {', '.join(sorted(missing))}")
    return texts[key].format_map(values)


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """Return every text of `language` by its dotted key.

    Raises
    ------
    ValueError
        If the language is none of the three.
    """
    if language not in LANGUAGES:
        raise ValueError(f"language: found {language!r}, allowed {', '.join(LANGUAGES)}")
    texts: dict[str, str] = {}
    for file in sorted(files("climrisk.i18n").iterdir(), key=lambda file: file.name):
        if f".{file.name}".endswith(f".{language}.yaml"):
            texts |= _flat(yaml.load(file.read_text(encoding="utf-8"), _LOADER))
    return MappingProxyType(texts)


def known_word(group: str, name: str, language: Language) -> str:
    """Return the word of a name in a language, or the name itself where no catalogue knows it.

    Parameters
    ----------
    group : str
        Part of the catalogue.
    name : str
        A name of climrisk, or words that a study states in one language alone.
    language : {"en", "zh-Hant", "zh-Hans"}
    """
    return catalogue(language).get(f"{group}.{name}", name)


def placeholders(text: str) -> frozenset[str]:
    """Return the names in braces.

    Raises
    ------
    ValueError
        If a placeholder is more than a name: attributes, indices and formats are refused.
    """
    names = set()
    for _, name, form, conversion in Formatter().parse(text):
        if name is None:
            continue
        if not name.isidentifier() or form or conversion:
            raise ValueError(f"placeholder {{{name}}} in {text!r}; allowed: a plain name")
        names.add(name)
    return frozenset(names)


def _flat(node: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in node.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
