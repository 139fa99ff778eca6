"""Users' words on a page: printed as they are, never as Markdown, HTML or formulas."""

from __future__ import annotations

import re

from climrisk.charts.caption import printable

__all__ = ["plain"]


def plain(text: str) -> str:
    """Return a text with every character that Markdown could read into preceded by a backslash."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", printable(text))
