"""Memory of blocks is used again when nothing of a block is left, and never before."""

from __future__ import annotations

import threading

import numpy as np

from climrisk.engine.fused_memory import block_memory


def address(rows: int, draws: int) -> int:
    return int(block_memory(rows, draws).ctypes.data)


def test_memory_that_nobody_reads_is_used_again() -> None:
    assert address(30, 40) == address(30, 40)
    assert block_memory(10, 100).shape == (10, 100)


def test_a_view_of_a_result_keeps_its_memory() -> None:
    first = block_memory(31, 40)
    first[:] = 7.0
    kept = first[3:5].reshape(2, 2, 20)[1]
    del first
    others = [block_memory(31, 40) for _ in range(4)]
    for one in others:
        assert not np.shares_memory(one, kept)
        one[:] = 0.0
    assert (kept == 7.0).all()
    pairs = [(a, b) for place, a in enumerate(others) for b in others[:place]]
    assert not any(np.shares_memory(a, b) for a, b in pairs)


def test_a_thread_has_memory_of_its_own() -> None:
    before, found = address(32, 40), []
    other = threading.Thread(target=lambda: found.append(block_memory(32, 40)))
    other.start()
    other.join()
    assert not np.shares_memory(found[0], block_memory(32, 40))
    assert address(32, 40) == before
