"""Every format prints the document's figures, digit by digit, and the same bytes again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
import openpyxl
import pptx
from lxml import etree

from climrisk.report.document import Document, figures_of
from tests.report.office.conftest import WRITERS, Written


def printed(document: Document) -> set[str]:
    """Return the text of every figure of a document."""
    return {figure.text for section in document.sections for figure in figures_of(section)}


def slide_texts(content: bytes) -> Iterator[str]:
    """Yield every text on slides."""
    for slide in pptx.Presentation(BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield from (one.text for one in shape.text_frame.paragraphs)
            if shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)


def paper_texts(content: bytes) -> Iterator[str]:
    """Yield every text of a Word file's body."""
    word = docx.Document(BytesIO(content))
    yield from (one.text for one in word.paragraphs)
    yield from (cell.text for table in word.tables for row in table.rows for cell in row.cells)


def book_texts(content: bytes) -> Iterator[str]:
    """Yield every text of a workbook."""
    for sheet in openpyxl.load_workbook(BytesIO(content)):
        for row in sheet.iter_rows(values_only=True):
            yield from (cell for cell in row if isinstance(cell, str))


READERS: dict[str, Any] = {"pptx": slide_texts, "docx": paper_texts, "xlsx": book_texts}


def test_every_figure_is_printed_in_every_format(written: tuple[Written, ...]) -> None:
    for one in written:
        for form, read in READERS.items():
            found = "\n".join(read(one.files[form]))
            missing = sorted(text for text in printed(one.document) if text not in found)
            assert missing == [], (one.name, form)


def test_the_same_document_gives_the_same_bytes(documents: Mapping[str, Document]) -> None:
    document = replace(documents["zh-Hant"], sections=documents["zh-Hant"].sections[:1])
    for form, write in WRITERS.items():
        assert write(document) == write(document), form


def test_every_part_is_well_formed_and_names_no_person(written: tuple[Written, ...]) -> None:
    for one in written:
        for form, content in one.files.items():
            with ZipFile(BytesIO(content)) as archive:
                for name in archive.namelist():
                    if name.endswith((".xml", ".rels")):
                        etree.fromstring(archive.read(name))
                core = archive.read("docProps/core.xml").decode()
            assert "python-" not in core, form
            assert "Steve" not in core
            assert "<dc:creator>climrisk</dc:creator>" in core
