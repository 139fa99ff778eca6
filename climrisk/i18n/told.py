"""Sentences of errors and readings in the reader's language, recognised by their English words.

The layers below tell in English what they found; pages show it to people. The catalogues hold each
sentence under `told`: the English one is matched, and the reader's is filled with what stands in
its places. A sentence that is not known stays English.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from climrisk.i18n.catalogue import catalogue, placeholders, translate
from climrisk.names import LANGUAGES, Language

__all__ = ["retold"]

GROUP: Final = "told."
PART: Final = "told_part."
"""Sentences so general that they are tried inside others alone."""
IN_TURN: Final = frozenset(
    {"allowed", "kind", "now", "one", "other", "phase", "rest", "to", "way", "ways", "what"}
)
"""Places that hold a sentence of the catalogue; any other keeps what people typed."""
LONGEST: Final = 2000
"""Characters of a sentence that is looked up; what people typed may be longer."""


def retold(sentence: str, language: Language, *, inside: bool = False) -> str:
    """Return a sentence in a language, or as it is where no catalogue knows it.

    Parameters
    ----------
    sentence : str
        What an error or a reading says, in English.
    language : {"en", "zh-Hant", "zh-Hans"}
    inside : bool, default False
        Whether it stands in another sentence.
    """
    if language == LANGUAGES[0] or len(sentence) > LONGEST:
        return sentence
    for key, pattern in _patterns(GROUP) + (_patterns(PART) if inside else ()):
        found = pattern.fullmatch(sentence)
        if found is not None:
            values = {
                name: retold(text, language, inside=True) if name in IN_TURN else text
                for name, text in found.groupdict().items()
            }
            return translate(key, language, **values)
    return sentence


@cache
def _patterns(group: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the English sentences as patterns, in the order of the catalogue."""
    english = catalogue(LANGUAGES[0])
    return tuple((key, _pattern(text)) for key, text in english.items() if key.startswith(group))


def _pattern(text: str) -> re.Pattern[str]:
    named = "|".join(re.escape(f"{{{name}}}") for name in placeholders(text))
    if not named:
        return re.compile(re.escape(text))
    parts = re.split(f"({named})", text)
    whole = (f"(?P<{one[1:-1]}>.+?)" if one[:1] == "{" else re.escape(one) for one in parts)
    return re.compile("".join(whole), re.DOTALL)
