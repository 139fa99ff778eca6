"""How a user's own words are quoted in messages: short, on one line, nothing invisible."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from typing import Final

__all__ = [
    "MAX_SHOWN",
    "described",
    "escaped",
    "hidden_in_id",
    "hidden_in_text",
    "nearest",
    "quoted",
    "suggestion",
]

MAX_SHOWN: Final = 120
"""Characters of a user's value that a message repeats at most."""

_MAX_LISTED: Final = 25
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Embeddings, overrides and isolates reorder the text around them, so a reader sees another word.
_REORDERING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LAYOUT: Final = frozenset("\t\n\r")


def escaped(text: str) -> str:
    r"""Return `text` with control, format and unassigned characters written as `\uXXXX`."""
    return "".join(_escape(char) if _is_invisible(char) else char for char in text)


def quoted(text: str) -> str:
    """Return `text` in quotes that it does not hold, escaped and cut to `MAX_SHOWN` characters."""
    short = text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"
    mark = '"' if "'" in short else "'"
    return f"{mark}{escaped(short)}{mark}"


def described(value: object) -> str:
    """Say what kind of YAML value this is and, where it is short, what it holds."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"number {value!r}"[:MAX_SHOWN]
        case str():
            return f"text {quoted(value)}"
        case dict():
            return "a mapping" if value else "an empty mapping"
        case list() | tuple():
            return "a list" if value else "an empty list"
        case _:
            return "another kind of value"


def nearest(word: str, allowed: Iterable[str]) -> str:
    """Return the word of `allowed` that is spelt most alike; empty if none is near."""
    by_lower = {name.lower(): name for name in allowed}
    near = difflib.get_close_matches(word[:MAX_SHOWN].lower(), by_lower, n=1)
    return by_lower[near[0]] if near else ""


def suggestion(word: str, allowed: Iterable[str]) -> str:
    """List what is allowed, the nearest spelling first.

    Parameters
    ----------
    word : str
        What the user wrote.
    allowed : iterable of str
        What may stand there; at most 25 are listed, and the rest counted.
    """
    names = list(allowed)
    near = nearest(word, names)
    listed = ", ".join(names[:_MAX_LISTED]) or "nothing"
    rest = f" and {len(names) - _MAX_LISTED} more" if len(names) > _MAX_LISTED else ""
    ask = f"did you mean {quoted(near)}? " if near else ""
    return f"{ask}allowed: {escaped(listed)}{rest}"


def hidden_in_id(text: str) -> str:
    """Name the first invisible character of an id or key, such as `U+202E`; empty if none."""
    if text.isprintable():  # nearly every one is, and this is quick to say
        return ""
    return next((_code_point(char) for char in text if _is_invisible(char)), "")


def hidden_in_text(text: str) -> str:
    """Name the first control, reordering or unpaired character of a text; empty if none.

    Line breaks, tabs and joiners are part of ordinary text and pass.
    """
    if text.isprintable():
        return ""
    return next((_code_point(char) for char in text if _is_harmful(char)), "")


def _is_invisible(char: str) -> bool:
    return not char.isprintable() and unicodedata.category(char) in _INVISIBLE


def _is_harmful(char: str) -> bool:
    if char.isprintable() or char in _LAYOUT:
        return False
    return char in _REORDERING or unicodedata.category(char) in {"Cc", "Cs"}


def _code_point(char: str) -> str:
    return f"U+{ord(char):04X}"


def _escape(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08x}"
