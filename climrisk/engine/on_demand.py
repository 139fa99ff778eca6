"""Arrays by key that are made when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

__all__ = ["OnDemand"]

Floats = NDArray[np.float64]
Key = TypeVar("Key")


class OnDemand(Mapping[Key, Floats]):
    """A mapping whose arrays are made once each, and only those that somebody reads.

    Parameters
    ----------
    make : callable
        From a key to its array (..., draw); a pure function.
    keys : collection
        All keys, in their order.
    """

    def __init__(self, make: Callable[[Key], Floats], keys: Collection[Key]) -> None:
        self._make: Final = make
        self._keys: Final = keys
        self._made: Final[dict[Key, Floats]] = {}

    def __getitem__(self, key: Key) -> Floats:
        """Return the array of a key.

        Raises
        ------
        KeyError
            If there is no such key.
        """
        if key not in self._made:
            if key not in self._keys:
                raise KeyError(key)
            self._made[key] = self._make(key)
        return self._made[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def part(self, span: slice) -> OnDemand[Key]:
        """Return the same for the draws at some places, without copies."""
        return OnDemand(lambda key: self[key][..., span], self._keys)
