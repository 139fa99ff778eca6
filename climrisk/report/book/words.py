"""The sheets of words: what the workbook holds, and the sentences of the paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from climrisk.i18n import translate
from climrisk.report.book.sheets import Book
from climrisk.report.book.trace import Trace
from climrisk.report.document import Bullets, Figure, Paragraph, Section, Spans
from climrisk.report.office.plain import spans_text

__all__ = ["write_contents", "write_sentences"]


def write_contents(book: Book, sheet: Any) -> None:
    """Write facts, stamp and the list of sheets, once all of them are known."""
    document = book.document
    facts = [*document.facts, (document.words.get("source", ""), document.stamp.run)]
    row = 3
    for name, told in (("", document.company), *facts):
        book.write_text(sheet, row, 0, name, bold=True)
        book.write_text(sheet, row, 1, told)
        row += 1
    row += 1
    heads = [translate(f"office.heads.{head}", document.language) for head in ("sheet", "title")]
    book.write_heads(sheet, row, heads)
    for rank, (name, title) in enumerate(book.contents[1:], start=row + 1):
        link = book.look(font_color=book.brand.primary, underline=1)
        sheet.write_url(rank, 0, f"internal:'{name}'!A1", link, string=name)
        book.write_text(sheet, rank, 1, title)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 110)


def write_sentences(book: Book, trace: Trace) -> None:
    """Write every sentence of the paper, a row each, and note its figures."""
    document = book.document
    title = translate("office.sentences", document.language)
    sheet = book.add_sheet(title, title)
    heads = [translate(f"office.heads.{head}", document.language) for head in ("section", "text")]
    book.write_heads(sheet, 3, heads)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 120)
    row = 4
    for section in document.sections:
        for spans in _sentences(section):
            book.write_text(sheet, row, 0, section.title)
            book.write_text(sheet, row, 1, spans_text(spans), text_wrap=True)
            book.set_height(sheet, row, [(spans_text(spans), 120.0)])
            at = xl_rowcol_to_cell(row, 1)
            for span in spans:
                if isinstance(span, Figure):
                    for part in range(max(len(span.values), 1)):
                        trace.add(sheet.get_name(), at, section.title, span, part)
            row += 1
    sheet.freeze_panes(4, 0)


def _sentences(section: Section) -> Iterator[Spans]:
    for block in section.blocks:
        if isinstance(block, Paragraph):
            yield block.spans
        elif isinstance(block, Bullets):
            yield from block.items
