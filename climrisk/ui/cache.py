"""Results by what they rest on, kept for every session; the oldest go first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import xarray as xr

from climrisk.analysis import analyse
from climrisk.domain.study import Study
from climrisk.io.run_folder import input_hash

__all__ = ["Results"]

KEPT: Final = 24
Key = tuple[str, int, frozenset[str]]
Progress = Callable[[int, int], None]


@dataclass
class Results:
    """Analysed studies, at most `KEPT`; safe to share between threads."""

    _held: OrderedDict[Key, xr.Dataset] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(
        self, study: Study, draws: int, outputs: frozenset[str], progress: Progress | None = None
    ) -> xr.Dataset:
        """Return the results of a study; simulates where they are not held.

        Results that hold more outputs than asked for do as well. They must not be changed.
        """
        inputs = input_hash(study)
        found = self._found(inputs, draws, outputs)
        if found is None:
            found = analyse(study, draws=draws, outputs=outputs, progress=progress)
            self.keep(study, draws, outputs, found)
        return found

    def keep(self, study: Study, draws: int, outputs: frozenset[str], results: xr.Dataset) -> None:
        """Hold results that were simulated elsewhere."""
        with self._lock:
            self._held[input_hash(study), draws, outputs] = results
            while len(self._held) > KEPT:
                self._held.popitem(last=False)

    def _found(self, inputs: str, draws: int, outputs: frozenset[str]) -> xr.Dataset | None:
        with self._lock:
            for key in list(self._held):
                if key[:2] == (inputs, draws) and outputs <= key[2]:
                    self._held.move_to_end(key)
                    return self._held[key]
        return None
