"""Philox4x32-10 against the known answers of Random123 (kat_vectors)."""

from __future__ import annotations

import numpy as np
import pytest

from climrisk.portable import arrays
from climrisk.portable.philox import philox4x32, uniform

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
    found = philox4x32(*words(*counter), *words(*key))
    assert tuple(int(word[0]) for word in found) == answer


def test_counters_are_broadcast_and_independent_of_their_neighbours() -> None:
    counter, key, answer = KNOWN["digits of pi"]
    first = np.array([[7], [counter[0]]], dtype=np.uint64)
    last = np.array([1, 2, counter[3]], dtype=np.uint64)
    middle = (np.uint64(counter[1]), np.uint64(counter[2]))
    found = philox4x32(first, *middle, last, *words(*key))
    assert [word.shape for word in found] == [(2, 3)] * 4
    assert tuple(int(word[1, 2]) for word in found) == answer
    assert all(word.max() < 2**32 for word in found)


def test_compiled_and_numpy_words_and_uniforms_have_the_same_bits() -> None:
    name, seed = 0xFEDCBA9876543210, 2**64 - 1
    draws, years = range(2**32 - 46_000, 2**32), np.arange(2024, 2047)
    assert years.size * len(draws) >= arrays.MANY
    grid = arrays.uniform_grid(draws, years, name, seed)
    each = arrays.uniform_each(
        np.tile(np.arange(draws.start, draws.stop), years.size),
        np.repeat(years, len(draws)),
        name,
        seed,
    )
    numbers = np.arange(draws.start, draws.stop, dtype=np.uint64)
    formula = uniform(numbers, years.astype(np.uint64)[:, None], np.uint64(name), np.uint64(seed))
    np.testing.assert_array_equal(grid, formula)
    np.testing.assert_array_equal(each, formula.ravel())
    assert 0.0 < formula.min() < formula.max() < 1.0
