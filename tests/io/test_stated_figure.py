"""Figures that a study states, found by their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from climrisk.errors import RunFolderError
from climrisk.io.stated_figure import find_stated
from tests.charts.worlds import charted_study, four_items
from tests.report.run_folders import run_of


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    study = charted_study({"R.1.x": four_items()["R-POL-1"], "R.1": four_items()["R-ACU-1"]})
    return run_of(study, tmp_path_factory.mktemp("stated") / "run").folder


def test_a_stated_figure_comes_with_its_basis(run: Path) -> None:
    found = find_stated(run, "study.json/register.R.1.x.impact.price.amount.value")
    assert (float(found.value), found.basis) == (2.0, "reported")


def test_names_with_dots_are_not_confused(run: Path) -> None:
    assert find_stated(run, "study.json/register.R.1.title.en").value == "Rainstorm"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("settings.appetit.value", "did you mean 'appetite'"),
        ("settings.appetite", "no figure but several"),
        ("settings.appetite.value.more", "not stated"),
    ],
)
def test_what_is_not_there_is_named(run: Path, path: str, reason: str) -> None:
    with pytest.raises(RunFolderError, match=reason):
        find_stated(run, f"study.json/{path}")
