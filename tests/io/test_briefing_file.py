"""Reading briefing.yaml: every fault at once, brand files that cannot harm."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from climrisk.domain.briefing import Briefing
from climrisk.domain.colour import contrast, text_on
from climrisk.errors import InvalidStudyError
from climrisk.io.briefing_file import briefing_files, read_briefing
from climrisk.io.study import read_study
from tests.small_study import small_study

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    + struct.pack(">II", 4, 4)
    + b"\x08\x02\0\0\0"
    + b"\0" * 8
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1"/></svg>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_study(tmp_path / "study")


def faults(folder: Path, text: str) -> str:
    (folder / "briefing.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidStudyError) as refused:
        read_briefing(folder, read_study(folder))
    return str(refused.value)


def test_no_file_is_an_empty_briefing_for_information(folder: Path) -> None:
    found = read_briefing(folder, read_study(folder))
    assert (found, found.aim) == (Briefing(), "information")
    assert briefing_files(folder, read_study(folder)) == {}


def test_decisions_make_it_a_paper_for_decision(folder: Path) -> None:
    (folder / "briefing.yaml").write_text("schema: 1\ndecisions: [{ask: Decide.}]\n")
    assert read_briefing(folder, read_study(folder)).aim == "decision"


def test_faults_come_all_at_once_with_their_lines(folder: Path) -> None:
    told = faults(
        folder,
        "schema: 1\npurpose: fun\nowner: " + "x" * 91 + "\nbrand: {primary: red}\ncolour: 1\n",
    )
    assert "briefing.yaml:2: purpose: found text 'fun'" in told
    assert "briefing.yaml:3: owner: found 91 characters in en; allowed: at most 90" in told
    assert "briefing.yaml:4: brand.primary" in told
    assert "briefing.yaml:5: colour: unknown key" in told


def test_ids_of_the_study_are_checked(folder: Path) -> None:
    told = faults(
        folder,
        "schema: 1\nfocus: {scenario: nowhere, horizon: never}\n"
        "decisions:\n  - ask: Decide.\n    options: [{text: One, measures: [M-NONE]}]\n",
    )
    assert "briefing.yaml:2: focus.scenario: unknown scenario 'nowhere'" in told
    assert "focus.horizon: unknown horizon 'never'" in told
    assert "briefing.yaml:5: decisions[1].options[1].measures[1]: unknown planned measure" in told


def test_a_reference_needs_its_figure(folder: Path) -> None:
    told = faults(folder, 'schema: 1\nnarrative: {summary: "It costs {{cost}}."}\n')
    assert "narrative.summary: found unknown figure {{cost}}" in told


@pytest.mark.parametrize("key", ["../secret.csv/a=b", "summary.csv", "study.json/x", "a=b"])
def test_a_key_names_a_figure_of_a_table(folder: Path, key: str) -> None:
    told = faults(folder, f"schema: 1\nfigures: {{one: {{key: '{key}', value: 1}}}}\n")
    assert "allowed: file.csv/column=value" in told


@pytest.mark.parametrize(
    "path", ["../brand/logo.png", "/etc/passwd", "brand/../logo.png", "logo.png", "brand/l.exe"]
)
def test_brand_files_lie_in_their_folder(folder: Path, path: str) -> None:
    assert "briefing.yaml:2: brand.logo" in faults(folder, f"schema: 1\nbrand: {{logo: {path}}}\n")


@pytest.mark.parametrize(
    ("name", "field", "content", "reason"),
    [
        ("logo.png", "logo", b"GIF89a", "no PNG picture"),
        ("logo.png", "logo", PNG.replace(struct.pack(">I", 4), struct.pack(">I", 9999)), "pixels"),
        ("logo.png", "logo", PNG + b"\0" * 2_000_001, "bytes"),
        ("l.svg", "logo_vector", b"<html></html>", "no SVG drawing"),
        ("l.svg", "logo_vector", SVG.replace("<path", "<script>x</script><path").encode(), "code"),
        ("l.svg", "logo_vector", SVG.replace("<path", '<path onclick="x"').encode(), "code"),
        (
            "l.svg",
            "logo_vector",
            SVG.replace("<path", "<image href='http://e'/><path").encode(),
            "code",
        ),
        ("l.svg", "logo_vector", b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SVG.encode(), "code"),
        ("t.pptx", "template", b"no archive", "no PowerPoint"),
    ],
)
def test_what_is_no_picture_is_refused(
    folder: Path, name: str, field: str, content: bytes, reason: str
) -> None:
    (folder / "brand").mkdir()
    (folder / "brand" / name).write_bytes(content)
    told = faults(folder, f"schema: 1\nbrand: {{{field}: brand/{name}}}\n")
    assert f"brand.{field}" in told
    assert reason in told


def test_a_missing_brand_file_is_named(folder: Path) -> None:
    told = faults(folder, "schema: 1\nbrand: {logo: brand/logo.png}\n")
    assert "brand.logo: found no file logo.png" in told


def test_good_brand_files_are_kept_by_runs(folder: Path) -> None:
    (folder / "brand").mkdir()
    (folder / "brand" / "logo.png").write_bytes(PNG)
    (folder / "brand" / "l.svg").write_text(SVG)
    with zipfile.ZipFile(folder / "brand" / "t.pptx", "w") as book:
        book.writestr("ppt/presentation.xml", "<p/>")
    (folder / "briefing.yaml").write_text(
        "schema: 1\nbrand: {logo: brand/logo.png, logo_vector: brand/l.svg, "
        "template: brand/t.pptx, primary: '#123456', accent: '#B34A06'}\n"
    )
    kept = briefing_files(folder, read_study(folder))
    assert sorted(kept) == ["brand/l.svg", "brand/logo.png", "brand/t.pptx", "briefing.yaml"]
    assert kept["brand/logo.png"] == PNG


@pytest.mark.parametrize(("field", "colour"), [("primary", "#FFD166"), ("accent", "#EEEEEE")])
def test_colours_that_cannot_be_seen_on_paper_are_refused(
    folder: Path, field: str, colour: str
) -> None:
    told = faults(folder, f"schema: 1\nbrand: {{{field}: '{colour}'}}\n")
    assert "or more (WCAG AA)" in told


def test_contrast_is_that_of_wcag() -> None:
    """Black on white is 21:1, and #777777 on white 4.48:1, as WCAG's own techniques print."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("colour", ["#000000", "#767676", "#FFD166", "#0072B2", "#FFFFFF"])
def test_black_or_white_can_be_read_on_any_colour(colour: str) -> None:
    assert contrast(text_on(colour), colour) >= 4.5
