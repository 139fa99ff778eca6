"""Philox4x32-10 against the known answers of Random123 (kat_vectors)."""

from __future__ import annotations

import numpy as np
import pytest

from climrisk.engine.philox import philox4x32

Four = tuple[int, int, int, int]
KNOWN: dict[str, tuple[Four, tuple[int, int], Four]] = {
    "zeros": (
        (0, 0, 0, 0),
        (0, 0),
        (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8),
    ),
    "ones": (
        (0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF),
        (0xFFFFFFFF, 0xFFFFFFFF),
        (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD),
    ),
    "digits of pi": (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
}


def words(*values: int) -> tuple[np.ndarray, ...]:
    return tuple(np.array([value], dtype=np.uint64) for value in values)


@pytest.mark.parametrize("name", KNOWN)
def test_known_answers(name: str) -> None:
    counter, key, answer = KNOWN[name]
    found = philox4x32(words(*counter), key)  # type: ignore[arg-type]
    assert tuple(int(word[0]) for word in found) == answer


def test_counters_are_broadcast_and_independent_of_their_neighbours() -> None:
    counter, key, answer = KNOWN["digits of pi"]
    first = np.array([[7], [counter[0]]], dtype=np.uint64)
    last = np.array([1, 2, counter[3]], dtype=np.uint64)
    middle = (np.uint64(counter[1]), np.uint64(counter[2]))
    found = philox4x32((first, *middle, last), key)  # type: ignore[arg-type]
    assert [word.shape for word in found] == [(2, 3)] * 4
    assert tuple(int(word[1, 2]) for word in found) == answer
    assert all(word.max() < 2**32 for word in found)
