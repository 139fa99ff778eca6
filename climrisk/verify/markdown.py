"""A document as Markdown."""

from __future__ import annotations

import re
from typing import Final

from climrisk.verify.document import Block, Bullets, Document, Heading, Table

__all__ = ["to_markdown"]

_MARKUP: Final = re.compile(r"([\\`*_<>|\[\]])")


def to_markdown(document: Document) -> str:
    """Return the document as Markdown, with pipe tables."""
    parts = [f"# {_plain(document.title)}", *(_block(block) for block in document.blocks)]
    return "\n\n".join(parts) + "\n"


def _plain(text: str) -> str:
    """Return a text of which nothing is taken for markup."""
    return _MARKUP.sub(r"\\\1", text)


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {_plain(block.text)}"
    if isinstance(block, Bullets):
        return "\n".join(f"- {_plain(item)}" for item in block.items)
    if isinstance(block, Table):
        return _table(block)
    return _plain(block.text)


def _table(table: Table) -> str:
    rule = ["---:" if n in table.numbers else "---" for n in range(len(table.header))]
    rows = [tuple(_plain(cell) for cell in row) for row in (table.header, *table.rows)]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], f"| {' | '.join(rule)} |", *lines[1:]])
