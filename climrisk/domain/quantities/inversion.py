"""Inverses of functions that never decrease: the smallest value that reaches a chance.

`bisected` halves brackets and asks only yes or no. An `Inverse` knows the chances at a few places,
which bracket each answer. It goes on by inverse quadratic interpolation of normal scores where that
is safe and halves the bracket where it is not, so that flat stretches and jumps do no harm.
Source: Chandrupatla 1997, A new hybrid quadratic/bisection algorithm, Advances in Engineering
Software 28(3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from climrisk.domain.quantities.base import FloatArray
from climrisk.portable.arrays import normal_quantile

__all__ = ["Inverse", "Tails", "bisected"]

Flags = NDArray[np.bool_]
Tails = Callable[[FloatArray], tuple[FloatArray, FloatArray]]
"""Chances of at most a value and of more, both to full precision."""

_CLOSE: Final = 2.0**-45  # relative width of a bracket that is narrow enough
_TOLD_APART: Final = 2.0**-48  # difference of normal scores below which chances are rounding
_MOST_STEPS: Final = 30  # a smooth function takes five; then brackets are only halved


def bisected(
    reached: Callable[[FloatArray], Flags], low: FloatArray, high: FloatArray
) -> FloatArray:
    """Return the smallest values at which a condition holds.

    Parameters
    ----------
    reached : callable
        Whether the condition holds at each of an array of values; once it holds, it does at
        every larger value.
    low, high : ndarray
        Values between which the answers lie, finite, of one shape.

    Returns
    -------
    ndarray
        The smallest float64 that reaches it, `low` or `high` where all or none do.
    """
    high = np.where(reached(low), low, high)
    while True:
        middle = _between(low, high)
        if not ((low < middle) & (middle < high)).any():
            return high
        is_there = reached(middle)
        low, high = np.where(is_there, low, middle), np.where(is_there, middle, high)


class _Known(NamedTuple):
    """Values, and by how much their normal scores exceed the wanted ones."""

    x: FloatArray
    excess: FloatArray

    def only(self, kept: Flags) -> _Known:
        return _Known(self.x[kept], self.excess[kept])

    def or_else(self, other: _Known, is_mine: Flags) -> _Known:
        x, excess = (np.where(is_mine, a, b) for a, b in zip(self, other, strict=True))
        return _Known(x, excess)


class Inverse:
    """The inverse of a function that is known by its tails.

    Parameters
    ----------
    tails : callable
        Chances at values (n,), which never turn back.
    places : float64 array (place,)
        Finite values among which the answers lie, in any order; the more there are, the fewer
        steps are needed.
    jumps : iterable of float
        Places with a chance of their own, as far as they are known: they are met exactly.
    """

    def __init__(self, tails: Tails, places: FloatArray, jumps: Iterable[float] = ()) -> None:
        self._tails = tails
        single = np.array(list(jumps), dtype=np.float64)
        every = np.concatenate([places, single, np.nextafter(single, -np.inf)])
        self._places = np.unique(every)
        below, above = tails(self._places)
        # rounding may turn them back by some ulps
        self._below, self._above = np.maximum.accumulate(below), np.minimum.accumulate(above)
        self._scores = _score(self._below, self._above)

    def __call__(self, u: FloatArray, complement: FloatArray) -> FloatArray:
        """Return the smallest values whose chance of at most them reaches `u`.

        Parameters
        ----------
        u, complement : float64 array (n,)
            Chances of at most the answer and of more, both to full precision.

        Returns
        -------
        float64 array (n,)
            Within a relative 2**-45, jumps exactly; the first place where all reach `u`, the last
            where none does.
        """
        upper = np.where(
            u <= complement,
            np.searchsorted(self._below, u),
            np.searchsorted(-self._above, -complement),
        )
        last = self._places.size - 1
        answers = self._places[np.minimum(upper, last)]
        inside = np.flatnonzero((upper > 0) & (upper <= last))
        answers[inside] = self._narrowed(upper[inside], u[inside], complement[inside])
        return answers

    def _narrowed(
        self, upper: NDArray[np.int64], u: FloatArray, complement: FloatArray
    ) -> FloatArray:
        """Return the answers between each place in `upper` and the one before it."""
        answers, at = self._places[upper], np.arange(upper.size)
        wanted = _score(u, complement)
        bracket = self._bracket(upper, wanted)
        for step in count():
            is_open = bracket.is_open
            answers[at[~is_open]] = bracket.upper[~is_open]
            if not is_open.any():
                break
            at, bracket = at[is_open], bracket.only(is_open)
            x = bracket.next_place(step < _MOST_STEPS)
            below, above = self._tails(x)
            is_reached = _reached(below, above, u[at], complement[at])
            bracket = bracket.cut(_Known(x, _score(below, above) - wanted[at]), is_reached)
        return answers

    def _bracket(self, upper: NDArray[np.int64], wanted: FloatArray) -> _Bracket:
        """Return the brackets below given places, with the places before them."""
        newest, other, given_up = (
            _Known(self._places[place], self._scores[place] - wanted)
            for place in (upper - 1, upper, np.maximum(upper - 2, 0))
        )
        return _Bracket(newest, other, given_up, np.zeros(upper.size, np.bool_))


@dataclass(frozen=True)
class _Bracket:
    """The newest value near each answer, the other end of its bracket, and the one given up last.

    Parameters
    ----------
    newest, other, given_up : _Known
    is_upper : bool array (n,)
        Whether the newest is the upper end.
    """

    newest: _Known
    other: _Known
    given_up: _Known
    is_upper: Flags

    @property
    def lower(self) -> FloatArray:
        """Lower ends."""
        return np.minimum(self.newest.x, self.other.x)

    @property
    def upper(self) -> FloatArray:
        """Upper ends, which reach the chance."""
        return np.maximum(self.newest.x, self.other.x)

    @property
    def _least(self) -> FloatArray:
        """Smallest step that is taken."""
        size = np.maximum(np.abs(self.lower), np.abs(self.upper))
        return np.asarray(np.maximum(0.5 * _CLOSE * size, np.finfo(float).tiny))

    @property
    def is_open(self) -> Flags:
        """Whether a bracket is still too wide."""
        return self.upper - self.lower > 2.0 * self._least

    def next_place(self, interpolating: bool) -> FloatArray:
        """Return where to look next, inside the brackets."""
        lower, upper = self.lower, self.upper
        middle = _between(lower, upper)
        if not interpolating:
            return middle
        with np.errstate(all="ignore"):
            share, is_safe = self._interpolated()
            x = self.newest.x + share * (self.other.x - self.newest.x)
        inside = np.clip(x, lower + self._least, upper - self._least)
        return np.where(is_safe & np.isfinite(x), inside, middle)

    def _interpolated(self) -> tuple[FloatArray, Flags]:
        """Return the part of the way to the other end, and whether it can be trusted."""
        (x1, f1), (x2, f2), (x3, f3) = self.newest, self.other, self.given_up
        place, height = (x1 - x2) / (x3 - x2), (f1 - f2) / (f3 - f2)
        is_safe = (height * height < place) & ((1.0 - height) ** 2 < 1.0 - place)
        is_safe &= np.abs(f1 - f2) > _TOLD_APART
        way = f1 / (f2 - f1) * f3 / (f2 - f3)
        turn = (x3 - x1) / (x2 - x1) * f1 / (f3 - f1) * f2 / (f3 - f2)
        return way + turn, is_safe

    def only(self, kept: Flags) -> _Bracket:
        """Return some of the brackets."""
        newest, other = self.newest.only(kept), self.other.only(kept)
        return _Bracket(newest, other, self.given_up.only(kept), self.is_upper[kept])

    def cut(self, at: _Known, is_reached: Flags) -> _Bracket:
        """Return the brackets cut at values inside them."""
        same = is_reached == self.is_upper  # on the side of the newest, whose place it takes
        other = self.other.or_else(self.newest, same)
        given_up = self.newest.or_else(self.other, same)
        return _Bracket(at, other, given_up, is_reached)


def _reached(below: FloatArray, above: FloatArray, u: FloatArray, complement: FloatArray) -> Flags:
    """Return whether chances reach `u`, held against the smaller of it and its complement."""
    return np.asarray(np.where(u <= complement, below >= u, above <= complement))


def _score(below: FloatArray, above: FloatArray) -> FloatArray:
    """Return the normal scores of chances, from the smaller of the two."""
    is_low = below <= above
    size = normal_quantile(np.where(is_low, below, above))
    return np.where(is_low, size, -size)


def _between(low: FloatArray, high: FloatArray) -> FloatArray:
    """Return 0 between signs, else the middle, by ratio where the magnitudes differ much."""
    is_below_zero = high <= 0.0
    small = np.maximum(np.where(is_below_zero, -high, low), np.finfo(float).tiny)
    large = np.where(is_below_zero, -low, high)
    by_ratio = np.sqrt(small) * np.sqrt(np.maximum(large, small))
    signed = np.where(is_below_zero, -by_ratio, by_ratio)
    middle = np.where(large > 4.0 * small, signed, low + 0.5 * (high - low))
    return np.where((low < 0.0) & (high > 0.0), 0.0, middle)
