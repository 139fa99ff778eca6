"""From the fields of a model to the columns of a sheet, and between their values.

Every kind of field has one way to be spread over cells. A field of a kind that is not known here
still gets a cell, which holds YAML, so that a model may grow without loss.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Literal, Protocol, Union, get_args, get_origin

from pydantic import BaseModel

from climrisk.domain.base import Provenance
from climrisk.domain.quantities import Quantity
from climrisk.domain.text import Words
from climrisk.io.scalars import Scalar
from climrisk.io.tree import Path
from climrisk.io.workbook.column import Column, Kind, Row
from climrisk.io.workbook.leaves import Leaf, Span
from climrisk.io.workbook.statement import Alternatives, Statement
from climrisk.names import LANGUAGES

__all__ = ["Branch", "Node", "fields_of"]

ALTERNATIVES = {"likelihood": ("probability", "rate"), "size": ("amount", "share")}
"""Quantities of which an entry states exactly one; they share their columns."""


class Node(Protocol):
    """One field, or a few that belong together, and its columns."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """Columns from left to right."""

    def cells(self, parent: Mapping[str, Any]) -> dict[str, Scalar]:
        """Return the cells by column, from the plain mapping that holds the field."""

    def read(self, row: Row) -> dict[str, Any]:
        """Return the field's part of the plain mapping; empty where its cells are blank."""

    def places(self) -> Iterator[tuple[Path, str]]:
        """Yield each place below the mapping with the column that holds it."""


@dataclass(frozen=True)
class Branch:
    """A mapping inside the row's own, such as a frame or a figure.

    Parameters
    ----------
    name : str
        Its key.
    children : tuple of Node
        Its fields.
    """

    name: str
    children: tuple[Node, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """Columns of all its fields."""
        return tuple(column for child in self.children for column in child.columns)

    def cells(self, parent: Mapping[str, Any]) -> dict[str, Scalar]:
        """Return the cells of all its fields."""
        own = parent.get(self.name, {})
        return {key: cell for child in self.children for key, cell in child.cells(own).items()}

    def read(self, row: Row) -> dict[str, Any]:
        """Return its mapping under its key."""
        own = {key: value for child in self.children for key, value in child.read(row).items()}
        return {self.name: own} if own else {}

    def places(self) -> Iterator[tuple[Path, str]]:
        """Yield its own place at its first column, then those of its fields."""
        yield (self.name,), self.columns[0].key
        for child in self.children:
            yield from (((self.name, *path), key) for path, key in child.places())


def fields_of(
    *models: type[BaseModel], above: str = "", leave_out: Collection[str] = ()
) -> tuple[Node, ...]:
    """Return the nodes of a model's fields, in their order.

    Parameters
    ----------
    *models : type
        The model; several where the field is one of them, and their fields are put together.
    above : str
        Dotted path of the mapping, with a dot at its end; empty for the row itself.
    leave_out : collection of str
        Keys that stand elsewhere.
    """
    declared: dict[str, list[Any]] = {}
    for model in models:
        for name, info in model.model_fields.items():
            key = info.alias or name
            declared.setdefault(key, []).append(info.annotation)
    shared = {name: group for group, names in ALTERNATIVES.items() for name in names}
    found: dict[str, Node] = {}
    for name in sorted(declared, key=_rank):
        group = shared.get(name, name)
        together = ALTERNATIVES.get(group, ())
        if name in leave_out or group in found:
            continue
        if together and set(together) <= set(declared):
            found[group] = Alternatives(f"{above}{group}", together)
        else:
            kinds = list(dict.fromkeys(one for each in declared[name] for one in _members(each)))
            found[name] = _node(f"{above}{name}", name, kinds)
    return tuple(found.values())


def _rank(name: str) -> int:
    """Put a title first and the source last; the others keep their order."""
    return -1 if name == "title" else int(name in Provenance.model_fields)


def _node(key: str, name: str, kinds: list[Any]) -> Node:
    if kinds and all(_is(kind, BaseModel) for kind in kinds):
        if any(_is(kind, Quantity) for kind in kinds):
            return Statement(key, name)
        if kinds == [Words]:
            return Branch(name, tuple(Leaf(f"{key}.{one}", one, "text") for one in LANGUAGES))
        return Branch(name, fields_of(*kinds, above=f"{key}."))
    if all(get_origin(kind) is Literal for kind in kinds):
        words = tuple(str(word) for kind in kinds for word in get_args(kind))
        return Leaf(key, name, "choice", words)
    if len(kinds) == 1 and get_origin(kinds[0]) is tuple:
        members = [_members(one) for one in get_args(kinds[0])]
        if members == [[int], [int]]:
            return Span(key, name)
        if members[0] == [str]:
            return Leaf(key, name, "list")
    return Leaf(key, name, _SCALARS.get(kinds[0], "flow") if len(kinds) == 1 else "flow")


_SCALARS: dict[Any, Kind] = {bool: "truth", int: "integer", float: "number", str: "text"}


def _members(annotation: Any) -> list[Any]:
    """Open `Annotated` and unions; leave out None and repetitions."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _members(get_args(annotation)[0])
    if origin in (Union, UnionType):
        opened = (kind for member in get_args(annotation) for kind in _members(member))
        return list(dict.fromkeys(opened))
    return [] if annotation is type(None) else [annotation]


def _is(kind: Any, base: type) -> bool:
    return isinstance(kind, type) and issubclass(kind, base)
