"""The parts of a briefing."""

from __future__ import annotations

from climrisk.report.document import (
    Bullets,
    Column,
    Document,
    Figure,
    Paragraph,
    Section,
    Stamp,
    State,
    Table,
    figures_of,
)


def figure(text: str) -> Figure:
    return Figure(text, (1.0,), "RMB million", ("summary.csv/subject=total",))


def test_figures_are_found_in_reading_order_wherever_they_stand() -> None:
    table = Table(
        "targets",
        "Targets",
        (Column("Target"), Column("Chance", "figure"), Column("Status", "state")),
        ((("Water",), (figure("third"),), State("on track", "tick", "on_track")),),
        notes=(("of ", figure("fourth")),),
    )
    section = Section(
        "summary",
        "Summary",
        (
            Paragraph(("A loss of ", figure("first"), " a year.")),
            Bullets((("no figure",), (figure("second"),))),
            table,
        ),
    )
    assert [one.text for one in figures_of(section)] == ["first", "second", "third", "fourth"]


def test_the_appendix_stands_apart_from_the_pages() -> None:
    sections = (Section("summary", "Summary", ()), Section("method", "Method", (), appendix=True))
    paper = Document("Title", "Company", (), sections, Stamp("run", "", "DRAFT"), "en")
    assert [section.name for section in paper.pages] == ["summary"]
    assert [section.name for section in paper.appendix] == ["method"]
