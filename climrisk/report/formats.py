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


def _pdf(document: Document, brand: Brand, fonts: Sequence[Path]) -> bytes:
    from climrisk.report.typeset.pdf import pdf_bytes

    return pdf_bytes(document, brand, fonts)


FORMATS: Final[Mapping[str, Writer]] = MappingProxyType({"pdf": _pdf})
"""Writer by ending of its files."""
