"""Memory of blocks that is used again: asking the system for it anew costs a tenth of a run.

Pages that the system hands out are zeroed first, and two threads that ask at once wait for each
other. Each thread therefore keeps what its last blocks stood in.
"""

from __future__ import annotations

import sys
import threading
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["block_memory"]

Floats = NDArray[np.float64]
_KEPT: Final = 2
"""Buffers a thread keeps: whoever reads a block still holds it while the next is simulated."""
_UNUSED: Final = 2  # references to a buffer without views: of the list, and of the question itself


class _Buffers(threading.local):
    """Buffers of the thread that asks, flat."""

    def __init__(self) -> None:
        self.kept: list[Floats] = []


_buffers = _Buffers()


def block_memory(rows: int, draws: int) -> Floats:
    """Return an array (row, draw) with nothing in particular in it.

    It is a view of a buffer that no earlier block's results stand in any longer: each view of them
    counts as a reference to the buffer.
    """
    size, kept = rows * draws, _buffers.kept
    for place in range(len(kept)):
        if kept[place].size >= size and sys.getrefcount(kept[place]) == _UNUSED:
            return kept[place][:size].reshape(rows, draws)
    buffer = np.empty(size)
    kept[:] = [*kept[1 - _KEPT :], buffer]
    return buffer.reshape(rows, draws)
