"""Text that people type: kept word for word, within stated limits.

Nothing is escaped or stripped here: whoever shows a text escapes it for the place it is shown in.
"""

from __future__ import annotations

from typing import Final

__all__ = ["MAX_NAME", "MAX_TEXT", "text_fault"]

MAX_TEXT: Final = 10_000
"""Characters of a reason or note."""
MAX_NAME: Final = 200
"""Characters of a name, title or group."""


def text_fault(text: object, most: int = MAX_TEXT) -> tuple[str, str]:
    """Return what is wrong with a text and what is allowed; two empty texts if nothing is.

    Parameters
    ----------
    text : object
        What was typed.
    most : int
        Most characters.
    """
    if not isinstance(text, str):
        return "no text", "allowed: text"
    if len(text) > most:
        return f"a text of {len(text):,} characters", f"allowed: up to {most:,}"
    if "\x00" in text:
        return "the character U+0000", "remove it"
    if any("\ud800" <= char <= "\udfff" for char in text):
        return "half of a character pair", "type it again"
    return "", ""
