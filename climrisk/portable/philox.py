"""Philox4x32-10, a counter-based random number generator, and uniforms by address.

Source: Salmon, Moraes, Dror and Shaw (2011), Parallel random numbers: as easy as 1, 2, 3,
SC'11, doi:10.1145/2063384.2063405; the tests hold the known answers of their Random123 library.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from climrisk.portable.bits import float_of, select

__all__ = ["philox4x32", "uniform"]

Floats = NDArray[np.float64]
Words = NDArray[np.uint64] | np.uint64

_M0: Final = np.uint64(0xD2511F53)
_M1: Final = np.uint64(0xCD9E8D57)
_W0: Final = np.uint64(0x9E3779B9)
_W1: Final = np.uint64(0xBB67AE85)
_LOW: Final = np.uint64(0xFFFFFFFF)
_32: Final = np.uint64(32)
_20: Final = np.uint64(20)
_12: Final = np.uint64(12)
_1: Final = np.uint64(1)
_ROUNDS: Final = 10
_TWO_52_BITS: Final = np.uint64(0x4330000000000000)
_TWO_52: Final = 2.0**52


def philox4x32(
    c0: Words, c1: Words, c2: Words, c3: Words, k0: Words, k1: Words
) -> tuple[Words, Words, Words, Words]:
    """Return four random words for each counter; every word is uint64 and below 2**32.

    Parameters
    ----------
    c0, c1, c2, c3 : uint64
        The four words of the counter; arrays are broadcast against one another.
    k0, k1 : uint64
        The two words of the key.
    """
    for _ in range(_ROUNDS):
        p0 = _M0 * c0
        p1 = _M1 * c2
        c0 = (p1 >> _32) ^ c1 ^ k0
        c2 = (p0 >> _32) ^ c3 ^ k1
        c1 = p1 & _LOW
        c3 = p0 & _LOW
        k0 = (k0 + _W0) & _LOW
        k1 = (k1 + _W1) & _LOW
    return c0, c1, c2, c3


def _unit(high: Words, low: Words) -> Floats:
    """Return 52 random bits and a half as a number inside (0, 1)."""
    bits = (high << _20) | (low >> _12)
    # 52 bits and a half fit in a float64, so that the largest uniform is not rounded up to 1
    value: Floats = ((float_of(bits | _TWO_52_BITS) - _TWO_52) + 0.5) * 2.0**-52
    return value


def uniform(draw: Words, index: Words, name: Words, seed: Words) -> Floats:
    """Return the uniform in (0, 1) at an address; two indices share one Philox counter.

    Parameters
    ----------
    draw, index : uint64
        Number of the draw and place in the stream, both below 2**32 and 2**33.
    name, seed : uint64
        Name of the stream and seed of the run.
    """
    words = philox4x32(draw, name & _LOW, name >> _32, index >> _1, seed & _LOW, seed >> _32)
    odd = (index & _1) == _1
    value: Floats = select(odd, _unit(words[2], words[3]), _unit(words[0], words[1]))
    return value
