"""How large and in which colours a picture is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from climrisk.charts.theme import THEMES, Theme, ThemeName

__all__ = ["Look"]


@dataclass(frozen=True)
class Look:
    """How a picture is drawn.

    Attributes
    ----------
    theme_name : {"light", "dark"}
    projector : bool
        Whether every text is 20 px or more, for a room.
    width : int
        Width [px] that texts are wrapped for; the picture itself follows its place on the page.
    """

    theme_name: ThemeName = "light"
    projector: bool = False
    width: int = 1000

    @property
    def theme(self) -> Theme:
        """Colours."""
        return THEMES[self.theme_name]

    @property
    def text(self) -> int:
        """Size of texts [px]."""
        return 20 if self.projector else 14

    @property
    def title(self) -> int:
        """Size of the title [px]."""
        return 26 if self.projector else 19

    @property
    def line(self) -> float:
        """Height of a line of text [px]."""
        return 1.35 * self.text
