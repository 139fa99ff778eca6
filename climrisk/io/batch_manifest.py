"""The manifest of a batch: one line a run, which counts once its line is on the disk."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

__all__ = ["Manifest", "read_manifest"]


def read_manifest(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a manifest in order; one that was cut off while it was written is not.

    Parameters
    ----------
    path : Path
        A file of JSON lines, or nothing yet.
    """
    return [record for record, _ in _records(path)]


def _records(path: Path) -> Iterator[tuple[dict[str, Any], int]]:
    """Yield each whole line and the place in the file where it ends [bytes]."""
    content = path.read_bytes() if path.exists() else b""
    end = 0
    for line in content.splitlines(keepends=True):
        try:
            record = json.loads(line)
        except ValueError:
            return
        if not line.endswith(b"\n") or not isinstance(record, dict):
            return
        end += len(line)
        yield record, end


class Manifest:
    """The manifest, open for further lines.

    Parameters
    ----------
    path : Path
        The file; made where it is missing. What was cut off at its end is removed.

    Raises
    ------
    OSError
        If it cannot be opened or written.
    """

    def __init__(self, path: Path) -> None:
        ends = [end for _, end in _records(path)]
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        self._end = ends[-1] if ends else 0
        os.ftruncate(self._handle, self._end)

    def add(self, record: Mapping[str, Any]) -> None:
        """Write a line to the disk, or leave the manifest as it was.

        Raises
        ------
        OSError
            If it cannot be written.
        """
        line = (json.dumps(record, ensure_ascii=False) + "\n").encode()
        try:
            written = os.pwrite(self._handle, line, self._end)
            if written < len(line):
                raise OSError(28, os.strerror(28))  # what a full disk says
            os.fsync(self._handle)
        except BaseException:
            os.ftruncate(self._handle, self._end)
            raise
        self._end += len(line)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._handle)
