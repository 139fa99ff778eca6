"""Pictures that were drawn already, by what they show; the oldest go first."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Final, TypeVar

import numpy as np
import pandas as pd

from climrisk.charts import ChartTable

__all__ = ["Pictures", "content_of"]

KEPT: Final = 64
Picture = TypeVar("Picture")


@dataclass
class Pictures:
    """Pictures, at most `KEPT`; safe to share between threads. Nobody may change them."""

    _held: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, key: Hashable, draw: Callable[[], Picture]) -> Picture:
        """Return the picture of a key; draws it where it is not held."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                known: Picture = self._held[key]
                return known
        drawn = draw()
        with self._lock:
            self._held[key] = drawn
            while len(self._held) > KEPT:
                self._held.popitem(last=False)
        return drawn


def content_of(chart: ChartTable) -> str:
    """Return a hash of everything that a picture of a chart table shows.

    The figures behind it are no part of the picture.
    """
    digest = hashlib.sha256()
    for part in _parts(chart):
        digest.update(part)
        digest.update(b"\0")
    return digest.hexdigest()


def _parts(node: object) -> Iterator[bytes]:
    if isinstance(node, pd.DataFrame):
        return
    if isinstance(node, np.ndarray):
        yield from (node.dtype.str.encode(), node.tobytes())
    elif is_dataclass(node):
        yield type(node).__name__.encode()
        for one in fields(node):
            yield from _parts(getattr(node, one.name))
    elif isinstance(node, tuple):
        yield str(len(node)).encode()
        for part in node:
            yield from _parts(part)
    else:
        yield repr(node).encode()
