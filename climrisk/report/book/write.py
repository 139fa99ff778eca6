"""The briefing as a workbook: contents, sentences, tables, pictures, yearly means, the trace."""

from __future__ import annotations

from io import BytesIO
from typing import Final

import xlsxwriter

from climrisk.charts.caption import printable
from climrisk.report.book.means import write_means
from climrisk.report.book.picture import write_picture
from climrisk.report.book.sheets import Book
from climrisk.report.book.table import write_table
from climrisk.report.book.trace import Trace, write_trace
from climrisk.report.book.words import write_contents, write_sentences
from climrisk.report.brand import PLAIN, Brand
from climrisk.report.document import Document, Picture, Table
from climrisk.report.office.package import made_on

__all__ = ["xlsx_bytes"]

AS_TEXT: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""What a user wrote stays text, whatever it looks like."""


def xlsx_bytes(document: Document, brand: Brand | None = None) -> bytes:
    """Return a briefing as an Excel workbook.

    Parameters
    ----------
    document : Document
    brand : Brand, optional
        Colours.

    Returns
    -------
    bytes
        The same document gives the same bytes.
    """
    buffer = BytesIO()
    workbook = xlsxwriter.Workbook(buffer, AS_TEXT)
    book = Book(workbook, document, brand or PLAIN)
    workbook.set_properties(
        {
            "title": printable(document.title),
            "subject": printable(document.company),
            "author": "climrisk",
            "comments": printable(document.stamp.run),
            "created": made_on(document.stamp),
        }
    )
    first = book.add_sheet(document.words.get("contents", "Contents"), document.title)
    trace = Trace()
    write_sentences(book, trace)
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                write_table(book, block, section, trace)
            elif isinstance(block, Picture):
                write_picture(book, block)
    for means in document.means:
        write_means(book, means())
    write_trace(book, trace)
    write_contents(book, first)
    workbook.close()
    return buffer.getvalue()
