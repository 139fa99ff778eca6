"""Compiling before a first run: announced, once, and only where there is something to compile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from climrisk.cli.compile_first import compile_first
from climrisk.domain.study import Study
from climrisk.io.study import read_study
from climrisk.portable import compiling
from tests.small_study import small_study

Progress = Callable[[int, int], None]


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return read_study(small_study(tmp_path / "small"))


@pytest.fixture
def warmed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the studies that kernels were compiled with."""
    found: list[str] = []

    def warm_up(study: Study, progress: Progress) -> None:
        progress(1, 160)
        found.append(study.name)

    monkeypatch.setattr("climrisk.analysis.warm_up.warm_up", warm_up)
    return found


@pytest.mark.parametrize(("quiet", "lines"), [(False, 1), (True, 0)])
def test_a_first_run_says_that_it_compiles(
    study: Study,
    warmed: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    quiet: bool,
    lines: int,
) -> None:
    monkeypatch.setattr(compiling, "is_compiled", lambda: False)
    compile_first(study, quiet)
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", lines)
    assert ("half a minute" in err) is not quiet
    assert warmed == ["small"]


@pytest.mark.parametrize("name", ["is_compiled", "is_available"])
def test_nothing_is_compiled_where_all_is_kept_or_numpy_simulates(
    study: Study,
    warmed: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
) -> None:
    monkeypatch.setattr(compiling, name, lambda: name == "is_compiled")
    compile_first(study, quiet=False)
    assert capsys.readouterr() == ("", "")
    assert warmed == []
