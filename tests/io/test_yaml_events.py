from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from climrisk.io import yaml_events
from climrisk.io.tree import Tree
from climrisk.io.yaml_events import Event, events, quick_events
from climrisk.io.yaml_tree import _Reader, _tree, read_yaml
from climrisk.paths import bundled

MOST = 100_000
PARTS = (
    *("R-1", ": ", "\n", "  ", "- ", "[", "]", "{", "}", ",", '"', "'", "#", "倉", "? ", "|", ">"),
    *("0.5", "a b", "---", "...", "\\", "&x", "*x", "!t", "\r\n", "\n- ", ": |\n  ", ": >-\n  "),
)
LINES = st.lists(st.sampled_from(PARTS), max_size=14)


def tree_of(found: Iterator[Event], text: str) -> Tree:
    return _tree(_Reader("register.yaml", found), text, "register.yaml")


def plain(event: Any) -> tuple[Any, ...]:
    name = type(event).__name__
    if name == "ScalarEvent":
        return name, event.value, event.style or "", event.start_mark.line, event.anchor, event.tag
    return name, getattr(event, "anchor", None)


def test_both_libraries_tell_the_same_of_every_bundled_file() -> None:
    files = [*bundled("scenarios").glob("*.yaml"), *bundled("data").glob("*/*.yaml")]
    assert len(files) > 8
    for file in files:
        text = file.read_text(encoding="utf-8")
        quick = quick_events(text, MOST)
        assert quick is not None, file
        assert [*map(plain, quick)] == [*map(plain, events(text))], file


@given(LINES.map("".join))
def test_what_libyaml_reads_without_fault_is_what_the_other_reads(text: str) -> None:
    quick = quick_events(text, MOST)
    if quick is None:
        return
    tree = tree_of(iter(quick), text)
    if not tree.faults:
        assert tree == tree_of(events(text), text)


@pytest.mark.parametrize(
    "text", ["a:\tb", "a: b\x85c: d", "a: [", "a: b\u2028c", "a: |\n\n  b", "a: >#\n  b"]
)
def test_texts_that_may_be_read_differently_are_left_to_the_one_that_explains(text: str) -> None:
    assert quick_events(text, MOST) is None


def test_a_text_of_too_many_events_is_not_kept() -> None:
    assert quick_events("[" + "1, " * 50 + "]", 20) is None


def test_without_libyaml_files_read_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = (bundled("scenarios") / "net_zero_2050.yaml").read_text(encoding="utf-8")
    quick = read_yaml(text, "scenario.yaml")
    monkeypatch.setattr(yaml_events.yaml, "__with_libyaml__", False)
    assert quick_events(text, MOST) is None
    assert read_yaml(text, "scenario.yaml") == quick
