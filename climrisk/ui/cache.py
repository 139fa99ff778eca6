"""Results by what they rest on, kept for every session; the oldest go first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import xarray as xr

from climrisk.analysis import analyse
from climrisk.analysis.incremental import INTERACTIVE, Incremental
from climrisk.analysis.outputs import wanted
from climrisk.domain.study import Study
from climrisk.io.run_folder import input_hash

__all__ = ["Results"]

KEPT: Final = 24
EDITED: Final = 2
"""Studies whose edits are simulated alone: every draw of them is kept."""
Key = tuple[str, int, frozenset[str]]
Progress = Callable[[int, int], None]


class _Edits:
    """Results of one study while its items are edited, one caller at a time."""

    def __init__(self, draws: int) -> None:
        self._results, self._lock = Incremental(draws), threading.Lock()

    def of(self, study: Study, progress: Progress | None) -> xr.Dataset:
        with self._lock:
            return self._results.of(study, progress)


@dataclass
class Results:
    """Analysed studies, at most `KEPT`; safe to share between threads."""

    _edits: OrderedDict[tuple[str, int], _Edits] = field(default_factory=OrderedDict)
    _held: OrderedDict[Key, xr.Dataset] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was simulated yet, so that kernels may have to be compiled first."""
        return not self._held

    def of(
        self, study: Study, draws: int, outputs: frozenset[str], progress: Progress | None = None
    ) -> xr.Dataset:
        """Return the results of a study; simulates where they are not held.

        Results that hold more outputs than asked for do as well. They must not be changed. Where
        no more is asked for than an edit redraws, only what was edited is simulated.
        """
        inputs, asked = input_hash(study), wanted(outputs)
        found = self._found(inputs, draws, asked)
        if found is None and asked <= INTERACTIVE:
            found, asked = self._editing(study, draws).of(study, progress), INTERACTIVE
            self.keep(study, draws, asked, found)
        elif found is None:
            found = analyse(study, draws=draws, outputs=outputs, progress=progress)
            self.keep(study, draws, asked, found)
        return found

    def _editing(self, study: Study, draws: int) -> _Edits:
        """Return the results of a study's edits; those that were edited longest ago are left."""
        with self._lock:
            found = self._edits.setdefault((study.name, draws), _Edits(draws))
            self._edits.move_to_end((study.name, draws))
            while len(self._edits) > EDITED:
                self._edits.popitem(last=False)
            return found

    def keep(self, study: Study, draws: int, outputs: frozenset[str], results: xr.Dataset) -> None:
        """Hold results that were simulated elsewhere."""
        with self._lock:
            self._held[input_hash(study), draws, wanted(outputs)] = results
            while len(self._held) > KEPT:
                self._held.popitem(last=False)

    def _found(self, inputs: str, draws: int, outputs: frozenset[str]) -> xr.Dataset | None:
        with self._lock:
            for key in list(self._held):
                if key[:2] == (inputs, draws) and outputs <= key[2]:
                    self._held.move_to_end(key)
                    return self._held[key]
        return None
