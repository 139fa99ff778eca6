"""One sheet: the part of a file that it states, and the way from its rows to their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from climrisk.io.tree import Path
from climrisk.io.workbook.column import Column
from climrisk.io.workbook.layout import Node

__all__ = ["Entry", "Id", "Position", "Sheet"]


@dataclass(frozen=True)
class Id:
    """A key of a mapping that a column states.

    Parameters
    ----------
    key : str
        Key of the column.
    of : str
        Sheet on which the thing of that id stands; empty where this sheet declares it.
    choices : tuple of str
        Every word that it may be; empty where it is open.
    """

    key: str
    of: str = ""
    choices: tuple[str, ...] = ()


class Position:
    """A place in a list, which is that of the row."""


@dataclass(frozen=True)
class Entry:
    """One thing that a row states.

    Parameters
    ----------
    ids : mapping of str to str
        Ids that lead to it, by key of their columns.
    path : tuple of str or int
        Its place in the file.
    value : Any
        Plain data: a mapping, or the value itself on a sheet with one field.
    """

    ids: Mapping[str, str]
    path: Path
    value: Any


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    Parameters
    ----------
    key : str
        Its name in the catalogue of headers.
    file : str
        File of the study that it states a part of.
    place : tuple of str, Id or Position
        Way from the top of the file to one thing.
    fields : tuple of Node
        Fields of the thing.
    names : mapping of str to str
        By key of a column, the sheet or open list whose ids it may hold.
    alone : str
        Name of the only field, where the thing is its value rather than a mapping with it.
    is_form : bool
        Whether it states one thing only, a field in each row.
    """

    key: str
    file: str
    place: tuple[str | Id | Position, ...]
    fields: tuple[Node, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    alone: str = ""
    is_form: bool = False

    @property
    def ids(self) -> tuple[Id, ...]:
        """Ids that lead to a row's thing."""
        return tuple(step for step in self.place if isinstance(step, Id))

    @property
    def columns(self) -> tuple[Column, ...]:
        """Columns from left to right: the ids, then the fields."""
        ids = (Column(one.key, "choice" if one.choices else "id", one.choices) for one in self.ids)
        columns = (*ids, *(column for node in self.fields for column in node.columns))
        return tuple(
            replace(one, kind="id", of=self.names[one.key]) if one.key in self.names else one
            for one in columns
        )

    @property
    def is_list(self) -> bool:
        """Whether its rows are entries of lists, so that several may have the same ids."""
        return any(isinstance(step, Position) for step in self.place)

    def entries(self, content: Any) -> Iterator[Entry]:
        """Yield every thing that the sheet states, from the plain data of its file."""
        return _walk(content, self.place, Entry({}, (), None))


def _walk(node: Any, place: tuple[str | Id | Position, ...], at: Entry) -> Iterator[Entry]:
    if not place:
        yield Entry(at.ids, at.path, node)
        return
    step, rest = place[0], place[1:]
    if isinstance(step, str):
        if step in node:
            yield from _walk(node[step], rest, Entry(at.ids, (*at.path, step), None))
    elif isinstance(step, Id):
        for key in step.choices or node:
            if key in node:
                ids = {**at.ids, step.key: key}
                yield from _walk(node[key], rest, Entry(ids, (*at.path, key), None))
    else:
        for number, child in enumerate(node):
            yield from _walk(child, rest, Entry(at.ids, (*at.path, number), None))
