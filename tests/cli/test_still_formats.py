"""Formats that a second process writes: the same bytes, and errors where they can be told."""

from __future__ import annotations

import multiprocessing
import sys
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import SimpleNamespace

import pytest

from climrisk.cli import still_formats
from climrisk.cli.still_formats import Beside
from climrisk.report.brand import PLAIN
from climrisk.report.briefing import briefing
from climrisk.report.document import Document
from climrisk.report.formats import FORMATS
from tests.charts.worlds import charted_study, four_items
from tests.report.run_folders import run_of


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    folder = tmp_path_factory.mktemp("beside") / "run"
    return briefing(run_of(charted_study(four_items()), folder), "en")


def test_another_process_writes_the_same_bytes_and_ends(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(still_formats, "_pays", lambda: True)
    with Beside(True) as beside:
        received = beside.begin(document, PLAIN, (), tuple(FORMATS))
        failed = beside.begin(document, PLAIN, (Path("no-such.ttf"),), ("pdf",))
        for ending in ("docx", "pdf"):
            written = received(ending)
            assert written is not None
            assert written.content == FORMATS[ending](document, PLAIN, ())
        assert received("html") is None
        assert failed("pdf") is None  # whoever asks writes it, and meets the error
    assert not multiprocessing.active_children()


def test_no_process_where_libraries_are_loaded(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", still_formats)
    with Beside(True) as beside:
        assert beside.begin(document, PLAIN, (), tuple(FORMATS))("docx") is None
    assert not multiprocessing.active_children()


class _Broken:
    def submit(self, *work: object) -> None:
        raise BrokenProcessPool("a child process terminated abruptly")


def test_a_process_that_died_leaves_the_files_to_whoever_asks(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = Beside(False)
    monkeypatch.setattr(beside, "_pool", _Broken())
    assert beside.begin(document, PLAIN, (), tuple(FORMATS))("docx") is None


def test_a_program_of_somebody_else_is_not_loaded_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "matplotlib", raising=False)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    found = {}
    for file in ("bin/climrisk", "climrisk/__main__.py", "own/report.py", None):
        monkeypatch.setitem(sys.modules, "__main__", SimpleNamespace(__file__=file))
        found[file] = still_formats._pays()
    assert list(found.values()) == [True, True, False, False]
