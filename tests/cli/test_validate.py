from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line import call
from tests.small_study import BROKEN, broken_studies, edited, small_study


@pytest.mark.parametrize("name", broken_studies())
def test_faults_are_told_on_the_error_output_and_nothing_is_run_or_written(
    name: str, tmp_path: Path
) -> None:
    expected = (BROKEN / name / "expected.txt").read_text(encoding="utf-8")
    assert call("validate", BROKEN / name) == (1, "", expected)
    out = tmp_path / "run"
    assert call("run", BROKEN / name, "--out", out) == (1, "", expected)
    assert list(tmp_path.iterdir()) == []


def test_a_study_without_faults_says_so_and_warns(tmp_path: Path) -> None:
    found = call("validate", small_study(tmp_path / "a study"))
    assert (found.code, found.err) == (0, "")
    assert found.out.splitlines()[:3] == [
        "a study: no faults; 2 of 2 items assessed",
        "warning: 1 scenario: a resilience view needs two or more",
        "warning: no scenario whose median warming in 2100 is within 1.5 °C",
    ]


def test_items_that_are_not_assessed_are_listed_one_a_line(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "small")
    edited(
        folder / "register.yaml",
        ("title: More repairs sold", 'title: "More repairs\\nwarning: all is well"'),
        ("    occurrence: {type: annual, law: bernoulli, probability: 0.4}\n", ""),
    )
    found = call("validate", folder)
    assert found.code == 0
    assert "1 of 2 items assessed" in found.out
    assert "not assessed: O-1 More repairs warning: all is well" in found.out.splitlines()


def test_what_is_no_study_is_answered_with_those_that_are() -> None:
    found = call("validate", "lx-technolgy-2023")
    assert found == (
        1,
        "",
        "lx-technolgy-2023: no such folder; allowed: a study folder, or a bundled study: "
        "lx-technology-2023\n",
    )
