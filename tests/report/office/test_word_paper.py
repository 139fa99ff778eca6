"""Word papers: real styles, repeating heads, whole rows, faces and languages on every run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn

from climrisk.domain.colour import AA_TEXT, contrast
from climrisk.report.document import Bullets, Paragraph, Picture, Table
from climrisk.report.office.faces import EAST_ASIAN, TAGS
from climrisk.report.paper import docx_bytes
from climrisk.report.paper.runs import add_run
from tests.report.office.conftest import Written
from tests.report.paper import paper


def opened(content: bytes) -> Any:
    return docx.Document(BytesIO(content))


def parts(word: Any) -> Iterator[Any]:
    yield word.element
    yield word.sections[0].header._element
    yield word.sections[0].footer._element


def test_headings_have_words_own_styles_and_begin_a_page(written: tuple[Written, ...]) -> None:
    for one in written:
        word = opened(one.files["docx"])
        heads = [line for line in word.paragraphs if line.style.name == "Heading 1"]
        named = [section.title for section in one.document.sections]
        assert len(heads) == len(named)
        assert all(name in head.text for name, head in zip(named, heads, strict=True))
        breaks = [bool(head.paragraph_format.page_break_before) for head in heads]
        assert breaks == [False] + [True] * (len(heads) - 1)
        assert word.paragraphs[0].style.name == "Title"


def test_lists_are_lists(written: tuple[Written, ...]) -> None:
    styles = {line.style.name for line in opened(written[0].files["docx"]).paragraphs}
    assert {"List Bullet", "List Number", "Caption", "Briefing Lead", "Briefing Note"} <= styles


def test_each_numbered_list_counts_for_itself() -> None:
    counted = Bullets((("first",), ("second",)), numbered=True)
    made = paper("en")
    section = replace(made.sections[0], blocks=(counted, Paragraph(("between",)), counted))
    word = opened(docx_bytes(replace(made, sections=(section,))))
    lines = [line for line in word.paragraphs if line.style.name == "List Number"]
    numbers = [line._p.pPr.numPr.numId.val for line in lines]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]
    numbering = word.part.numbering_part.element
    for number in (numbers[0], numbers[2]):
        override = numbering.num_having_numId(number).find(qn("w:lvlOverride"))
        assert override.find(qn("w:startOverride")).get(qn("w:val")) == "1"


def test_properties_of_paragraphs_stand_in_words_order(written: tuple[Written, ...]) -> None:
    """ISO/IEC 29500-1, 17.3.1.26: a sequence; Word refuses some files that disturb it."""
    order = ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr", "pBdr", "tabs",
             "spacing", "ind", "contextualSpacing", "jc", "outlineLvl", "rPr"]  # fmt: skip
    word = opened(written[0].files["docx"])
    for part in (*parts(word), word.styles.element):
        for properties in part.iter(qn("w:pPr")):
            names = [child.tag.split("}")[1] for child in properties]
            ranks = [order.index(name) for name in names if name in order]
            assert ranks == sorted(ranks), names


def test_heads_of_tables_repeat_and_no_row_breaks(written: tuple[Written, ...]) -> None:
    for one in written:
        blocks = [block for section in one.document.sections for block in section.blocks]
        tables = opened(one.files["docx"]).tables
        assert len(tables) == sum(isinstance(block, Table) for block in blocks)
        for table in tables:
            assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
            assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
            assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))


def test_columns_fill_the_page(written: tuple[Written, ...]) -> None:
    for table in opened(written[0].files["docx"]).tables:
        assert abs(sum(column.width.cm for column in table.columns) - 17.0) < 0.05


def test_pictures_are_told_in_words(written: tuple[Written, ...]) -> None:
    for one in written:
        blocks = [block for section in one.document.sections for block in section.blocks]
        shapes = opened(one.files["docx"]).inline_shapes
        assert len(shapes) == sum(isinstance(block, Picture) for block in blocks)
        assert all(shape._inline.docPr.get("descr") for shape in shapes)


def test_every_run_names_a_chinese_face_and_both_languages(written: tuple[Written, ...]) -> None:
    for one in written:
        east = {TAGS[section.language] for section in one.document.sections} | {TAGS["zh-Hant"]}
        for part in parts(opened(one.files["docx"])):
            for run in part.iter(qn("w:r")):
                if run.find(qn("w:t")) is None:
                    continue
                faces = run.rPr.find(qn("w:rFonts"))
                assert faces.get(qn("w:eastAsia")) in EAST_ASIAN.values()
                language = run.rPr.find(qn("w:lang"))
                assert language.get(qn("w:val")) == "en-GB"
                assert language.get(qn("w:eastAsia")) in east


def test_foot_and_head_carry_stamp_notice_state_and_numbers(written: tuple[Written, ...]) -> None:
    for one in written:
        page = opened(one.files["docx"]).sections[0]
        foot = "".join(line.text for line in page.footer.paragraphs)
        assert one.document.stamp.run in foot
        assert one.document.stamp.notice in foot
        assert one.document.stamp.status in page.header.paragraphs[0].text
        codes = [code.text.strip() for code in page.footer._element.iter(qn("w:instrText"))]
        assert codes == ["PAGE", "NUMPAGES"]


def test_shaded_cells_keep_aa_contrast(written: tuple[Written, ...]) -> None:
    pairs = set()
    for one in written:
        for table in opened(one.files["docx"]).tables:
            for cell in table._tbl.iter(qn("w:tc")):
                shade = cell.tcPr.find(qn("w:shd")) if cell.tcPr is not None else None
                for colour in cell.iter(qn("w:color")):
                    if shade is not None:
                        fill = shade.get(qn("w:fill"))
                        pairs.add((f"#{fill}", f"#{colour.get(qn('w:val'))}"))
    assert len(pairs) >= 5
    assert [pair for pair in sorted(pairs) if contrast(*pair) < AA_TEXT] == []


def test_no_control_and_no_turning_mark_is_written(written: tuple[Written, ...]) -> None:
    hostile = next(one for one in written if one.name == "hostile")
    text = "".join(line.text for line in opened(hostile.files["docx"]).paragraphs)
    assert "\u202e" not in text
    assert "\x07" not in text
    assert "=HYPERLINK" in text


def test_no_line_ends_after_a_minus_or_within_a_short_id() -> None:
    paragraph = docx.Document().add_paragraph()
    told = "R-POL-1 high-emission trades:\t-3.6 to -4, M-SERVICE 2024-2026"
    add_run(paragraph, told, "en")
    assert len(list(paragraph._p.iter(qn("w:tab")))) == 1
    kept = [node.getnext().text for node in paragraph._p.iter(qn("w:noBreakHyphen"))]
    assert kept[2:] == ["3.6 to ", "4, M", "SERVICE 2024", "2026"]
    assert kept[:2] == ["POL", "1 high-emission trades:"]
    assert paragraph.text == told
