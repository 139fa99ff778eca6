"""Plain data as the text of a study's file: YAML and CSV as a person would write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from climrisk.io.scalars import plain_scalar

__all__ = ["csv_row", "file_text", "loaded", "styled", "yaml_text"]

_UNBROKEN: Final = 1_000_000
_LAYOUTS: Final = ((4, 2), (2, 0))
"""Indentation of list entries and of their dash, of which a file uses one."""
_ONE_LINE: Final = 64
"""Longest mapping or list that is written on one line, about [characters]."""
_BETWEEN_WORDS: Final = 2
_LARGEST_WHOLE: Final = 1e15
_SCHEMA: Final = 1
"""Version of the format of every YAML file."""


def yaml_text(document: Any, layout: tuple[int, int] = _LAYOUTS[0]) -> str:
    """Return a document as YAML text, lines unbroken.

    Parameters
    ----------
    document : CommentedMap
        What to write.
    layout : tuple of int
        Indentation of list entries, and of their dash.
    """
    writer = _round_trip()
    writer.indent(mapping=2, sequence=layout[0], offset=layout[1])
    stream = io.StringIO()
    writer.dump(document, stream)
    return stream.getvalue()


def loaded(text: str) -> tuple[Any, tuple[int, int]]:
    """Return a document with its comments, and the layout that writes it as it was.

    Parameters
    ----------
    text : str
        YAML that `read_yaml` has accepted.
    """
    document = _round_trip().load(text)
    lines = text.splitlines()

    def changed(layout: tuple[int, int]) -> int:
        written = yaml_text(document, layout).splitlines()
        pairs = zip(lines, written, strict=False)
        return sum(one != other for one, other in pairs) + abs(len(lines) - len(written))

    return document, min(_LAYOUTS, key=changed)


def _round_trip() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _UNBROKEN
    yaml.allow_unicode = True
    return yaml


def styled(value: Any) -> Any:
    """Return plain data dressed for writing: short things on one line, doubtful texts in quotes."""
    if isinstance(value, Mapping) and set(value) == {"en"}:
        return styled(value["en"])  # a text in English alone needs no mapping
    if isinstance(value, Mapping):
        made: Any = CommentedMap({key: styled(one) for key, one in value.items()})
    elif isinstance(value, list | tuple):
        made = CommentedSeq([styled(one) for one in value])
    elif isinstance(value, str):
        is_plain = plain_scalar(value) == value and value.isprintable()
        return value if is_plain else DoubleQuotedScalarString(value)
    elif isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST_WHOLE:
        return int(value)
    else:
        return value
    words = [*value, *value.values()] if isinstance(value, Mapping) else value
    is_flat = not any(isinstance(one, Mapping | list | tuple) for one in words)
    if is_flat and sum(len(str(one)) + _BETWEEN_WORDS for one in words) <= _ONE_LINE:
        made.fa.set_flow_style()
    return made


def csv_row(cells: Sequence[Any]) -> str:
    """Return one record with its line end."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow([_csv_cell(cell) for cell in cells])
    return stream.getvalue()


def _csv_cell(cell: Any) -> str:
    if cell is None:
        return ""
    is_whole = isinstance(cell, float) and cell.is_integer() and abs(cell) < _LARGEST_WHOLE
    return str(int(cell)) if is_whole else str(cell)


def file_text(content: Any, columns: Sequence[str] = ()) -> str:
    """Return the whole text of a file.

    Parameters
    ----------
    content : mapping or list
        Plain data of a YAML file without its version, or the rows of a CSV file.
    columns : sequence of str
        Names of the columns of a CSV file.
    """
    if not columns:
        document = styled({"schema": _SCHEMA, **content})
        document.fa.set_block_style()
        return yaml_text(document)
    rows = ([row.get(name) for name in columns] for row in content)
    return "".join(map(csv_row, [list(columns), *rows]))
