"""Draws that wait to be counted together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.subject_rows import Yearly

__all__ = ["Waiting"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Waiting:
    """What draws come to in all runs, for the subjects of all channels.

    Parameters
    ----------
    by_horizon : float64 array (subject of all channels, horizon, draw)
        Sums over each horizon's years, one channel after the other [million].
    found : dict by channel and net of Yearly
        What its years come to; its sums are a part of `by_horizon`.
    values : float64 array (subject of net, draw)
        Net present values [million].
    """

    by_horizon: Floats
    found: Mapping[str, Yearly]
    values: Floats

    @property
    def room(self) -> int:
        """Draws that there is room for."""
        return int(self.by_horizon.shape[-1])

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        years = sum(one.worst.nbytes + one.headlines.nbytes for one in self.found.values())
        return self.by_horizon.nbytes + self.values.nbytes + years

    def first(self, draws: int) -> Waiting:
        """Return the first draws."""
        if draws == self.room:
            return self
        by_horizon, begin = np.ascontiguousarray(self.by_horizon[..., :draws]), 0
        found = {}
        for name, one in self.found.items():
            own = by_horizon[begin : begin + len(one.by_horizon)]
            found[name] = replace(one.first(draws), by_horizon=own)
            begin += len(own)
        return Waiting(by_horizon, found, np.ascontiguousarray(self.values[:, :draws]))
