"""Changing a file in place: what did not change keeps its words, order and comments."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml.comments import CommentedMap

from climrisk.io.workbook.comments import give_comment, pass_heading_on, take_comment
from climrisk.io.workbook.difference import aligned, is_list_of_mappings
from climrisk.io.workbook.texts import csv_row, loaded, styled, yaml_text

__all__ = ["patched_csv", "patched_yaml"]


def patched_yaml(text: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """Return the text with the difference between two contents carried out in it.

    Parameters
    ----------
    text : str
        The file as it stands.
    old, new : mapping
        Its content, and what it is to become, as plain data in canonical form.
    """
    document, layout = loaded(text)
    _patch_mapping(document, old, new)
    return yaml_text(document, layout)


def _patched(node: Any, old: Any, new: Any) -> Any:
    """Return what is to stand in place of `node`, which is `node` itself where it can be kept."""
    if isinstance(node, dict) and isinstance(old, Mapping) and isinstance(new, Mapping):
        _patch_mapping(node, old, new)
        return node
    if isinstance(node, list) and is_list_of_mappings(old) and is_list_of_mappings(new):
        _patch_list(node, old, new)
        return node
    return styled(_as_short_as(node, new))


def _patch_mapping(node: Any, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    for key in old:
        if key not in new and key in node:
            _remove(node, key)
    for key, value in new.items():
        if key in node and key in old:
            if old[key] != value:
                node[key] = _patched(node[key], old[key], value)
        elif old.get(key) != value:
            _append(node, key, styled(value))


def _remove(node: Any, key: Any) -> None:
    """Remove an entry; a heading behind it stays, where another entry stands before."""
    keys = list(node) if isinstance(node, dict) else list(range(len(node)))
    place = keys.index(key)
    if isinstance(node, CommentedMap) and place + 1 < len(keys):
        pass_heading_on(node, key, keys[place + 1])
    heading = take_comment(node, key, of_siblings=True)
    del node[key]
    if place > 0:
        give_comment(node, keys[place - 1], heading)


def _append(node: Any, key: Any, value: Any) -> None:
    """Add an entry at the end, before what is said about the next section."""
    last = next(reversed(node), None) if isinstance(node, dict) else len(node) - 1
    is_end = key not in node if isinstance(node, dict) else 0 < key == len(node)
    heading = take_comment(node, last, of_siblings=False) if is_end and len(node) else ""
    if isinstance(node, dict):
        node[key] = value
    else:
        node.insert(key, value)
    give_comment(node, key, heading)


def _patch_list(node: Any, old: Sequence[Any], new: Sequence[Any]) -> None:
    pairs = aligned(old, new)
    for before, _ in reversed([pair for pair in pairs if pair[1] is None]):
        _remove(node, before)
    for before, after in pairs:
        if after is None:
            continue
        if before is None:
            _append(node, after, styled(new[after]))
        elif old[before] != new[after]:
            node[after] = _patched(node[after], old[before], new[after])


def _as_short_as(node: Any, new: Any) -> Any:
    """Write a constant or a label without its key where none stood there."""
    is_single = isinstance(new, Mapping) and len(new) == 1 and set(new) <= {"value", "label"}
    return next(iter(new.values())) if is_single and not isinstance(node, dict | list) else new


def patched_csv(
    text: str, old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]
) -> str:
    """Return the text with its rows replaced; rows that did not change keep theirs.

    Parameters
    ----------
    text : str
        The file as it stands, its first record the names of the columns.
    old, new : sequence of mapping
        Its rows, and what they are to become.
    """
    head, *records = _records(text)
    columns = [name.strip() for name in next(csv.reader([head]))]
    stated = dict.fromkeys(name for row in new for name in row)
    added = [name for name in stated if name not in columns]
    if added:  # every record needs one more cell
        columns += added
        head, records = csv_row(columns), []
    kept = {
        after: records[before]
        for before, after in aligned(old, new)
        if before is not None and after is not None and records and old[before] == new[after]
    }
    rows = (
        kept.get(number) or csv_row([row.get(name) for name in columns])
        for number, row in enumerate(new)
    )
    return "".join(one if one.endswith("\n") else f"{one}\n" for one in (head, *rows))


def _records(text: str) -> list[str]:
    """Return the text of each record that is not blank."""
    lines = text.splitlines(keepends=True)
    reader = csv.reader(io.StringIO(text, newline=""))
    records, start = [], 0
    for cells in reader:
        if any(cell.strip() for cell in cells):
            records.append("".join(lines[start : reader.line_num]))
        start = reader.line_num
    return records
