"""How a state is marked: by an icon beside its word, on the colours of its role."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["ICONS"]

ICONS: Final[Mapping[str, str]] = {
    "tick": "\u2713",
    "triangle": "\u25b2",
    "cross": "\u2715",
    "dash": "\u2013",
}
