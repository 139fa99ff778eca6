"""Edits of plain data."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from climrisk.domain.edit import Edit, overlap, value_at, with_edits

DATA: dict[str, Any] = {"items": {"R-1": {"links": [{"driver": "a"}, {"driver": "b"}]}}}


def test_edits_leave_what_they_were_given_alone() -> None:
    changed = with_edits(DATA, [Edit(("items", "R-1", "links", 1, "driver"), "c")])
    assert value_at(changed, ("items", "R-1", "links", 1, "driver")) == "c"
    assert value_at(DATA, ("items", "R-1", "links", 1, "driver")) == "b"


def test_missing_mappings_are_made_and_entries_removed() -> None:
    changed = with_edits(DATA, [Edit(("a", "b"), 1), Edit(("items", "R-1", "links", 0), None)])
    assert changed == {"items": {"R-1": {"links": [{"driver": "b"}]}}, "a": {"b": 1}}
    assert with_edits(DATA, [Edit(("items", "R-2"), None)]) == DATA
    assert with_edits(None, [Edit(("a",), 1)]) == {"a": 1}


@pytest.mark.parametrize(
    "path", [("items", "R-1", "links", 2, "driver"), ("items", "R-1", "links", 2), ("x", "y", "z")]
)
def test_a_place_that_cannot_be_is_refused(path: tuple[str | int, ...]) -> None:
    with pytest.raises(KeyError, match=f"no place {'.'.join(map(str, path))}"):
        with_edits({**DATA, "x": 1}, [Edit(path, 1)])


@pytest.mark.parametrize("path", [("items", "R-2"), ("items", "R-1", "links", 9), ("items", 1, 2)])
def test_nothing_stands_where_nothing_is(path: tuple[str | int, ...]) -> None:
    assert value_at(DATA, path) is None


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=4), st.integers())
def test_an_edit_and_its_inverse_leave_nothing_behind(path: list[str], new: int) -> None:
    place = tuple(path)
    there = with_edits({}, [Edit(place, new)])
    assert value_at(there, place) == new
    assert with_edits(there, [Edit(place[:1], None)]) == {}


def test_overlap_is_one_place_inside_the_other() -> None:
    assert overlap(("a", "b"), ("a",))
    assert overlap(("a",), ("a", "b"))
    assert not overlap(("a", "b"), ("a", "c"))
