"""A blank page of fixed size: plain text at pixel positions, measured and wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from climrisk.charts.palette import INK, PAPER
from climrisk.charts.typeface import families
from climrisk.names import Language

__all__ = ["HEIGHT", "WIDTH", "Page", "line_height"]

WIDTH: Final = 1600
HEIGHT: Final = 1000
DPI: Final = 100
LEADING: Final = 1.32
"""Line pitch over font size."""

Weight = Literal["normal", "bold"]

_BREAKABLE: Final = re.compile(
    r"[（「『【《]*[\u2e80-\uffef][）」』】》，。、；：！？]*|[^\s\u2e80-\uffef]+\s*|\s+"
)
"""A Chinese character with its brackets and stops, or a word with the space behind it."""


class Page:
    """A figure of 1600 × 1000 pixels and the fonts that its texts need.

    Parameters
    ----------
    texts : iterable of str
        Everything that will be written.
    language : {"en", "zh-Hant", "zh-Hans"}
        Decides the regional form of Chinese characters.

    Raises
    ------
    MissingFontError
        If no installed font has one of the characters.
    """

    def __init__(self, texts: Iterable[str], language: Language) -> None:
        self._families = families(texts, language)
        self.figure = Figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI, facecolor=PAPER)
        canvas: Any = FigureCanvasAgg(self.figure)
        self._renderer = canvas.get_renderer()

    def font(self, size: float, weight: Weight = "normal") -> FontProperties:
        """Return the page's typeface in a size [pt] and weight."""
        return FontProperties(family=list(self._families), size=size, weight=weight)

    def write(
        self,
        text: str,
        x: float,
        y: float,
        size: float,
        *,
        weight: Weight = "normal",
        color: str = INK,
        **placing: Any,
    ) -> None:
        """Write one line at a position [px from the lower left]; nothing in it is markup."""
        font = self.font(size, weight)
        self.figure.text(
            x / WIDTH, y / HEIGHT, text, font=font, color=color, parse_math=False, **placing
        )

    def line(self, xs: Iterable[float], ys: Iterable[float], color: str, width: float) -> None:
        """Draw a line through positions [px]; width in points."""
        across, up = [x / WIDTH for x in xs], [y / HEIGHT for y in ys]
        self.figure.add_artist(Line2D(across, up, color=color, linewidth=width))

    def strip(self, bottom: float, height: float, color: str) -> None:
        """Fill the page's width between two heights [px]."""
        box = Rectangle((0, bottom / HEIGHT), 1, height / HEIGHT, color=color, linewidth=0)
        box.set_transform(self.figure.transFigure)
        self.figure.add_artist(box)

    def width(self, text: str, size: float, weight: Weight = "normal") -> float:
        """Return how wide a line prints [px]."""
        font = self.font(size, weight)
        return float(self._renderer.get_text_width_height_descent(text, font, False)[0])

    def fitted(self, text: str, room: float, size: float) -> float:
        """Return the largest font size [pt] up to `size` at which a line fits `room` [px]."""
        return size * min(1.0, room / max(self.width(text, size), 1.0))

    def wrapped(
        self, text: str, room: float, size: float, weight: Weight = "normal", lines: int = 99
    ) -> tuple[str, ...]:
        """Break a text into lines no wider than `room` [px]; an ellipsis ends what is cut."""
        done: list[str] = []
        line = ""
        for piece in self._pieces(text, room, size, weight):
            if line and self.width((line + piece).rstrip(), size, weight) > room:
                done.append(line.rstrip())
                line = ""
            line += piece
        done.append(line.rstrip())
        if len(done) > lines:
            done[lines - 1 :] = [self._cut(done[lines - 1], room, size, weight)]
        return tuple(done)

    def _pieces(self, text: str, room: float, size: float, weight: Weight) -> Iterator[str]:
        for piece in _BREAKABLE.findall(text):
            if self.width(piece.rstrip(), size, weight) > room:
                yield from piece
            else:
                yield piece

    def _cut(self, text: str, room: float, size: float, weight: Weight) -> str:
        while text and self.width(f"{text}…", size, weight) > room:
            text = text[:-1].rstrip()
        return f"{text}…"


def line_height(size: float) -> float:
    """Return the pitch of lines of a font size [pt] in pixels."""
    return size * LEADING * DPI / 72
