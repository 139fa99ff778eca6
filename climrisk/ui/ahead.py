"""Work that begins before anybody asks for it: one piece at a time, in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, NamedTuple

__all__ = ["Ahead", "Progress", "Work"]

LOOK: Final = 0.05
"""Seconds between two looks at how far a piece of work is."""
Progress = Callable[[int, int], None]
Work = Callable[[Progress], object]


class _LetGoError(Exception):
    """Something else is wanted by now."""


class _Piece(NamedTuple):
    """A piece of work: by what it is known, what it does, and after how many seconds."""

    key: Hashable
    work: Work
    after: float


@dataclass
class Ahead:
    """The latest wish, and the thread that sees to it; the thread ends when nothing is left.

    What is underway lets go for another wish at its next word of progress. A fault of the work is
    told to whoever asks for it later: it comes up again when they work it out themselves.
    """

    _changed: threading.Condition = field(default_factory=threading.Condition)
    _wish: _Piece | None = None
    _underway: _Piece | None = None
    _done: tuple[int, int] = (0, 1)
    _is_pausing: bool = False
    _thread: threading.Thread | None = None

    @property
    def is_idle(self) -> bool:
        """Whether nothing is wished for or underway."""
        with self._changed:
            return self._thread is None

    def wish(self, key: Hashable, work: Work, after: float = 0.0) -> None:
        """Have a piece of work done in the place of every other one.

        Parameters
        ----------
        key : hashable
            By what it is known.
        work : callable
            Called with a listener to its progress, which raises where it is to let go.
        after : float
            Seconds [s] before it begins, in which another wish or `wait` ends it.
        """
        with self._changed:
            if any(one is not None and one.key == key for one in (self._wish, self._underway)):
                return
            self._wish = _Piece(key, work, after)
            self._changed.notify_all()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()

    def wait(self, covers: Callable[[Hashable], bool], progress: Progress | None) -> None:
        """Wait for a piece of work that is underway; what has not begun yet is forgotten.

        Parameters
        ----------
        covers : callable
            Whether the work of a key is waited for.
        progress : callable, optional
            Called with finished and total work; what it raises is raised.
        """
        while True:
            with self._changed:
                if self._wish is not None and covers(self._wish.key):
                    self._wish = None
                if self._underway is None or not covers(self._underway.key):
                    return
                if self._is_pausing:
                    self._is_pausing = False
                    self._changed.notify_all()
                self._changed.wait(LOOK)
                done = self._done
            if progress is not None:
                progress(*done)

    def _run(self) -> None:
        while (piece := self._taken()) is not None:
            if self._paused(piece.after):
                with suppress(Exception):
                    piece.work(self._told)
            with self._changed:
                self._underway = None
                self._changed.notify_all()

    def _taken(self) -> _Piece | None:
        with self._changed:
            self._wish, self._underway, self._done = None, self._wish, (0, 1)
            if self._underway is None:
                self._thread = None
            return self._underway

    def _paused(self, seconds: float) -> bool:
        """Let some time go by; return whether the work is wanted still."""
        with self._changed:
            self._is_pausing = seconds > 0
            self._changed.wait_for(lambda: self._wish or not self._is_pausing, seconds)
            left, self._is_pausing = self._is_pausing or not seconds, False
            return left and self._wish is None

    def _told(self, done: int, total: int) -> None:
        self._done = done, total
        if self._wish is not None:
            raise _LetGoError
