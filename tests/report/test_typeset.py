"""The PDF read back: every figure, fonts inside, pages counted, nothing printed as a box."""

from __future__ import annotations

import itertools
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from matplotlib import get_data_path
from pypdf import PdfReader

from climrisk.io.font_file import FontFileError, bundled_fonts, read_font
from climrisk.names import LANGUAGES, Language
from climrisk.report.brand import Brand
from climrisk.report.document import (
    Bullets,
    Column,
    Document,
    Paragraph,
    Section,
    Table,
    figures_of,
)
from climrisk.report.page_limit import PAGES, PageLimitError
from climrisk.report.pictures import drawing, drawn
from climrisk.report.typeset import pdf_bytes
from climrisk.report.typeset.faces import MissingGlyphError
from climrisk.report.typeset.pdf import TypesettingError
from tests.report.paper import HOSTILE, ROWS, paper

STIX = Path(get_data_path()) / "fonts" / "ttf" / "STIXGeneral.ttf"
MM = 72 / 25.4
DRAWN: Language = "zh-Hant"
BLANK = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='4'><path d='M0 0h9v4z'/></svg>"
FRAKTUR = "\U0001d504"
"""Only STIX has it."""


@cache
def printed(language: Language = "en", hostile: bool = False) -> bytes:
    """Return the PDF of the made-up paper; one language has its pictures, for they take time."""
    with pytest.MonkeyPatch.context() as patch:
        if language != DRAWN:
            patch.setattr("climrisk.report.typeset.content.drawing", lambda _: BLANK)
        return pdf_bytes(paper(language, hostile=hostile))


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def squeezed(text: str) -> str:
    """Return a text without spaces, for lines break anywhere."""
    return "".join(char for char in text if not char.isspace() and char != "\u200b")


@cache
def page_texts(content: bytes) -> tuple[str, ...]:
    return tuple(squeezed(page.extract_text()) for page in read(content).pages)


def text_of(content: bytes) -> str:
    return "".join(page_texts(content))


def plain(*sections: Section, **parts: Any) -> Document:
    """Return the made-up paper with other sections, which need no pictures."""
    return replace(paper(), sections=sections, **parts)


def fonts_of(content: bytes) -> list[Any]:
    """Return the descriptor of every font of every page."""
    found = []
    for page in read(content).pages:
        for font in page["/Resources"].get_object().get("/Font", {}).values():  # type: ignore[attr-defined]
            for inner in font.get_object()["/DescendantFonts"]:
                found.append(inner.get_object()["/FontDescriptor"].get_object())
    return found


def tags(content: bytes) -> list[Any]:
    """Return every element of the tree of tags."""
    return list(nodes(read(content).trailer["/Root"]["/StructTreeRoot"].get_object()))  # type: ignore[index]


