"""Random numbers by address: (draw, stream, year, event), never by order of use.

A stream belongs to one entity and one purpose, so that editing, adding or removing an item leaves
the numbers of every other item as they were, and so that scenarios and controls share them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from climrisk.portable.arrays import Draws, uniform_each, uniform_grid

__all__ = ["EVENTS_PER_YEAR", "Stream", "events", "per_draw", "stream", "yearly"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

EVENTS_PER_YEAR: Final = 1 << 20
"""Events that one year of one stream can address."""


@dataclass(frozen=True)
class Stream:
    """Key and name of one stream: seed and hash of entity, id and purpose, 64 bits each."""

    seed: int
    name: int


def stream(seed: int, entity: str, identity: str, purpose: str) -> Stream:
    """Return the stream of one entity and purpose.

    Parameters
    ----------
    seed : int
        Seed of the run, from 0 to 2**64 - 1.
    entity : str
        Kind of owner, such as `item` or `measure`.
    identity : str
        Id of the owner.
    purpose : str
        What the numbers are for, such as `occurrence`.
    """
    return Stream(seed, _name(entity, identity, purpose))


@lru_cache(maxsize=10_000)  # asked for again in every block of draws
def _name(*words: str) -> int:
    digest = hashlib.blake2b("\x1f".join(words).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def per_draw(of: Stream, draws: Draws) -> Floats:
    """Return one uniform in (0, 1) for each draw, shape (draw,)."""
    return np.asarray(uniform_grid(draws, np.zeros(1, dtype=np.int64), of.name, of.seed)[0])


def yearly(of: Stream, draws: Draws, years: tuple[int, ...]) -> Floats:
    """Return one uniform in (0, 1) for each calendar year and draw, shape (year, draw)."""
    return uniform_grid(draws, np.asarray(years, dtype=np.int64), of.name, of.seed)


def events(of: Stream, draws: Integers, years: Integers, numbers: Integers) -> Floats:
    """Return one uniform in (0, 1) for each event, addressed by draw, year and number in the year.

    Parameters
    ----------
    of : Stream
        The stream of the item's severities.
    draws, years, numbers : int64 arrays of one shape
        Draw, calendar year and the event's number in that year, from 0.

    Returns
    -------
    float64 array of the same shape
    """
    return uniform_each(draws, years * EVENTS_PER_YEAR + numbers, of.name, of.seed)
