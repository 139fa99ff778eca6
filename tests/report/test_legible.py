"""What is printed has a glyph, one direction, and lines that may end."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from climrisk.report.document import Figure
from climrisk.report.legible import breakable, legible, sentence
from climrisk.report.office.fitting import text_width


def test_controls_become_spaces_and_marks_of_direction_go() -> None:
    assert legible("a\x00b\r\nc\u2028d") == "a b  c d"
    assert legible("\u202eabc\u202c\u200b\ufeff") == "abc"
    assert legible("⚠\ufe0f") == "⚠"
    assert legible("e\u0301") == "é"
    assert legible("net is ") == "net is "  # the space before a figure stays


@given(st.text())
def test_nothing_without_a_glyph_is_left(text: str) -> None:
    kept = legible(text)
    assert not any(unicodedata.category(char).startswith("C") for char in kept)
    assert legible(kept) == kept


def test_spans_join_as_they_stand() -> None:
    figure = Figure("RMB 3 million", (3.0,), "CNY million", ("summary.csv/x",))
    assert sentence(("A loss of ", figure, " a year.")) == "A loss of RMB 3 million a year."


@given(st.text(alphabet=st.characters(exclude_characters="\u200b")), st.floats(1.0, 20.0))
def test_endless_words_may_break_and_stay_the_same(text: str, longest: float) -> None:
    broken = breakable(text, longest)
    assert broken.replace("\u200b", "") == text
    parts = broken.replace("\u200b", " ").split()
    shown = [part for part in parts if part.isascii() and part.isprintable()]
    assert all(text_width(part, 1.0) <= max(longest, 1.1) for part in shown)


def test_words_that_fit_stay_whole() -> None:
    assert breakable("Warehouse-flooding 1,793.1") == "Warehouse-flooding 1,793.1"
    assert breakable("procurement", 6.9) == "procurement"  # a seventh of the page
    assert breakable("x" * 28) == "x" * 28  # half the type size each, and so just the room
    assert breakable("x" * 29).count("\u200b") == 3
    assert breakable("OOOOOOOO", 3.1) == "OO\u200bOO\u200bOO\u200bOO"
