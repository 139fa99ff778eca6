"""The parts of a document, without any format: headings, paragraphs, lists and tables."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Block", "Bullets", "Document", "Heading", "Paragraph", "Table"]


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 or 3; level 1 is the document's title."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table; every row is as long as the header.

    Parameters
    ----------
    header : tuple of str
        Column heads.
    rows : tuple of tuple of str
        Cells.
    numbers : frozenset of int
        Positions of the columns that hold numbers.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()


Block = Heading | Paragraph | Bullets | Table


@dataclass(frozen=True)
class Document:
    """A title and what follows."""

    title: str
    blocks: tuple[Block, ...]
