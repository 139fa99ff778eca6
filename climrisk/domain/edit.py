"""A change of one place in a study's file, as plain data that can be kept and undone."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Edit", "Key", "Path", "overlap", "value_at", "with_edits"]

Key = str | int
Path = tuple[Key, ...]
"""Keys and list positions, from 0, that lead from the top of the file to a value."""


@dataclass(frozen=True)
class Edit:
    """What one place becomes.

    Parameters
    ----------
    path : path
        The place. Mappings on the way to it are made where they are missing.
    new : Any
        Plain data; None removes the entry.
    """

    path: Path
    new: Any


def value_at(data: Any, path: Path) -> Any:
    """Return the value at `path`, None where there is none."""
    for key in path:
        if isinstance(data, Mapping):
            data = data.get(key)
        elif isinstance(data, list) and isinstance(key, int) and 0 <= key < len(data):
            data = data[key]
        else:
            return None
    return data


def with_edits(data: Any, edits: Iterable[Edit]) -> Any:
    """Return a copy of `data` with the edits carried out in order.

    Raises
    ------
    KeyError
        A list on the way has no such position, or a plain value stands in the way.
    """
    changed = copy.deepcopy(data) if data is not None else {}
    for edit in edits:
        _carry_out(changed, edit)
    return changed


def _carry_out(data: Any, edit: Edit) -> None:
    above: tuple[Any, ...] = edit.path[:-1]
    last: Any = edit.path[-1]
    for key in above:
        if isinstance(data, dict):
            data = data.setdefault(key, {})
        elif isinstance(data, list) and isinstance(key, int) and 0 <= key < len(data):
            data = data[key]
        else:
            raise KeyError(f"no place {'.'.join(map(str, edit.path))}")
    if not isinstance(data, dict) and not (isinstance(data, list) and last in range(len(data))):
        raise KeyError(f"no place {'.'.join(map(str, edit.path))}")
    if edit.new is not None:
        data[last] = copy.deepcopy(edit.new)
    elif isinstance(data, list) or last in data:
        del data[last]


def overlap(one: Path, other: Path) -> bool:
    """Say whether one place is the other, or lies inside it."""
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]
