"""Writing so that a reader finds either the whole of a file or folder, or nothing of it."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from climrisk.errors import RunFolderError

__all__ = ["check_new_folder", "new_folder", "write_atomically"]


def write_atomically(path: Path, content: bytes | Callable[[BinaryIO], object]) -> None:
    """Write a file in full, or leave what was there before.

    The content goes to a hidden file in the same folder, reaches the disk, and then takes the
    name in one step.

    Parameters
    ----------
    path : Path
        File to write; replaced where it exists.
    content : bytes or callable
        The content, or what writes it to an open binary stream.

    Raises
    ------
    OSError
        The folder is missing or full, or may not be written. What `content` raises passes
        through, and nothing is left behind.
    """
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}.partial")
    try:
        with partial.open("xb") as stream:
            if isinstance(content, bytes):
                stream.write(content)
            else:
                content(stream)
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(path)
    except BaseException:  # Ctrl-C included
        partial.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """Build a folder out of sight and show it only when it is whole.

    Parameters
    ----------
    path : Path
        Folder to make; its parents are made where they are missing.

    Yields
    ------
    Path
        The hidden sibling `.<name>.partial` to write into. It takes the name `path` at the
        end, when all of its files have reached the disk, and is removed on any exception,
        Ctrl-C included.

    Raises
    ------
    RunFolderError
        The folder exists already or cannot be made, or another run is building it.
    """
    partial = path.with_name(f".{path.name}.partial")
    check_new_folder(path)
    _make(partial)
    try:
        yield partial
        _sync_files(partial)
        _refuse_existing(path)  # renaming would silently take the place of an empty folder
        _rename(partial, path)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    _sync_folder(path.parent)


def check_new_folder(path: Path) -> None:
    """Refuse a folder that could not be made, before any work is done for it.

    Parameters
    ----------
    path : Path
        Folder to make.

    Raises
    ------
    RunFolderError
        The folder exists already, or nothing can be made at the place where it should stand.
    """
    _refuse_existing(path)
    above = next(place for place in path.absolute().parents if os.path.lexists(place))
    if not above.is_dir():
        raise RunFolderError(f"{above} is a file; name a folder")
    if not os.access(above, os.W_OK | os.X_OK):
        raise RunFolderError(f"{above} cannot be written: permission denied")


def _refuse_existing(path: Path) -> None:
    if os.path.lexists(path):  # a dangling link counts as well
        raise RunFolderError(f"{path} exists already; name a folder that does not")


def _make(partial: Path) -> None:
    parent = partial.parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        partial.mkdir()
    except FileExistsError:
        raise RunFolderError(
            f"{partial} exists: another run is writing it, or was killed; "
            "delete it if no run is under way"
        ) from None
    except OSError as error:
        raise RunFolderError(f"{parent} cannot be written: {error.strerror}") from error


def _rename(partial: Path, path: Path) -> None:
    try:
        partial.rename(path)
    except OSError as error:
        raise RunFolderError(f"{path} cannot be written: {error.strerror}") from error


def _sync_files(folder: Path) -> None:
    """Let the content of all files reach the disk; at once, which is quicker than one by one."""
    for file in folder.rglob("*"):
        if file.is_file():
            with suppress(PermissionError), file.open("rb+") as stream:  # a copy may be read-only
                os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    """Make a new name in `folder` survive a power cut, where the system can."""
    with suppress(OSError):  # Windows and some network drives cannot open or sync folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
