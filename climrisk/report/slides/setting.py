"""How closely a slide is set: type sizes and the air between lines, rows and blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["SETTINGS", "Setting"]


@dataclass(frozen=True)
class Setting:
    """Sizes and distances of one slide [pt].

    Attributes
    ----------
    sentences, tables : float
        Type sizes.
    gap : float
        Between blocks.
    after : float
        Under a paragraph.
    above : float
        Over and under a cell's text.
    is_close : bool
        Whether a table's columns are those that make it lowest, and its notes one paragraph.
    """

    sentences: float
    tables: float
    gap: float = 10.0
    after: float = 5.0
    above: float = 2.0
    is_close: bool = False


SETTINGS: Final = (
    Setting(16.0, 14.0),
    Setting(14.0, 12.0),
    Setting(13.0, 12.0),
    Setting(12.0, 12.0),
    Setting(12.0, 12.0, gap=6.0, after=3.0, above=1.0, is_close=True),
    Setting(12.0, 11.0, gap=4.0, after=2.0, above=0.7, is_close=True),
    Setting(12.0, 10.0, gap=4.0, after=2.0, above=0.5, is_close=True),
)
"""Of slides, the most open first: a section takes the first at which one slide holds it."""
