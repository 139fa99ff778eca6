"""Office files as bytes that depend on their content alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from climrisk.report.document import Stamp

__all__ = ["made_on", "settled"]

_FIRST: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can hold."""
_DAY: Final = re.compile(r"\b\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])\b")


def made_on(stamp: Stamp) -> datetime:
    """Return the day of the run, as its stamp prints it; a fixed day where it prints none."""
    found = _DAY.search(stamp.run)
    return datetime.fromisoformat(found[0]) if found else datetime(*_FIRST[:3])


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
