"""Rows of a sheet from the plain data of a study's files, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from climrisk.io.scalars import Scalar
from climrisk.io.tree import Path
from climrisk.io.workbook.column import Row
from climrisk.io.workbook.sheet import Id, Position, Sheet

__all__ = ["add_entry", "places_of", "row_value", "rows_of"]


def rows_of(sheet: Sheet, files: Mapping[str, Any]) -> Iterator[dict[str, Scalar]]:
    """Yield the cells of each row by key of their column; blank ones are left out.

    Parameters
    ----------
    sheet : Sheet
        What stands where.
    files : mapping of str to Any
        Plain data of the study's files.
    """
    for entry in sheet.entries(files.get(sheet.file, {})):
        value = {sheet.alone: entry.value} if sheet.alone else entry.value
        cells: dict[str, Scalar] = dict(entry.ids)
        for node in sheet.fields:
            cells |= node.cells(value)
        yield cells


def row_value(sheet: Sheet, row: Row) -> Any:
    """Return the plain data that a row states below its ids."""
    stated = {key: value for node in sheet.fields for key, value in node.read(row).items()}
    return stated.get(sheet.alone) if sheet.alone else stated


def add_entry(sheet: Sheet, files: dict[str, Any], ids: Mapping[str, str], value: Any) -> Path:
    """Put one thing at its place and return the place.

    Parameters
    ----------
    sheet : Sheet
        What stands where.
    files : dict
        Plain data of the study's files, filled in place.
    ids : mapping of str to str
        Ids by key of their column.
    value : Any
        Plain data of the thing.
    """
    is_list = sheet.is_list
    named = (step for step in sheet.place if not isinstance(step, Position))
    path = tuple(ids[step.key] if isinstance(step, Id) else step for step in named)
    keys = (sheet.file, *path)
    node: Any = files
    for key in keys[:-1]:
        node = node.setdefault(key, {})
    if is_list:
        entries = node.setdefault(keys[-1], [])
        entries.append(value)
        return (*path, len(entries) - 1)
    if isinstance(value, Mapping):
        value = {**node.get(keys[-1], {}), **value}
    node[keys[-1]] = value
    return path


def places_of(sheet: Sheet) -> Iterator[tuple[Path, str]]:
    """Yield each place below a row's thing with the key of the column that holds it."""
    for node in sheet.fields:
        yield from ((path[1:] if sheet.alone else path, key) for path, key in node.places())
