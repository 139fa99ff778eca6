"""How often a single event's loss is passed: exceedance by frequency, not by probability."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from climrisk.metrics.blocks import Floats, Integers
from climrisk.metrics.counting import compiled_counting
from climrisk.metrics.distribution import Distribution
from climrisk.metrics.exceedance import ExceedanceCurve, enough_beyond, return_levels
from climrisk.metrics.histogram import Histogram
from climrisk.metrics.tail import exceedance_probability
from climrisk.names import RETURN_PERIODS

__all__ = ["EventFrequency"]


class EventFrequency:
    """Events of one year by size, in memory that does not grow with the draws.

    The expected number of events a year with a loss above x is their number over the draws. Events
    of one draw belong together, so the error of that number needs the squares of each draw's
    count M above x: M^2 is the sum of 2 k - 1 over the k-th largest events of the draw, and a
    histogram with these weights holds the squares for every x at once.

    Parameters
    ----------
    bins_per_octave : int, optional
        A power of two; losses are within its reciprocal, relative.
    """

    def __init__(self, bins_per_octave: int = 256) -> None:
        self._draws = 0
        self._counts = Histogram((2,), bins_per_octave)  # of events, and of the squares' parts

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        return self._counts.nbytes

    def add(self, draws: int, draw: Integers, loss: Floats, count: Floats) -> None:
        """Add the year's events of a block of draws.

        Parameters
        ----------
        draws : int
            Draws of the block, those without an event included.
        draw : ndarray
            Position of the event's draw in the block, (event,).
        loss : ndarray
            At least 0, (event,).
        count : ndarray
            How many events of that draw are of this size, (event,).

        Raises
        ------
        SeriesOverflowError
            If a loss is not finite or too large.
        """
        counting = compiled_counting()
        if counting is not None:
            number = count.astype(np.int64)
            squares = counting.event_squares(draws, draw, loss, number)
            self._counts.add(_twice(-loss), np.stack([number, squares]))
        else:
            self._add(draw, loss, count)
        self._draws += draws

    def _add(self, draw: Integers, loss: Floats, count: Floats) -> None:
        order = np.lexsort((-loss, draw))
        draw, loss, count = draw[order], loss[order], count[order]
        running = np.cumsum(count)
        of_draw = np.searchsorted(draw, draw)  # the draw's first event
        through = running - (running[of_draw] - count[of_draw])
        squares = through**2 - (through - count) ** 2
        self._counts.add(_twice(-loss), np.stack([count, squares]))

    def merge(self, other: EventFrequency) -> None:
        """Add the events of other draws of the same year.

        Parameters
        ----------
        other : EventFrequency
            With the same bins.
        """
        self._counts.merge(other._counts)
        self._draws += other._draws

    def curve(self, return_periods: Sequence[float] = RETURN_PERIODS) -> ExceedanceCurve:
        """Return the loss that an event passes once in so many years, on average.

        Parameters
        ----------
        return_periods : sequence of float, optional
            Years, above 1.

        Returns
        -------
        ExceedanceCurve
            (return_period,); NaN where fewer than 10 events are expected beyond.

        Raises
        ------
        ValueError
            If a return period is not above 1.
        """
        periods, _ = return_levels(return_periods)
        beyond = self._draws / periods
        events = self._counts.distribution(slice(0, 1))
        loss = _passed_by(events, beyond)
        reach = self._reach(loss, beyond)
        low, high = np.maximum(beyond - reach, 0.0), beyond + reach
        spread = _passed_by(events, low) - _passed_by(events, high)
        enough = enough_beyond(self._draws, periods)
        with np.errstate(invalid="ignore", divide="ignore"):
            error = np.where(spread > 0.0, spread * reach / (high - low), 0.0)
        return ExceedanceCurve(
            periods, np.where(enough, loss, np.nan), np.where(enough, error, np.nan)
        )

    def _reach(self, loss: Floats, beyond: Floats) -> Floats:
        """Return the standard error of the number of events above each loss."""
        squares = self._counts.distribution(slice(1, 2))
        total = float(squares.totals[0])
        shares = np.array([exceedance_probability(squares, np.array([one]))[0] for one in loss])
        summed = np.nan_to_num(shares * total)  # without any event there is no share
        return np.sqrt(np.maximum(summed - beyond**2 / max(self._draws, 1), 0.0))


def _twice(amounts: Floats) -> Floats:
    """Return the same amounts for both series, (2, event)."""
    return np.broadcast_to(amounts, (2, len(amounts)))


def _passed_by(events: Distribution, number: Floats) -> Floats:
    """Return the smallest loss that at most so many events pass, (number,); 0 past the last."""
    at = events.at_rank(number[np.newaxis], np.floor(number)[np.newaxis] + 1)[0]
    return np.where(number < events.totals[0], 0.0 - at, 0.0)
