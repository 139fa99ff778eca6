"""A document as one HTML page that needs nothing else and prints well."""

from __future__ import annotations

from html import escape
from typing import Final

from climrisk.verify.document import Block, Bullets, Document, Heading, Table

__all__ = ["to_page"]

_STYLE: Final = """
@page { size: A4; margin: 18mm 15mm; }
body { font: 10.5pt/1.45 Georgia, serif; color: #1a1a1a; max-width: 56em; margin: 2em auto;
  padding: 0 1em; }
h1, h2, h3 { font-family: Helvetica, Arial, sans-serif; line-height: 1.2; break-after: avoid; }
h2 { border-bottom: 1px solid #999; padding-bottom: 0.15em; margin-top: 1.8em; }
table { border-collapse: collapse; width: 100%; font-size: 9pt; margin: 0.8em 0; }
th, td { border: 1px solid #bbb; padding: 0.25em 0.5em; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; }
th { background: #eee; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
td.number { text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
@media print { body { margin: 0; padding: 0; max-width: none; } }
"""


def to_page(document: Document) -> str:
    """Return the document as HTML; every text is escaped, and no other host is asked."""
    title = escape(document.title)
    body = "\n".join(_block(block) for block in document.blocks)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<h1>{title}</h1>\n{body}\n</body>\n</html>\n"
    )


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level}>{escape(block.text)}</h{block.level}>"
    if isinstance(block, Bullets):
        return f"<ul>\n{''.join(f'<li>{escape(item)}</li>' for item in block.items)}\n</ul>"
    if isinstance(block, Table):
        return _table(block)
    return f"<p>{escape(block.text)}</p>"


def _table(table: Table) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in table.header)
    rows = "\n".join(f"<tr>{_cells(table, row)}</tr>" for row in table.rows)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _cells(table: Table, row: tuple[str, ...]) -> str:
    marks = (' class="number"' if n in table.numbers else "" for n in range(len(row)))
    return "".join(f"<td{mark}>{escape(cell)}</td>" for mark, cell in zip(marks, row, strict=True))
