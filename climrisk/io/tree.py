"""What was read from one file, and on which line each value stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from climrisk.errors import Fault
from climrisk.io.wording import escaped

__all__ = ["Key", "Path", "Tree", "child", "field_name"]

Key = str | int
Path = tuple[Key, ...]
"""Keys and list positions (from 0) that lead from the top of the file to a value."""


@dataclass(frozen=True)
class Tree:
    """Plain data of one file with the line of every key and list entry.

    Parameters
    ----------
    file : str
        File name as faults state it.
    data : Any
        Dicts, lists, texts, numbers, truth values and None; None where nothing could be read.
    lines : mapping of path to int
        Line, from 1, of each key or list entry.
    faults : tuple of Fault
        What was wrong with the file itself.
    doubtful : frozenset of path
        Places whose value was refused while reading; further faults at or below them would
        only repeat the first.
    complete : bool
        False where reading stopped early: `data` then says nothing about the rest.
    """

    file: str
    data: Any
    lines: Mapping[Path, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    doubtful: frozenset[Path] = frozenset()
    complete: bool = True

    def line(self, path: Path) -> int:
        """Return the line of `path`, or of its nearest known parent."""
        known = (path[:end] for end in range(len(path), 0, -1) if path[:end] in self.lines)
        return self.lines.get(next(known, ()), 1)

    def field(self, path: Path) -> str:
        """Write `path` as a user reads it; see `field_name`."""
        return field_name(path, lambda place: isinstance(self.node(place), list))

    def node(self, path: Path) -> Any:
        """Return the value at `path`, or None where there is none."""
        node = self.data
        for key in path:
            node = child(node, key)
        return node

    def is_doubtful(self, path: Path) -> bool:
        """Say whether the value at `path` was refused while reading."""
        return any(path[:end] in self.doubtful for end in range(len(path) + 1))

    def fault(self, path: Path, found: str, allowed: str = "") -> Fault:
        """Return a fault at `path`, with its line and field."""
        return Fault(self.file, self.line(path), self.field(path), found, allowed)


def field_name(path: Path, is_list: Callable[[Path], bool]) -> str:
    """Write a path as a user reads it: `links[1].driver` is the driver of the first link.

    Parameters
    ----------
    path : path
        Keys and list positions.
    is_list : callable
        Whether a list stands at a path. Entries of a list at the top are rows of a table,
        which the line number states, so they are left out.
    """
    text = ""
    for depth, key in enumerate(path):
        if isinstance(key, int) and is_list(path[:depth]):
            text += f"[{key + 1}]" if depth else ""
        else:
            text += f".{key}" if text else str(key)
    return escaped(text)


def child(node: Any, key: Key) -> Any:
    """Return the value under one key or list position, or None where there is none."""
    if isinstance(node, dict):
        return node.get(key)
    if isinstance(node, list) and isinstance(key, int) and 0 <= key < len(node):
        return node[key]
    return None