def nodes(node: Any) -> Any:
    yield node
    below = node.get("/K", [])
    for child in below if isinstance(below, list) else [below]:
        reached = child.get_object()
        if isinstance(reached, dict):
            yield from nodes(reached)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_stands_in_the_pdf(language: Language) -> None:
    text = text_of(printed(language))
    figures = [one for section in paper(language).sections for one in figures_of(section)]
    assert len(figures) > ROWS
    assert [one.text for one in figures if squeezed(one.text) not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_stamp_notice_draft_mark_and_page_number_stand_on_every_page(language: Language) -> None:
    stamp = paper(language).stamp
    pages = page_texts(printed(language))
    for number, text in enumerate(pages, start=1):
        for part in (stamp.run, stamp.notice, stamp.status, f"{number}/{len(pages)}"):
            assert squeezed(part) in text


def test_an_approved_paper_has_no_draft_mark() -> None:
    section = Section("summary", "Summary", (Paragraph(("Done.",)),))
    stamp = replace(paper().stamp, status="Approved by the chair on 1 July 2024", is_draft=False)
    text = text_of(pdf_bytes(plain(section, stamp=stamp)))
    assert "DRAFT" not in text
    assert squeezed(stamp.status) in text


@pytest.mark.parametrize(
    ("language", "tag"), [("en", "en-HK"), ("zh-Hant", "zh-HK"), ("zh-Hans", "zh-CN")]
)
def test_title_language_tags_bookmarks_and_archive_marks(language: Language, tag: str) -> None:
    document, file = paper(language), read(printed(language))
    assert file.metadata is not None
    assert file.metadata.title == document.title
    assert file.trailer["/Root"]["/Lang"] == tag  # type: ignore[index]
    assert file.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert [one.title for one in file.outline] == [  # type: ignore[union-attr]
        section.title for section in document.sections
    ]
    told = file.trailer["/Root"]["/Metadata"].get_data().decode()  # type: ignore[index]
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in told
    assert "<pdfuaid:part>1</pdfuaid:part>" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_fonts_are_embedded(language: Language) -> None:
    descriptors = fonts_of(printed(language))
    assert descriptors
    assert all(any(f"/FontFile{n}" in one for n in ("", "2", "3")) for one in descriptors)
    face = {"en": "-", "zh-Hant": "HK-", "zh-Hans": "SC-"}[language]
    faces = [one for one in descriptors if "DejaVu" not in one["/FontName"]]
    assert faces
    assert all(f"climriskSans{face}" in one["/FontName"] for one in faces)


def test_pictures_have_their_words_for_those_who_do_not_see_them() -> None:
    pictures = [
        block.chart for section in paper().sections for block in section.blocks
        if hasattr(block, "chart")
    ]  # fmt: skip
    alts = [str(node["/Alt"]) for node in tags(printed()) if "/Alt" in node]
    assert len(alts) == len(pictures)
    assert all(chart.alt in alts for chart in pictures if hasattr(chart, "alt"))


def test_table_heads_are_tagged_and_repeat_on_every_page() -> None:
    kinds = {str(node.get("/S")) for node in tags(printed())}
    assert {"/Table", "/THead", "/TH", "/Figure", "/H1", "/L"} <= kinds
    head = squeezed(paper().appendix[0].blocks[0].columns[1].head)  # type: ignore[union-attr]
    effects = [
        text for text in page_texts(printed()) if "R-01Rainstorm" in text or "R-60Rainstorm" in text
    ]
    assert len(effects) == 2
    assert all(head in text for text in effects)


def test_the_same_paper_gives_the_same_bytes() -> None:
    document = plain(*paper(DRAWN).sections[:1], *paper(DRAWN).appendix[:1])
    once = pdf_bytes(document)
    for cached in (drawing, drawn):
        cached.cache_clear()
    assert pdf_bytes(document) == once


def test_the_date_is_that_of_the_run() -> None:
    metadata = read(printed()).metadata
    assert metadata is not None
    assert metadata.creation_date is not None
    assert metadata.creation_date.date().isoformat() == "2024-06-30"


def test_users_texts_print_as_they_are() -> None:
    text = text_of(printed("en", hostile=True))
    visible = HOSTILE.replace("\u202e", "").replace("\u202c", "").replace("\x07", " ")
    assert squeezed(visible) in text
    file = read(printed("en", hostile=True))
    assert all("/Annots" not in page for page in file.pages)
    assert not {"/JavaScript", "/EmbeddedFiles"} & set(file.trailer["/Root"].get("/Names", {}))  # type: ignore[union-attr]


@pytest.mark.parametrize("hostile", [False, True])
def test_no_line_of_long_names_and_sixty_rows_leaves_the_page(hostile: bool) -> None:
    beyond: list[str] = []
    margin, width = 20 * MM, 210 * MM

    def visit(text: str, page: list[float], line: list[float], _: Any, size: float) -> None:
        begins = page[0] * line[4] + page[4]
        # at least a third of an em for each character, so that only what runs out is found
        ends = begins + size * len(text.strip()) / 3
        if text.strip() and not margin - 1 <= begins <= ends <= width - margin + 1:
            beyond.append(text)

    for one in read(printed("en", hostile)).pages:
        one.extract_text(visitor_text=visit)
    assert beyond == []


def test_main_sections_take_one_page_each_and_the_appendix_follows() -> None:
    pages = page_texts(printed())
    for number, section in enumerate(paper().pages):
        assert squeezed(section.title) in pages[number]
    assert squeezed(paper().appendix[0].title) in pages[PAGES]


def test_a_section_longer_than_its_page_is_refused_by_name() -> None:
    rows = tuple(((f"Row {number}",),) for number in range(80))
    long = Section("top_risks", "Top", (Table("long", "Long", (Column("Name"),), rows),))
    with pytest.raises(PageLimitError, match="section top_risks: found 2 pages; allowed: one page"):
        pdf_bytes(plain(long))
    pdf_bytes(plain(Section("summary", "Summary", ()), replace(long, appendix=True)))


def test_a_seventh_page_is_refused_by_name_in_each_language() -> None:
    short = [Section(f"page_{n}", "Page", (Bullets((("One.",),)),)) for n in range(PAGES + 1)]
    with pytest.raises(PageLimitError, match=r"section page_6: found page 7 .* at most 6"):
        pdf_bytes(plain(*short))
    both = itertools.chain(
        short[:PAGES],
        (replace(one, name=f"{one.name}_zh", language="zh-Hant") for one in short[:PAGES]),
    )
    assert len(read(pdf_bytes(plain(*both))).pages) == 2 * PAGES


def test_a_paper_in_two_languages_uses_the_forms_of_each() -> None:
    said = {"en": "Effect", "zh-Hant": "氣候影響", "zh-Hans": "气候影响"}
    sections = (
        Section(f"page_{number}", said[language], (Paragraph((said[language],)),), language)
        for number, language in enumerate(LANGUAGES)
    )
    content = pdf_bytes(plain(*sections))
    assert all(words in text_of(content) for words in said.values())
    names = "".join(one["/FontName"] for one in fonts_of(content))
    assert "climriskSansHK" in names
    assert "climriskSansSC" in names


def test_missing_characters_are_named_with_their_place_and_never_print_as_boxes() -> None:
    table = Table("owners", "Owners", (Column("Item"), Column("Owner")), ((("A",), ("김",)),))
    section = Section("summary", "Summary", (Paragraph(("Wave \U0001f30a.",)), table))
    with pytest.raises(MissingGlyphError) as caught:
        pdf_bytes(plain(section, company="Firm \U0001d504"))
    assert str(caught.value).splitlines() == [
        "company: no font has \U0001d504 (U+1D504)",
        "section summary, paragraph 1: no font has \U0001f30a (U+1F30A)",
        "section summary, table owners, row 1, column Owner: no font has 김 (U+AE40)",
        "allowed: add a font that has them with --font FILE, or leave them out",
    ]


def test_a_font_of_the_reader_prints_what_others_lack() -> None:
    section = Section("summary", f"Summary {FRAKTUR}", (Paragraph((FRAKTUR,)),))
    with pytest.raises(MissingGlyphError, match=r"section summary, title: .*U\+1D504"):
        pdf_bytes(plain(section))
    content = pdf_bytes(plain(section), fonts=[STIX])
    assert FRAKTUR in text_of(content)
    assert any("STIXGeneral" in one["/FontName"] for one in fonts_of(content))


def test_a_file_that_is_no_font_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"not a font")
    for path, found in (
        (broken, "found no font; allowed: a whole font file"),
        (tmp_path / "none.otf", "found no such file"),
        (tmp_path, "found a nameless file"),
    ):
        with pytest.raises(FontFileError, match=found):
            pdf_bytes(paper(), fonts=[path])


def test_bundled_fonts_hold_both_weights_of_the_same_characters() -> None:
    faces = {(font.family, font.is_bold): font for font in bundled_fonts()}
    for family in ("climrisk Sans HK", "climrisk Sans SC"):
        assert faces[family, False].characters == faces[family, True].characters
    assert read_font(STIX).family == "STIXGeneral"


def test_a_logo_and_colours_of_the_company() -> None:
    logo = (
        b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0h9v9z'/></svg>"
    )
    section = Section("summary", "Summary", (Paragraph(("Text.",)),))
    branded = pdf_bytes(plain(section), Brand("#5B2C83", "#B34A06", logo_vector=logo))
    assert [str(one["/Alt"]) for one in tags(branded) if "/Alt" in one] == [paper().company]
    assert branded != pdf_bytes(plain(section))
    with pytest.raises(TypesettingError, match="PDF: "):
        pdf_bytes(plain(section), Brand(logo_vector=b"<svg"))
