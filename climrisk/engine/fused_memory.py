"""Memory of blocks that is used again: asking the system for it anew costs a tenth of a run.

Pages that the system hands out are zeroed first, and two threads that ask at once wait for each
other. Each thread therefore keeps what its last blocks stood in.
"""

from __future__ import annotations

import threading
import weakref
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["block_memory"]

Floats = NDArray[np.float64]
_KEPT: Final = 2
"""Buffers a thread keeps: whoever reads a block still holds it while the next is simulated."""


class _Lease:
    """Keeps a buffer from being lent again: every view of an array holds what the array is of."""

    def __init__(self, floats: Floats, rows: int, draws: int) -> None:
        self.floats = floats  # what is lent outlives the list of buffers
        self.__array_interface__ = floats[: rows * draws].reshape(rows, draws).__array_interface__


class _Buffer:
    """Memory that one block at a time stands in."""

    def __init__(self, size: int) -> None:
        self.floats: Floats = np.empty(size)
        self._lease: weakref.ref[_Lease] | None = None

    @property
    def is_free(self) -> bool:
        """Whether no array stands in it any longer."""
        return self._lease is None or self._lease() is None

    def lend(self, rows: int, draws: int) -> Floats:
        """Return its first numbers as an array (row, draw)."""
        lease = _Lease(self.floats, rows, draws)
        self._lease = weakref.ref(lease)
        return np.asarray(lease)


class _Buffers(threading.local):
    """Buffers of the thread that asks."""

    def __init__(self) -> None:
        self.kept: list[_Buffer] = []


_buffers = _Buffers()


def block_memory(rows: int, draws: int) -> Floats:
    """Return an array (row, draw) with nothing in particular in it.

    It stands in a buffer in which no array of an earlier block stands any longer.
    """
    size, kept = rows * draws, _buffers.kept
    for buffer in kept:
        if buffer.floats.size >= size and buffer.is_free:
            return buffer.lend(rows, draws)
    fresh = _Buffer(size)
    kept[:] = [*kept[1 - _KEPT :], fresh]
    return fresh.lend(rows, draws)
