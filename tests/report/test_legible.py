"""What is printed has a glyph, one direction, and lines that may end."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from climrisk.report.document import Figure
from climrisk.report.legible import breakable, legible, sentence


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


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\u200b")))
def test_endless_words_may_break_and_stay_the_same(text: str) -> None:
    broken = breakable(text)
    assert broken.replace("\u200b", "") == text
    for word in broken.replace("\u200b", " ").split(" "):
        assert sum("!" <= char <= "~" for char in word) < 25 or not word.isascii()


def test_ordinary_words_stay_whole() -> None:
    assert breakable("Warehouse-flooding 1,793.1") == "Warehouse-flooding 1,793.1"
    assert breakable("x" * 25).count("\u200b") == 2
