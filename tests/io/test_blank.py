from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from climrisk.domain.disclosure import SECTIONS, Disclosure, stated_answers
from climrisk.errors import RunFolderError
from climrisk.io.blank import write_blank_study
from climrisk.io.disclosure import read_disclosure
from climrisk.io.study import read_study
from tests.command_line import call
from tests.small_study import edited, small_study

OWN_SCENARIO = "own-scenario-ends-early"


def test_structure_is_kept_and_numbers_are_gone(tmp_path: Path) -> None:
    source = read_study("lx-technology-2023")
    write_blank_study(source, tmp_path / "blank")
    blank = read_study(tmp_path / "blank")
    assert set(blank.items) == set(source.items)
    years = {name: horizon.years for name, horizon in source.settings.horizons.items()}
    assert {name: horizon.years for name, horizon in blank.settings.horizons.items()} == years
    assert blank.settings.scenarios == source.settings.scenarios
    for name, item in blank.items.items():
        about = source.items[name]
        assert (item.title, item.kind, item.category) == (about.title, about.kind, about.category)
        assert item.occurrence is None
        assert (item.impact, item.links) == ({}, ())
    assert not blank.assessed
    assert not blank.measures
    assert not blank.settings.revenue_lines
    assert not blank.settings.exposures
    assert not blank.sites + blank.inventory


def test_nothing_copied_poses_as_the_company_s_own(tmp_path: Path) -> None:
    source = read_study("lx-technology-2023")
    write_blank_study(source, tmp_path / "blank")
    settings = read_study(tmp_path / "blank").settings
    for figure in (settings.discount_rate, settings.material_effect, settings.appetite):
        assert figure.basis == "assumption"
        assert "replace by the company's own figure" in (figure.source or "")
    assert settings.notice is None
    text = (tmp_path / "blank" / "study.yaml").read_text(encoding="utf-8")
    assert "LX" not in text


def test_the_examples_in_the_comments_are_valid(tmp_path: Path) -> None:
    folder = tmp_path / "blank"
    write_blank_study(read_study(small_study(tmp_path / "small")), folder)
    for file in ("study.yaml", "register.yaml", "targets.yaml"):
        lines = (folder / file).read_text(encoding="utf-8").splitlines()
        shown = [line.removeprefix("# ") for line in lines if line.startswith("# ")]
        if file == "study.yaml":
            example = [line for line in shown if not line.startswith(("The frame", "Add the"))]
            text = "\n".join([*lines, *example])
        elif file == "targets.yaml":
            example = [line.removeprefix("  ") for line in shown if line.startswith("    ")]
            text = "\n".join(lines).replace("targets: {}", "\n".join(["targets:", *example]))
        else:
            example = [line for line in shown if line.startswith("    ")]
            text = "\n".join(lines).replace("  O-1:", "\n".join(["  O-1:", *example]), 1)
        (folder / file).write_text(text + "\n", encoding="utf-8")
    study = read_study(folder)
    assert list(study.assessed) == ["O-1"]
    assert set(study.settings.exposures) == {"warehouse_stock"}
    assert set(study.targets) == {"T-GHG"}


def test_every_question_of_a_disclosure_is_asked_and_none_is_answered(tmp_path: Path) -> None:
    folder = tmp_path / "blank"
    write_blank_study(read_study("lx-technology-2023"), folder)
    assert read_disclosure(folder) is None
    text = (folder / "disclosure.yaml").read_text(encoding="utf-8")
    asked = yaml.safe_load("\n".join(one.removeprefix("# ") for one in text.splitlines()[13:]))
    assert {name: list(asked[name]) for name in SECTIONS} == {
        name: list(type(Disclosure.model_fields[name].get_default()).model_fields)
        for name in SECTIONS
    }


def test_a_disclosure_whose_comments_were_taken_away_in_part_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "blank"
    write_blank_study(read_study("lx-technology-2023"), folder)
    file = folder / "disclosure.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    frame = [line.removeprefix("# ") for line in lines if line.startswith("# schema")]
    example = [line.removeprefix("#     ") for line in lines if line.startswith("#     ")]
    dates = [line.removeprefix("# ") for line in lines if line.startswith("# financial_year")]
    stated = [*lines, *frame, "issuer_tier: gem", *dates, *example]
    file.write_text("\n".join(stated) + "\n", encoding="utf-8")
    read = read_disclosure(folder)
    assert read is not None
    assert [name for name, _ in stated_answers(read)] == ["governance.board_informed"]
    assert read.financial_year.begins == "2023-01-01"


def test_own_scenarios_come_along(tmp_path: Path) -> None:
    source = small_study(tmp_path / "small")
    (source / "scenarios").mkdir()
    text = Path(__file__).parents[1] / "faults" / OWN_SCENARIO / "scenarios" / "calm.yaml"
    fixed = text.read_text(encoding="utf-8").replace("{2024: 1.2, 2028: 1.3}", "{2020: 1, 2030: 2}")
    (source / "scenarios" / "calm.yaml").write_text(fixed, encoding="utf-8")
    edited(source / "study.yaml", ("scenarios: [current_policies]", "scenarios: [calm]"))
    edited(
        source / "study.yaml", ("reference_scenario: current_policies", "reference_scenario: calm")
    )
    assert call("new", tmp_path / "blank", "--from", source).code == 0
    assert read_study(tmp_path / "blank").settings.scenarios == ("calm",)


def test_an_existing_folder_is_left_alone(tmp_path: Path) -> None:
    source = read_study(small_study(tmp_path / "small"))
    with pytest.raises(RunFolderError, match="small exists already"):
        write_blank_study(source, tmp_path / "small")
    assert read_study(tmp_path / "small").assessed
