"""Fields that fill one cell, or a first and a last year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from climrisk.io.scalars import Scalar
from climrisk.io.tree import Path
from climrisk.io.workbook.column import Column, Kind, Row, as_cell
from climrisk.io.workbook.flow import flow_text, is_plain_word, read_flow

__all__ = ["Leaf", "Span"]


@dataclass(frozen=True)
class Leaf:
    """A field that fills one cell.

    Parameters
    ----------
    key : str
        Key of its column.
    name : str
        Its key in the mapping.
    kind : Kind
        How the cell is read.
    choices : tuple of str
        Every word that it may hold; empty where it is open.
    """

    key: str
    name: str
    kind: Kind
    choices: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its one column."""
        return (Column(self.key, self.kind, self.choices),)

    def cells(self, parent: Mapping[str, Any]) -> dict[str, Scalar]:
        """Return its one cell, or none where the field is not stated."""
        return {self.key: self._cell(parent[self.name])} if self.name in parent else {}

    def _cell(self, value: Any) -> Scalar:
        if self.kind == "list":
            return ", ".join(value)
        if self.kind == "flow" and not isinstance(value, bool | int | float):
            is_word = isinstance(value, str) and is_plain_word(value)
            return str(value) if is_word else flow_text(value)
        return as_cell(value) if isinstance(value, str) else value

    def read(self, row: Row) -> dict[str, Any]:
        """Return the field under its key."""
        cell = row.get(self.key)
        if cell is None:
            return {}
        if self.kind == "list":
            return {self.name: [word.strip() for word in str(cell).split(",") if word.strip()]}
        if self.kind != "flow":
            return {self.name: cell}
        value, wrong = read_flow(cell)
        if wrong:
            row.complain(self.key, wrong, "allowed: a number, a word, or YAML on one line")
        return {} if value is None else {self.name: value}

    def places(self) -> Iterator[tuple[Path, str]]:
        """Yield its own place."""
        yield (self.name,), self.key


@dataclass(frozen=True)
class Span:
    """First and last year, in two cells.

    Parameters
    ----------
    key : str
        Dotted path; the columns add `.first` and `.last`.
    name : str
        Its key in the mapping.
    """

    key: str
    name: str

    @property
    def columns(self) -> tuple[Column, ...]:
        """First year, last year."""
        return tuple(Column(key, "integer") for key in self._keys)

    @property
    def _keys(self) -> tuple[str, str]:
        return f"{self.key}.first", f"{self.key}.last"

    def cells(self, parent: Mapping[str, Any]) -> dict[str, Scalar]:
        """Return both years, or none where the field is not stated."""
        return dict(zip(self._keys, parent[self.name], strict=True)) if self.name in parent else {}

    def read(self, row: Row) -> dict[str, Any]:
        """Return both years under its key; one alone is a fault."""
        years = {key: row.get(key) for key in self._keys}
        blank = [key for key, year in years.items() if year is None]
        if len(blank) == 1:
            row.complain(blank[0], "empty", "needed: first and last year")
        return {} if blank else {self.name: list(years.values())}

    def places(self) -> Iterator[tuple[Path, str]]:
        """Yield its own place, and that of either year."""
        first, last = self._keys
        yield (self.name,), first
        yield (self.name, 0), first
        yield (self.name, 1), last
