"""Opening a workbook that somebody sent: size and kind are checked before anything is read."""

from __future__ import annotations

import warnings
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from climrisk.errors import Fault, InvalidStudyError, MissingExtraError

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

__all__ = ["open_workbook"]

_MOST_BYTES: Final = 20_000_000
_MOST_UNPACKED: Final = 200_000_000
"""A workbook is a packed folder; a small file may unpack to a huge one."""
_OLD_OR_LOCKED: Final = b"\xd0\xcf\x11\xe0"
"""How files of Excel 97-2003, and those with a password, begin."""
_CURE: Final = "allowed: a workbook saved as .xlsx, without a password"


def open_workbook(path: Path) -> Workbook:
    """Return the workbook, formulas unevaluated.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    InvalidStudyError
        If the file is missing, too large, or no readable XLSX workbook.
    MissingExtraError
        If openpyxl is not installed.
    """
    try:
        from openpyxl import load_workbook
    except ModuleNotFoundError as missing:
        raise MissingExtraError("reading a workbook", "excel") from missing
    content = _content(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on features that other programs added
        try:
            return load_workbook(BytesIO(content), keep_links=False)
        except Exception as error:  # a damaged file can make the library fail in any way
            raise _fault(path, "a damaged workbook", _CURE) from error


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > _MOST_BYTES:
            limit = f"allowed: up to {_MOST_BYTES / 1e6:.0f} MB"
            raise _fault(path, f"{size / 1e6:,.0f} MB", limit)
        content = path.read_bytes()
    except FileNotFoundError:
        raise _fault(path, "missing", "needed: a workbook") from None
    except OSError as error:
        raise _fault(path, f"cannot be read: {error.strerror}", _CURE) from None
    if content.startswith(_OLD_OR_LOCKED):
        raise _fault(path, "a workbook of Excel 97-2003, or one with a password", _CURE)
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
    except zipfile.BadZipFile:
        raise _fault(path, "no workbook", _CURE) from None
    if unpacked > _MOST_UNPACKED:
        raise _fault(
            path, f"{unpacked / 1e6:,.0f} MB when unpacked", "allowed: an ordinary workbook"
        )
    return content


def _fault(path: Path, found: str, allowed: str) -> InvalidStudyError:
    return InvalidStudyError([Fault(path.name, 0, "", found, allowed)])
