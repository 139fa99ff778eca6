"""Office files as bytes that depend on their content alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from io import BytesIO
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from climrisk.report.document import Stamp

__all__ = ["made_on", "settled"]

_FIRST: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can hold."""


def made_on(stamp: Stamp) -> datetime:
    """Return the day of the run; a fixed day where it is not known."""
    if stamp.made is None:
        return datetime(*_FIRST[:3])
    return datetime.combine(stamp.made, time())


def settled(save: Callable[[IO[bytes]], None]) -> bytes:
    """Return what `save` writes, its archive without the time of writing."""
    written, kept = BytesIO(), BytesIO()
    save(written)
    with ZipFile(written) as source, ZipFile(kept, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, _FIRST)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return kept.getvalue()
