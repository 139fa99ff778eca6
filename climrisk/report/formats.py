"""The formats of a briefing, each with its writer, which is loaded when it is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from climrisk.report.brand import Brand
from climrisk.report.document import Document

__all__ = ["FORMATS", "Writer"]

Writer = Callable[[Document, Brand, Sequence[Path]], bytes]
"""From a document, a look and further fonts to the bytes of a file."""


def _pptx(document: Document, brand: Brand, fonts: Sequence[Path]) -> bytes:
    from climrisk.report.slides.write import pptx_bytes

    return pptx_bytes(document, brand)


def _docx(document: Document, brand: Brand, fonts: Sequence[Path]) -> bytes:
    from climrisk.report.paper.write import docx_bytes
    from climrisk.report.pictures import pictures_with

    with pictures_with(fonts):
        return docx_bytes(document, brand)


def _pdf(document: Document, brand: Brand, fonts: Sequence[Path]) -> bytes:
    from climrisk.report.typeset.pdf import pdf_bytes

    return pdf_bytes(document, brand, fonts)


def _html(document: Document, brand: Brand, fonts: Sequence[Path]) -> bytes:
    from climrisk.report.webpage.html import html_bytes

    return html_bytes(document, brand, fonts)


def _xlsx(document: Document, brand: Brand, fonts: Sequence[Path]) -> bytes:
    from climrisk.report.book.write import xlsx_bytes

    return xlsx_bytes(document, brand)


FORMATS: Final[Mapping[str, Writer]] = MappingProxyType(
    {"pptx": _pptx, "docx": _docx, "pdf": _pdf, "html": _html, "xlsx": _xlsx}
)
"""Writer by ending of its files."""
