from __future__ import annotations

from pathlib import Path

import pytest

from climrisk.io.scenarios import ScenarioShelf
from climrisk.io.study import read_study
from tests.small_study import BROKEN, small_study

BUNDLED = {
    "net_zero_2050",
    "below_2c",
    "delayed_transition",
    "ndcs",
    "current_policies",
    "high_warming",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = small_study(tmp_path / "small")
    (folder / "scenarios").mkdir()
    return folder


def calm(**changes: str) -> str:
    file = BROKEN / "own-scenario-ends-early" / "scenarios" / "calm.yaml"
    text = file.read_text(encoding="utf-8")
    for old, new in {"{2024: 1.2, 2028: 1.3}": "{2020: 1, 2100: 2}", **changes}.items():
        assert old in text
        text = text.replace(old, new)
    return text


def test_without_own_scenarios_the_bundled_ones_are_there(tmp_path: Path) -> None:
    shelf = ScenarioShelf(tmp_path)
    assert shelf.names == BUNDLED
    assert shelf.faults == []
    assert {"heavy_rain_frequency", "cyclone_wind"} <= set(shelf.responses)


def test_own_scenarios_stand_beside_the_bundled_ones(folder: Path) -> None:
    (folder / "scenarios" / "calm.yaml").write_text(calm(), encoding="utf-8")
    assert ScenarioShelf(folder).names == BUNDLED | {"calm"}


def test_an_own_scenario_comes_before_a_bundled_one_of_its_name(folder: Path) -> None:
    file = folder / "scenarios" / "current_policies.yaml"
    file.write_text(calm(**{"id: calm": "id: current_policies"}), encoding="utf-8")
    assert read_study(folder).scenarios["current_policies"].title.best() == "Calm"


def test_a_scenario_that_nobody_names_is_not_read(folder: Path) -> None:
    (folder / "scenarios" / "other.yaml").write_text("not: a scenario\n", encoding="utf-8")
    study = read_study(folder)
    assert set(study.scenarios) == {"current_policies"}


def test_a_scenario_is_read_once_and_its_faults_are_told_once(folder: Path) -> None:
    (folder / "scenarios" / "current_policies.yaml").write_text("- a list\n", encoding="utf-8")
    shelf = ScenarioShelf(folder)
    settings = read_study("lx-technology-2023").settings
    assert "current_policies" not in shelf.used_by(settings, {})
    assert "current_policies" not in shelf.used_by(settings, {})
    assert [str(fault) for fault in shelf.faults] == [
        "scenarios/current_policies.yaml:1: found a list; allowed: a mapping of keys to values"
    ]


def test_only_named_responses_are_kept(tmp_path: Path) -> None:
    shelf = ScenarioShelf(tmp_path)
    settings = read_study("lx-technology-2023").settings
    used = shelf.used_by(settings, {})
    assert set(shelf.responses_of(used)) == {
        "heavy_rain_frequency",
        "extreme_heat_frequency",
        "cyclone_wind",
    }
    assert shelf.responses_of({}) == {}
