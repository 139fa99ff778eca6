"""One writer of a study's folder at a time, across threads and processes."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

__all__ = ["folder_lock"]

_IN_THIS_PROCESS: Final = threading.Lock()


@contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """Hold a folder against other writers that ask for it the same way.

    The folder itself is locked, so that no file is left behind, and the system frees it when a
    process ends however it comes. Windows cannot lock folders: there the lock holds within one
    process only, and the check before each write does the rest.

    Parameters
    ----------
    folder : Path
        A folder that exists.
    """
    with _IN_THIS_PROCESS:
        if sys.platform == "win32":
            yield
            return
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)
