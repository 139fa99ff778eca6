"""A document as PDF: archival, tagged, fonts embedded, typeset by typst (extra `report`)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

from climrisk.errors import ClimriskError, MissingExtraError
from climrisk.io.font_file import FontFile
from climrisk.report.brand import PLAIN, Brand
from climrisk.report.document import Document
from climrisk.report.page_limit import PageLimitError, refuse_more_sections
from climrisk.report.pictures import pictures_with
from climrisk.report.typeset.content import content
from climrisk.report.typeset.faces import faces, families, refuse_missing_glyphs

if TYPE_CHECKING:
    from typst import Compiler

__all__ = ["TypesettingError", "pdf_bytes"]


class TypesettingError(ClimriskError):
    """The typesetter refuses a document, for instance for a logo that is no drawing."""


def pdf_bytes(document: Document, brand: Brand | None = None, fonts: Sequence[Path] = ()) -> bytes:
    """Return a document as PDF; the same document gives the same bytes.

    Parameters
    ----------
    document : Document
    brand : Brand, optional
        Colours and logo.
    fonts : sequence of Path, optional
        Font files for characters that the bundled fonts lack.

    Raises
    ------
    MissingExtraError
        If typst is not installed.
    FontFileError
        If one of `fonts` is none.
    MissingGlyphError
        If no font has a character; names where it stands.
    PageLimitError
        If a section before the appendix needs more than its page, or is the seventh.
    TypesettingError
        If typst refuses the document.
    """
    refuse_more_sections(document)
    used = faces(fonts)
    refuse_missing_glyphs(document, used)
    paper = _paper(document, brand or PLAIN, used, fonts)
    with TemporaryDirectory() as folder, as_file(files(__package__)) as looks:
        _gather(used, Path(folder))
        printed, marks = _compiled(_compiler(looks, Path(folder), paper))
    _refuse_overflow(document, json.loads(marks))
    return printed


def _paper(
    document: Document, brand: Brand, used: Sequence[FontFile], added: Sequence[Path]
) -> str:
    with pictures_with(added):
        return json.dumps(content(document, brand, families(used)), ensure_ascii=False)


def _compiled(compiler: Compiler) -> tuple[bytes, str]:
    """Return the PDF, and the pages on which its sections begin and end."""
    from typst import TypstError

    try:
        # PDF/A-2a for archives, PDF/UA-1 for readers that do not see the page
        printed = compiler.compile(format="pdf", pdf_standards=["a-2a", "ua-1"])
        return cast(bytes, printed), compiler.query("<mark>", field="value")
    except TypstError as refused:
        raise TypesettingError(f"PDF: {refused.message}") from refused


def _compiler(looks: Path, fonts: Path, paper: str) -> Compiler:
    try:
        from typst import Compiler
    except ModuleNotFoundError as missing:
        raise MissingExtraError("a PDF", "report") from missing
    return Compiler(
        looks / "briefing.typ",
        root=looks,
        font_paths=[fonts],
        ignore_system_fonts=True,
        sys_inputs={"paper": paper},
    )


def _gather(used: Sequence[FontFile], folder: Path) -> None:
    """Put the fonts into one folder, for typst reads folders and would take neighbours too."""
    for rank, font in enumerate(used):
        shutil.copyfile(font.path, folder / f"{rank}{font.path.suffix}")


def _refuse_overflow(document: Document, marks: list[dict[str, object]]) -> None:
    pages: dict[object, list[int]] = {}
    for mark in marks:
        pages.setdefault(mark["section"], []).append(int(str(mark["page"])))
    for section in document.pages:
        begins, ends = pages[section.name]
        if begins != ends:
            raise PageLimitError(
                f"section {section.name}: found {ends - begins + 1} pages; allowed: one page. "
                "Shorten its texts, or move a table to the appendix"
            )
