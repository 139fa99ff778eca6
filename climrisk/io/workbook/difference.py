"""What would change in a study's files: added, removed and changed places, old and new."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

from climrisk.io.tree import Path, field_name
from climrisk.io.wording import escaped
from climrisk.io.workbook.flow import flow_text

__all__ = ["Change", "aligned", "differences", "is_list_of_mappings"]

_SHOWN: Final = 160


@dataclass(frozen=True)
class Change:
    """One place that would change.

    Parameters
    ----------
    file : str
        File of the study.
    path : path
        The place; positions in a list are those of the new list, or of the old one where the
        entry is removed.
    old, new : Any
        Plain data before and after; None where there is none.
    """

    file: str
    path: Path
    old: Any
    new: Any

    def __str__(self) -> str:
        place = ": ".join(filter(None, (self.file, self._field)))
        if self.old is None:
            return f"+ {place}: {_shown(self.new)}"
        if self.new is None:
            return f"- {place}: {_shown(self.old)}"
        return f"~ {place}: {_shown(self.old)} -> {_shown(self.new)}"

    @property
    def _field(self) -> str:
        """The place as a user reads it; rows of a table are counted from 1, below its head."""
        rows = [f"row {key + 1}" for key in self.path[:1] if isinstance(key, int)]
        return " ".join(filter(None, (*rows, field_name(self.path, lambda _: True))))


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return every difference between two studies, file by file.

    Parameters
    ----------
    old, new : mapping of str to Any
        Plain data in canonical form, or text, by file.
    """
    files = dict.fromkeys((*old, *new))
    return tuple(
        change
        for name in files
        for change in _changes(name, (), _or_empty(old, new, name), _or_empty(new, old, name))
    )


def _or_empty(files: Mapping[str, Any], others: Mapping[str, Any], name: str) -> Any:
    """Return the content of a file, empty where it is missing and the other one has a structure."""
    other = others.get(name)
    return files.get(name, None if other is None or isinstance(other, str) else type(other)())


def _changes(file: str, path: Path, old: Any, new: Any) -> Iterator[Change]:
    if old == new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys((*old, *new)):
            yield from _changes(file, (*path, key), old.get(key), new.get(key))
    elif is_list_of_mappings(old) and is_list_of_mappings(new):
        for before, after in aligned(old, new):
            place = (*path, (before or 0) if after is None else after)
            one = None if before is None else old[before]
            other = None if after is None else new[after]
            yield from _changes(file, place, one, other)
    else:
        yield Change(file, path, old, new)


def is_list_of_mappings(value: Any) -> bool:
    """Say whether a value is a list whose entries are compared one by one."""
    return isinstance(value, list) and all(isinstance(one, Mapping) for one in value)


def aligned(old: Sequence[Any], new: Sequence[Any]) -> tuple[tuple[int | None, int | None], ...]:
    """Pair the entries of two lists: equal ones first, then those at the same place between them.

    Parameters
    ----------
    old, new : sequence
        Entries before and after.

    Returns
    -------
    tuple of (int or None, int or None)
        Positions in the old and the new list, in order; None where there is no partner.
    """
    texts = [[json.dumps(one, sort_keys=True) for one in entries] for entries in (old, new)]
    pairs: list[tuple[int | None, int | None]] = []
    matcher = SequenceMatcher(None, texts[0], texts[1], autojunk=False)
    for _, first, last, start, end in matcher.get_opcodes():
        shared = min(last - first, end - start)
        pairs += [(first + step, start + step) for step in range(shared)]
        pairs += [(position, None) for position in range(first + shared, last)]
        pairs += [(None, position) for position in range(start + shared, end)]
    return tuple(pairs)


def _shown(value: Any) -> str:
    text = repr(value) if isinstance(value, str) else flow_text(value)
    short = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
    return escaped(short)
