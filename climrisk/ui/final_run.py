"""A final run in the background, with progress and a way to stop it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import xarray as xr

from climrisk.analysis import analyse
from climrisk.domain.study import Study
from climrisk.errors import ClimriskError

__all__ = ["FinalRun"]


class _StoppedError(Exception):
    """Somebody stopped the run."""


@dataclass
class FinalRun:
    """One run of a study in a thread of its own.

    Attributes
    ----------
    study : Study
    draws : int
    share : float
        How much is done, from 0 to 1.
    results : Dataset or None
        What came out, once it is done.
    fault : str or None
        Why it came to nothing.
    """

    study: Study
    draws: int
    share: float = 0.0
    results: xr.Dataset | None = None
    fault: str | None = None
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ask the run to stop; it does so after the block that it is at."""
        self._stop.set()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until it is over, or for so many seconds."""
        if self._thread is not None:
            self._thread.join(seconds)

    @property
    def running(self) -> bool:
        """Whether it is still at work."""
        return self._thread is not None and self._thread.is_alive()

    def _run(self) -> None:
        try:
            self.results = analyse(self.study, draws=self.draws, progress=self._progress)
        except _StoppedError:
            self.fault = None
        except ClimriskError as error:
            self.fault = str(error)

    def _progress(self, done: int, total: int) -> None:
        self.share = done / total
        if self._stop.is_set():
            raise _StoppedError
