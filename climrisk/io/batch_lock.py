"""One process at a time in the folder of a batch; who comes second is told so."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from climrisk.errors import RunFolderError

__all__ = ["held_alone"]


@contextmanager
def held_alone(folder: Path) -> Iterator[None]:
    """Hold a folder; the system frees it when the process ends, however it comes.

    Windows cannot lock folders: nothing is held there.

    Parameters
    ----------
    folder : Path
        A folder that exists.

    Raises
    ------
    RunFolderError
        If another process holds it, or it is no folder.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise RunFolderError(f"{folder}: {error.strerror}") from None
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RunFolderError(f"{folder}: another process is writing it") from None
        yield
    finally:
        os.close(handle)
