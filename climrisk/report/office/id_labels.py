"""Where ids stand in a native matrix: beyond their bars, where they cross the fewest marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log10
from typing import Any, Final, Literal

import pandas as pd

from climrisk.charts.caption import printable

__all__ = ["Place", "Side", "id_places"]

Side = Literal["above", "below", "left", "right"]

LETTER: Final = 0.027
"""Width of a letter of an id as a share of a half, rather too much."""
LONGEST: Final = 16
"""Characters of an id, so that it takes one line; the list beside the plot has it whole."""
HIGH: Final = 0.055
"""Height of an id in likelihood."""
BAR: Final = 0.012
"""Height of a range bar in likelihood."""


@dataclass(frozen=True)
class Place:
    """Where an id is tied, in amount and likelihood, and on which side of that it stands."""

    text: str
    amount: float
    likelihood: float
    side: Side


@dataclass(frozen=True)
class _Box:
    """What an id or a mark covers: shares of the half, larger amounts to the right."""

    left: float
    right: float
    bottom: float
    top: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    @property
    def leaves(self) -> bool:
        return self.left < 0.0 or self.right > 1.0 or self.bottom < 0.0 or self.top > 1.0


def id_places(
    rows: pd.DataFrame, ends: tuple[float, float], appetite: float | None, *, mirrored: bool
) -> tuple[Place, ...]:
    """Place the ids of one half of the matrix, the likeliest first.

    Parameters
    ----------
    rows : DataFrame
        Points of the half: `item`, `labelled`, `drawn_at`, `impact`, `low`, `high`.
    ends : tuple of float
        Ends of the money axis [million], logarithmic.
    appetite : float or None
        Where its line stands [million].
    mirrored : bool
        Whether the axis runs from right to left.

    Returns
    -------
    tuple of Place
        One for each labelled item: beyond the far end of its bar, else before the near one, else
        above or below its point, whichever crosses the fewest bars, ids and lines.
    """
    taken = [_bar(row, ends) for row in rows.to_dict("records")]
    if appetite is not None:
        at = _across(appetite, ends)
        taken.append(_Box(at - 0.005, at + 0.005, 0.0, 1.0))
    named = rows[rows["labelled"]].drop_duplicates("item")
    found = []
    for row in named.sort_values("drawn_at", ascending=False).to_dict("records"):
        of_item = rows[rows["item"] == row["item"]]
        spans = float(of_item["low"].min()), float(of_item["high"].max())
        tried = list(_tried(row, spans, ends, mirrored=mirrored))
        place, box = min(tried, key=lambda one: _crossed(one[1], taken))
        taken.append(box)
        found.append(place)
    return tuple(found)


def _tried(
    row: Mapping[Any, Any],
    spans: tuple[float, float],
    ends: tuple[float, float],
    *,
    mirrored: bool,
) -> Iterator[tuple[Place, _Box]]:
    """Yield the places of an id, the best first, with what it would cover there."""
    text = printable(row["item"])
    if len(text) > LONGEST:
        text = f"{text[: LONGEST - 1]}…"
    wide, at = LETTER * len(text) + 0.02, min(max(float(row["drawn_at"]), 0.0), 1.0)
    middle = float(row["impact"])
    low, high, centre = (_across(one, ends) for one in (*spans, middle))
    far: Side = "left" if mirrored else "right"
    near: Side = "right" if mirrored else "left"
    half, foot = HIGH / 2, at - HIGH / 2
    yield Place(text, spans[1], at, far), _Box(high, high + wide, foot, at + half)
    yield Place(text, spans[0], at, near), _Box(low - wide, low, foot, at + half)
    sides = centre - wide / 2, centre + wide / 2
    yield Place(text, middle, at, "above"), _Box(*sides, at + half, at + half + HIGH)
    yield Place(text, middle, at, "below"), _Box(*sides, foot - HIGH, foot)


def _crossed(box: _Box, taken: list[_Box]) -> int:
    return sum(box.meets(one) for one in taken) + 3 * box.leaves


def _bar(row: Mapping[Any, Any], ends: tuple[float, float]) -> _Box:
    at = min(max(float(row["drawn_at"]), 0.0), 1.0)
    low, high = (_across(float(row[name]), ends) for name in ("low", "high"))
    return _Box(low, high, at - BAR / 2, at + BAR / 2)


def _across(amount: float, ends: tuple[float, float]) -> float:
    return log10(amount / ends[0]) / log10(ends[1] / ends[0])
