"""Labels in the register are looked up in the study's own map."""

from __future__ import annotations

from pathlib import Path

import pytest

from climrisk.errors import InvalidStudyError
from climrisk.io.study import read_study
from tests.small_study import small_study

MAP = """\
labels:
  likelihood: {rare: {low: 0, mode: 0.1, high: 1}, frequent: {low: 10, mode: 24, high: 52}}
"""


def labelled(folder: Path, word: str) -> Path:
    study = small_study(folder / "study")
    settings = study / "study.yaml"
    settings.write_text(settings.read_text() + MAP)
    register = study / "register.yaml"
    text = register.read_text()
    assert "rate: {p5: 0.1, p95: 0.8}" in text
    register.write_text(text.replace("rate: {p5: 0.1, p95: 0.8}", f"rate: {word}"))
    return study


def test_a_word_stands_for_the_statement_of_the_map(tmp_path: Path) -> None:
    study = read_study(labelled(tmp_path, "frequent"))
    likelihood = study.items["R-1"].occurrence.likelihood
    assert likelihood.mean() == pytest.approx(26.333, abs=5e-4)  # evaluator's published mapping
    assert likelihood.in_words().startswith("frequent")


def test_an_unknown_word_is_named_with_the_words_there_are(tmp_path: Path) -> None:
    with pytest.raises(InvalidStudyError, match=r"rate: .*'frequant'.*did you mean 'frequent'"):
        read_study(labelled(tmp_path, "frequant"))
