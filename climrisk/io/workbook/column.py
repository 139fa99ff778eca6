"""What one column of a sheet may hold, and the row that its cells are read from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from climrisk.io.scalars import Scalar

__all__ = ["Column", "Complaint", "Kind", "Row", "as_cell", "from_cell"]

Kind = Literal["text", "id", "number", "integer", "truth", "choice", "list", "flow"]
"""`list` is ids separated by commas; `flow` is a number, a word, or YAML on one line."""

Complaint = Callable[[str, str, str], None]
"""Takes the key of a column, what was found there and what is allowed."""

_MARK: Final = '"'


@dataclass(frozen=True)
class Column:
    """One column.

    Parameters
    ----------
    key : str
        Dotted path of the field below the thing that the row is about; unique in its sheet.
    kind : Kind
        How its cells are read.
    choices : tuple of str
        Every word that it may hold; empty where it is open.
    of : str
        Sheet or open list whose ids it may hold; empty where none.
    """

    key: str
    kind: Kind
    choices: tuple[str, ...] = ()
    of: str = ""


@dataclass(frozen=True)
class Row:
    """The cells of one row, read and checked one by one.

    Parameters
    ----------
    cells : mapping of str to scalar
        Content by key of the column; blank cells are left out.
    complain : callable
        Notes a fault at one of the cells.
    """

    cells: Mapping[str, Scalar]
    complain: Complaint

    def get(self, key: str) -> Scalar:
        """Return the content of a cell, or None where it is blank."""
        return self.cells.get(key)


def as_cell(text: str) -> str:
    """Return a text as a cell holds it, between quotation marks where it has no other character.

    An empty text would otherwise come back as a blank cell, that is, as no text at all.
    """
    return text if text.replace(_MARK, "").strip() else f"{_MARK}{text}{_MARK}"


def from_cell(text: str) -> str:
    """Return the text that `as_cell` was given."""
    is_marked = len(text) > 1 and text[0] == text[-1] == _MARK
    return text[1:-1] if is_marked and not text.replace(_MARK, "").strip() else text
