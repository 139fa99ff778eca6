"""Ctrl-C, heeded even where a library swallows it while it is being imported."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

__all__ = ["heeding_ctrl_c", "stop_if_interrupted"]

_PRESSED: Final = threading.Event()


@contextmanager
def heeding_ctrl_c() -> Iterator[None]:
    """Remember a Ctrl-C within the block, besides raising it where it falls."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may listen to signals
        return
    _PRESSED.clear()
    before = signal.signal(signal.SIGINT, _press)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def stop_if_interrupted() -> None:
    """Raise the Ctrl-C that was swallowed elsewhere; long work calls this as it goes.

    Raises
    ------
    KeyboardInterrupt
        If Ctrl-C was pressed since `heeding_ctrl_c` began.
    """
    if _PRESSED.is_set():
        raise KeyboardInterrupt


def _press(number: int, frame: FrameType | None) -> None:
    _PRESSED.set()
    raise KeyboardInterrupt
