"""The made-up briefing in every office format and language, written once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import pytest
from matplotlib.figure import Figure

from climrisk.names import LANGUAGES
from climrisk.report.book import xlsx_bytes
from climrisk.report.document import Document
from climrisk.report.paper import docx_bytes
from climrisk.report.slides import pptx_bytes
from tests.report.paper import bilingual, paper

WRITERS: Final[Mapping[str, Callable[[Document], bytes]]] = {
    "pptx": pptx_bytes,
    "docx": docx_bytes,
    "xlsx": xlsx_bytes,
}


@dataclass(frozen=True)
class Written:
    """A briefing and its files by format."""

    name: str
    document: Document
    files: Mapping[str, bytes]


@pytest.fixture(scope="session")
def documents() -> Mapping[str, Document]:
    """Briefings by name: three languages, both, and hostile texts."""
    made = {language: paper(language) for language in LANGUAGES}
    return {**made, "both": bilingual(), "hostile": paper("en", hostile=True)}


def _blank(*_: object, **__: object) -> Figure:
    return Figure((1.0, 1.0), dpi=20)


@pytest.fixture(scope="session")
def written(documents: Mapping[str, Document]) -> tuple[Written, ...]:
    """Every briefing in every format; pictures of papers are blank, for they take long to draw."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("climrisk.report.paper.write.drawn", _blank)
        return tuple(
            Written(name, document, {form: write(document) for form, write in WRITERS.items()})
            for name, document in documents.items()
        )
