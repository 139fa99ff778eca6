"""A blank page of fixed size: plain text at pixel positions, measured and wrapped."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
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
        self.figure = _blank()

    def font(self, size: float, weight: Weight = "normal") -> FontProperties:
        """Return the page's typeface in a size [pt] and weight."""
        return _font(self._families, size, weight)

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
        return _width(self._families, text, size, weight)

    def fitted(self, text: str, room: float, size: float) -> float:
        """Return the largest font size [pt] up to `size` at which a line fits `room` [px]."""
        return size * min(1.0, room / max(self.width(text, size), 1.0))

    def wrapped(
        self, text: str, room: float, size: float, weight: Weight = "normal", lines: int = 99
    ) -> tuple[str, ...]:
        """Break a text into lines no wider than `room` [px]; an ellipsis ends what is cut."""
        if self.width(text.rstrip(), size, weight) <= room:  # most fit, and measuring takes time
            return (text.rstrip(),)
        pieces = list(self._pieces(text, room, size, weight))
        done: list[str] = []
        while pieces:

            def width(end: int, rest: list[str] = pieces) -> float:
                return self.width("".join(rest[:end]).rstrip(), size, weight)

            # a line grows with its pieces, so that halving finds the first that is too much
            end = 1 + bisect_right(range(2, len(pieces) + 1), room, key=width)
            done.append("".join(pieces[:end]).rstrip())
            pieces = pieces[end:]
        if len(done) > lines:
            done[lines - 1 :] = [self._cut(done[lines - 1], room, size, weight)]
        return tuple(done) or ("",)

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


def _blank() -> Figure:
    return Figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI, facecolor=PAPER)


def _font(families: tuple[str, ...], size: float, weight: Weight) -> FontProperties:
    return FontProperties(family=list(families), size=size, weight=weight)


@lru_cache(maxsize=10_000)
def _width(families: tuple[str, ...], text: str, size: float, weight: Weight) -> float:
    """Return how wide a line prints [px]; pictures of one run share most of their lines."""
    font = _font(families, size, weight)
    return float(_ruler().get_text_width_height_descent(text, font, False)[0])


@cache
def _ruler() -> Any:
    """Return what measures texts on a page of this resolution."""
    canvas: Any = FigureCanvasAgg(_blank())
    return canvas.get_renderer()


def line_height(size: float) -> float:
    """Return the pitch of lines of a font size [pt] in pixels."""
    return size * LEADING * DPI / 72
