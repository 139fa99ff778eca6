"""What a check found: a place in one of the study's files, what stands there, what may."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from dataclasses import dataclass

__all__ = ["Finding", "unknown"]

MAX_LISTED = 25


@dataclass(frozen=True)
class Finding:
    """One fault across declarations.

    Parameters
    ----------
    file : str
        `study.yaml`, `register.yaml`, or a scenario file.
    path : tuple of str or int
        Keys from the top of the file to the field.
    found : str
        What stands there.
    allowed : str
        What may stand there.
    """

    file: str
    path: tuple[str | int, ...]
    found: str
    allowed: str


def unknown(
    file: str, path: tuple[str | int, ...], kind: str, found: str, known: Collection[str]
) -> Finding:
    """Return the finding for an id that does not exist, with the nearest one that does."""
    near = difflib.get_close_matches(found, sorted(known), n=1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    names = sorted(known)
    rest = f" and {len(names) - MAX_LISTED} more" if len(names) > MAX_LISTED else ""
    listed = ", ".join(names[:MAX_LISTED]) or "none is declared"
    return Finding(file, path, f"unknown {kind} {found!r}", f"{hint}allowed: {listed}{rest}")
