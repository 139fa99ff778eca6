"""Results by what they rest on, kept for every session; the oldest go first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Final

import xarray as xr

from climrisk.analysis import analyse
from climrisk.analysis.incremental import INTERACTIVE, Incremental
from climrisk.analysis.outputs import DIFFERENCES, INPUTS, MEASURES, wanted
from climrisk.analysis.workers import thread_count
from climrisk.domain.study import Study
from climrisk.io.run_folder import input_hash
from climrisk.ui.ahead import Ahead, Progress

__all__ = ["Results"]

KEPT: Final = 24
EDITED: Final = 2
"""Studies whose edits are simulated alone: every draw of them is kept."""
HASHED: Final = 64
"""Studies whose hash is remembered: a page asks for that of the same study several times."""
EVERY_PAGE: Final = frozenset({DIFFERENCES, INPUTS, MEASURES})
"""What the pages of the study ask for."""
PAUSE: Final = 1.0
"""Seconds after an edit in which another one often follows."""
Key = tuple[str, int, frozenset[str]]


class _Edits:
    """Results of one study while its items are edited, one caller at a time."""

    def __init__(self, draws: int) -> None:
        self._results, self.lock = Incremental(draws), threading.Lock()

    def of(self, study: Study, progress: Progress | None) -> xr.Dataset:
        """Return the results of a study; the lock must be held."""
        return self._results.of(study, progress)


@dataclass
class Results:
    """Analysed studies, at most `KEPT`; safe to share between threads."""

    _edits: OrderedDict[tuple[str, int], _Edits] = field(default_factory=OrderedDict)
    _held: OrderedDict[Key, xr.Dataset] = field(default_factory=OrderedDict)
    _hashes: OrderedDict[int, tuple[Study, str]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _ahead: Ahead = field(default_factory=Ahead)

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
        inputs, asked = self.hash_of(study), wanted(outputs)
        found = self._found(inputs, draws, asked)
        if found is None:
            self._ahead.wait(lambda key: _covers(key, inputs, draws, asked), progress)
            found = self._found(inputs, draws, asked)
        if found is not None:
            return found
        if asked <= INTERACTIVE:
            return self._edited(study, draws, progress)
        return self._whole(study, draws, outputs, progress)

    def begin(self, study: Study, draws: int, then: Callable[[xr.Dataset], object]) -> None:
        """Simulate what an edit would redraw, behind the page on which it is not applied yet.

        `then` is given the results.
        """
        key = self.hash_of(study), draws, INTERACTIVE
        if self._found(*key) is None:
            self._ahead.wish(key, lambda told: then(self._edited(study, draws, told)))

    def complete(self, study: Study, draws: int) -> None:
        """Simulate what all pages need of a study that one page shows, while nobody waits for it.

        One processor is left to the pages. Another wish or a page that asks goes before.
        """
        inputs, asked = self.hash_of(study), wanted(EVERY_PAGE)
        shown = self._found(inputs, draws, INTERACTIVE) is not None
        if shown and self._ahead.is_idle and self._found(inputs, draws, asked) is None:
            few = max(thread_count(None) - 1, 1)
            self._ahead.wish(
                (inputs, draws, asked),
                lambda told: self._whole(study, draws, EVERY_PAGE, told, few),
                PAUSE,
            )

    def _edited(self, study: Study, draws: int, progress: Progress | None) -> xr.Dataset:
        edits, inputs = self._editing(study, draws), self.hash_of(study)
        with edits.lock:
            found = self._found(inputs, draws, INTERACTIVE)  # whoever had the lock may have made it
            if found is None:
                found = edits.of(study, progress)
                self.keep(study, draws, INTERACTIVE, found)
        return found

    def _whole(
        self,
        study: Study,
        draws: int,
        outputs: frozenset[str],
        progress: Progress | None,
        threads: int | None = None,
    ) -> xr.Dataset:
        found = analyse(study, draws=draws, outputs=outputs, progress=progress, threads=threads)
        self.keep(study, draws, wanted(outputs), found)
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
        inputs = self.hash_of(study)
        with self._lock:
            self._held[inputs, draws, wanted(outputs)] = results
            while len(self._held) > KEPT:
                self._held.popitem(last=False)

    def hash_of(self, study: Study) -> str:
        """Return the input hash of a study; that of the same object is worked out once."""
        with self._lock:
            known = self._hashes.get(id(study))
        inputs = input_hash(study) if known is None else known[1]
        with self._lock:
            self._hashes[id(study)] = study, inputs  # held, so that no other takes its number
            self._hashes.move_to_end(id(study))
            while len(self._hashes) > HASHED:
                self._hashes.popitem(last=False)
        return inputs

    def _found(self, inputs: str, draws: int, outputs: frozenset[str]) -> xr.Dataset | None:
        with self._lock:
            for key in list(self._held):
                if key[:2] == (inputs, draws) and outputs <= key[2]:
                    self._held.move_to_end(key)
                    return self._held[key]
        return None


def _covers(key: Hashable, inputs: str, draws: int, outputs: frozenset[str]) -> bool:
    """Return whether the work of a key comes to some results."""
    return isinstance(key, tuple) and key[:2] == (inputs, draws) and outputs <= key[2]
