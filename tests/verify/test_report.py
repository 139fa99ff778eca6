from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from climrisk.verify.case import Case, Check, Estimate, Outcome
from climrisk.verify.document import Bullets, Document, Heading, Paragraph, Table
from climrisk.verify.equations import EQUATIONS
from climrisk.verify.markdown import to_markdown
from climrisk.verify.model import ASSUMPTIONS, LIMITS, PURPOSE
from climrisk.verify.page import to_page
from climrisk.verify.report import model_document, ours_and_theirs
from climrisk.verify.suite import CASES

METHOD = Path(__file__).resolve().parents[2] / "docs" / "method.md"
HOSTILE = '<script>alert("1")</script> | `a` & *b* [c](d)'
EVERYTHING = Document(
    HOSTILE,
    (
        Heading(2, HOSTILE),
        Paragraph(HOSTILE),
        Bullets((HOSTILE, "plain")),
        Table(("a", HOSTILE), ((HOSTILE, "1"), ("x", "2")), frozenset({1})),
    ),
)
EMPTY = {"meta", "br", "hr"}


class Reader(HTMLParser):
    """Collects text, tags and attributes, and holds that every tag is closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def test_the_page_escapes_everything() -> None:
    reader = read(to_page(EVERYTHING))
    assert "script" not in reader.tags
    assert reader.texts.count(HOSTILE) == 7


def test_the_page_needs_nothing_else(outcomes: tuple[Outcome, ...]) -> None:
    page = to_page(model_document(outcomes))
    reader = read(page)
    assert reader.attributes == {"charset", "class", "content", "lang", "name"}
    assert not re.search(r"https?:|url\(|@import", page)
    assert "@page" in page


def test_markdown_takes_no_text_for_markup() -> None:
    text = to_markdown(EVERYTHING)
    escaped = r'\<script\>alert("1")\</script\> \| \`a\` & \*b\* \[c\](d)'
    assert text.splitlines() == [
        f"# {escaped}",
        "",
        f"## {escaped}",
        "",
        escaped,
        "",
        f"- {escaped}",
        "- plain",
        "",
        f"| a | {escaped} |",
        "| --- | ---: |",
        f"| {escaped} | 1 |",
        "| x | 2 |",
    ]


@pytest.mark.parametrize("written", [to_markdown, to_page], ids=["markdown", "page"])
def test_the_document_holds_every_case_and_every_limit(
    outcomes: tuple[Outcome, ...],
    written: object,
) -> None:
    document = model_document(outcomes)
    text = written(document)  # type: ignore[operator]
    text = "".join(read(text).texts) if written is to_page else re.sub(r"\\(.)", r"\1", text)
    for case in CASES:
        assert f"{case.id}: {case.title}" in text
    for told in (*PURPOSE, *LIMITS, *ASSUMPTIONS, *(one.formula for one in EQUATIONS)):
        assert told in text
    figures = sum(len(one.checks) for one in outcomes)
    assert f"{len(CASES)} of {len(CASES)} cases passed, with {figures} figures" in text
    assert "FAIL" not in text


def test_a_missed_figure_is_told() -> None:
    check = Check("mean", Estimate(1.25, 0.01), 2.0, 0.05, "million")
    case = Case("X1", "A case", "a paper", lambda: (check,), 100, "Half of it.")
    text = to_markdown(model_document([Outcome(case, (check,))]))
    assert "0 of 1 cases passed" in text
    assert "Source: a paper. 100 draws." in text
    assert "Half of it." in text
    assert "| mean | 1.25 | 2 | 0.01 | 0.05 | 0.09 | million | FAIL |" in text


def test_the_document_is_the_same_every_time(outcomes: tuple[Outcome, ...]) -> None:
    assert to_page(model_document(outcomes)) == to_page(model_document(list(outcomes)))


def test_digits_follow_from_the_error() -> None:
    exact = Check("a", Estimate(1.23456789012345), 1.23456789, 0.0, "1")
    drawn = Check("a", Estimate(1.23456789012345, 0.1), 1.23456789, 0.0, "1")
    assert ours_and_theirs(exact) == ("1.23456789012", "1.23456789")
    assert ours_and_theirs(drawn) == ("1.23457", "1.23456789")


def test_the_method_page_states_the_same_model() -> None:
    text = " ".join(METHOD.read_text(encoding="utf-8").split())
    for equation in EQUATIONS:
        assert f"| {equation.name} | `{equation.formula}` | {equation.source} |" in text
    for told in (*ASSUMPTIONS, *LIMITS):
        assert f"- {told}" in text
