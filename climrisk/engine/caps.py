"""Exposure caps: in a draw and year, losses on one exposure cannot exceed it.

What is taken back is its own subject, `overlap`, so that the items stay as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.planned import PlannedImpact, net_part
from climrisk.names import CHANNELS

__all__ = ["Losses"]

Floats = NDArray[np.float64]
OnExposures = tuple[tuple[PlannedImpact, Floats], ...]


class Losses:
    """Losses on each exposure in one block, by channel and on net.

    Parameters
    ----------
    sizes : mapping of exposure to float64 array (year, draw)
        Values after growth [million].
    """

    def __init__(self, sizes: Mapping[str, Floats]) -> None:
        self._sizes = sizes
        self._by_item: dict[int, OnExposures] = {}

    def add(self, item: int, effects: Iterable[tuple[PlannedImpact, Floats]]) -> None:
        """Count the losses of one item, from its impacts and their effects (year, draw)."""
        self._by_item[item] = tuple(
            (impact, effect) for impact, effect in effects if impact.held_by_caps
        )

    def copy(self) -> Losses:
        """Return losses of which single items can be replaced by adding them again."""
        copied = Losses(self._sizes)
        copied._by_item = dict(self._by_item)
        return copied

    def overlap(self, shape: tuple[int, int]) -> Floats:
        """Return what the caps take back, (channel and net, year, draw), at least 0 [million]."""
        back = np.zeros((len(CHANNELS) + 1, *shape))
        for name, parts in sorted(self._by_exposure().items()):
            total = sum((np.maximum(-effect, 0.0) for _, effect in parts), np.zeros(shape))
            excess = total > self._sizes[name]
            if not excess.any():
                continue
            taken = np.zeros(shape)
            taken[excess] = 1.0 - self._sizes[name][excess] / total[excess]
            for impact, effect in parts:
                lost = taken * np.minimum(effect, 0.0)
                back[impact.channel] -= lost
                back[-1] -= net_part(impact, lost)
        return back

    def _by_exposure(self) -> dict[str, list[tuple[PlannedImpact, Floats]]]:
        found: dict[str, list[tuple[PlannedImpact, Floats]]] = {}
        for _, parts in sorted(self._by_item.items()):
            for impact, effect in parts:
                assert impact.subject_to is not None
                found.setdefault(impact.subject_to, []).append((impact, effect))
        return found
