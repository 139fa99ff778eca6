"""Effects of one run of a block: what every kernel gives and every tally counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["DenseEffects", "Effects", "EventLosses"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class EventLosses:
    """Losses on net from single occurrences in one year.

    Parameters
    ----------
    draw : int64 array (event,)
        Position of the draw in the block.
    loss : float64 array (event,)
        More than 0 [million].
    count : float64 array (event,)
        How many occurrences of that draw and year are of this size.
    """

    draw: NDArray[np.int64]
    loss: Floats
    count: Floats


class Effects(Protocol):
    """Effects in one scenario under one control, on the money grid."""

    @property
    def amounts(self) -> Floats:
        """Effects, (entity, channel and net, year, draw) [million].

        Entities are the plan's items, then `plan.overlap_row`, then `plan.measures_row`.
        """

    @property
    def net(self) -> Floats:
        """Effects on net alone, (entity, year, draw) [million]."""

    @property
    def largest_event(self) -> Floats:
        """Largest loss on net from one event of the annual risks, (year, draw) [million]."""

    @property
    def expected(self) -> Floats:
        """Expected net effect given what the draw believes, (item, horizon, draw) [million].

        Chance is averaged out; NaN where that has no closed form.
        """

    @property
    def events(self) -> tuple[EventLosses, ...]:
        """Single occurrences of the annual risks in the last year of each horizon."""


@dataclass(frozen=True)
class DenseEffects:
    """Effects whose arrays are all there; see `Effects`."""

    amounts: Floats
    largest_event: Floats
    expected: Floats
    events: tuple[EventLosses, ...]

    @property
    def net(self) -> Floats:
        """As in `Effects`."""
        return self.amounts[:, -1]
