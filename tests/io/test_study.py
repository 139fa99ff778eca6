from __future__ import annotations

import codecs
import shutil
from pathlib import Path

import pytest

from climrisk.errors import InvalidStudyError
from climrisk.io.run_folder import canonical_json
from climrisk.io.study import read_study
from climrisk.paths import bundled
from tests.small_study import BROKEN, broken_studies, edited, small_study

TITLE = "title: Rain at the warehouse"


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(InvalidStudyError) as caught:
        read_study(folder)
    return str(caught.value).splitlines()


@pytest.mark.parametrize("name", broken_studies())
def test_a_broken_study_names_each_fault_with_file_line_field_found_and_allowed(name: str) -> None:
    expected = (BROKEN / name / "expected.txt").read_text(encoding="utf-8")
    assert faults_of(BROKEN / name) == expected.splitlines()


def test_enough_mistakes_are_kept() -> None:
    assert len(broken_studies()) >= 25


@pytest.mark.parametrize("name", broken_studies())
def test_messages_have_neither_jargon_nor_repetition(name: str) -> None:
    lines = (BROKEN / name / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert lines
    assert len(set(lines)) == len(lines)
    for jargon in ("Input should", "validation error", "dict", "NoneType", "Traceback", "tuple"):
        assert not [line for line in lines if jargon in line]


def test_the_study_that_the_broken_ones_vary_has_no_fault(tmp_path: Path) -> None:
    study = read_study(small_study(tmp_path / "small"))
    assert study.name == "small"
    assert sorted(study.assessed) == ["O-1", "R-1"]


def test_a_study_holds_the_scenarios_and_responses_that_it_uses_and_no_others(
    tmp_path: Path,
) -> None:
    folder = small_study(tmp_path / "small")
    edited(
        folder / "register.yaml",
        (
            "    occurrence: {type: annual, law: bernoulli",
            "    evidence: a reading\n    occurrence: {type: annual, law: bernoulli",
        ),
    )
    edited(folder / "study.yaml", ("scenarios: [current_policies]", "scenarios: [ndcs]"))
    study = read_study(folder)
    assert sorted(study.scenarios) == ["current_policies", "ndcs"]
    assert "heavy_rain_frequency" in study.responses
    assert {one.driver for one in study.responses.values()} == {"warming"}


def test_the_scenario_of_a_frame_is_read_even_where_it_is_not_run(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "small")
    text = (folder / "register.yaml").read_text(encoding="utf-8")
    text = text.replace("2026], given", "2026], conditions: below_2c, given")
    (folder / "register.yaml").write_text(text, encoding="utf-8")
    assert sorted(read_study(folder).scenarios) == ["below_2c", "current_policies"]


def test_reading_twice_gives_the_same_canonical_json(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "small")
    assert canonical_json(read_study(folder)) == canonical_json(read_study(folder))


@pytest.mark.parametrize("name", ["a study", "氣候 研究", "étude-été", "100% (copy)"])
def test_folders_may_have_any_name(tmp_path: Path, name: str) -> None:
    assert read_study(small_study(tmp_path / name)).name == name


def test_a_bundled_study_is_found_by_its_name() -> None:
    assert read_study("lx-technology-2023").name == "lx-technology-2023"


def test_a_path_that_is_no_study_says_what_is_there_and_what_is_allowed(tmp_path: Path) -> None:
    allowed = "allowed: a study folder, or a bundled study: lx-technology-2023"
    assert faults_of(tmp_path / "nowhere") == [f"{tmp_path / 'nowhere'}: no such folder; {allowed}"]
    assert faults_of(tmp_path) == [f"{tmp_path}: the folder has no study.yaml; {allowed}"]


def test_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "small")
    for file in ("study.yaml", "register.yaml"):
        (folder / file).write_bytes(codecs.BOM_UTF8 + (folder / file).read_bytes())
    assert len(read_study(folder).items) == 2


@pytest.mark.parametrize(
    ("encoding", "title", "named"),
    [
        (
            "big5",
            "倉庫暴雨令設備受損，公司的損失增加",
            "Big5 (traditional Chinese) text, not UTF-8",
        ),
        ("gbk", "仓库暴雨使设备受损，公司的损失增加", "GBK (simplified Chinese) text, not UTF-8"),
        ("utf-16", "倉庫暴雨", "UTF-16 text, not UTF-8"),
    ],
)
def test_other_encodings_are_named_with_the_cure(
    tmp_path: Path, encoding: str, title: str, named: str
) -> None:
    folder = small_study(tmp_path / "small")
    edited(folder / "register.yaml", (TITLE, f"title: {title}"))
    text = (folder / "register.yaml").read_text(encoding="utf-8")
    (folder / "register.yaml").write_bytes(text.encode(encoding))
    line = 1 if encoding == "utf-16" else 6
    cure = "save the file as UTF-8 (in Excel: 'CSV UTF-8')"
    assert faults_of(folder) == [f"register.yaml:{line}: {named}; {cure}"]


def test_a_nul_byte_is_refused_with_its_line(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "small")
    edited(folder / "register.yaml", (TITLE, f"{TITLE}\0"))
    (fault,) = faults_of(folder)
    assert fault.startswith("register.yaml:6: a NUL byte: no plain text file")


def test_a_file_of_200_mb_is_refused_unread(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "small")
    with (folder / "register.yaml").open("r+b") as stream:
        stream.truncate(200_000_000)
    assert faults_of(folder) == ["register.yaml: 200 MB; allowed: at most 5 MB"]


def test_an_alias_bomb_is_refused_at_its_first_anchor(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "small")
    levels = ["  a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    for n in range(1, 30):
        levels.append(f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]")
    (folder / "register.yaml").write_text("schema: 1\nitems:\n" + "\n".join(levels) + "\n")
    found = faults_of(folder)
    assert found[0] == (
        "register.yaml:3: items.a0: anchor '&a0'; write the value out where it is needed"
    )
    assert any("too many faults, the rest of the file was not read" in line for line in found)
    assert len(found) < 150


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "small")
    (folder / "register.yaml").unlink()
    (folder / "register.yaml").mkdir()
    assert faults_of(folder) == ["register.yaml: not a regular file; allowed: a text file in UTF-8"]


def test_one_broken_item_does_not_hide_the_faults_of_another(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "small")
    edited(
        folder / "register.yaml",
        ("category: acute", "category: acuter"),
        ("revenue_line: services", "revenue_line: service"),
    )
    files = [fault.split(":")[1] for fault in faults_of(folder)]
    assert files == ["5", "31"]  # and the measure on the broken item is no fault


def test_an_activity_may_stand_at_a_listed_site_or_at_all_of_them(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "small")
    (folder / "inventory.csv").write_text(
        "source_id,site,year,quantity,unit,scope\n"
        "electricity,north,2023,1000,kWh,2\npetrol,all,2023,10,L,1\n"
    )
    assert faults_of(folder) == ["inventory.csv:2: site: unknown site 'north'; allowed: all"]
    (folder / "sites.csv").write_text("id,name,latitude,longitude\nnorth,North,22.5,114.1\n")
    assert len(read_study(folder).inventory) == 2


def test_sites_that_cannot_be_read_are_no_reason_to_blame_the_inventory(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "small")
    (folder / "inventory.csv").write_text(
        "source_id,site,year,quantity,unit,scope\nelectricity,north,2023,1000,kWh,2\n"
    )
    (folder / "sites.csv").write_text("id;name;latitude;longitude\nnorth;North;22.5;114.1\n")
    (fault,) = faults_of(folder)
    assert fault.startswith("sites.csv:1: columns separated by ';'")


def test_lx_is_copied_and_read_elsewhere_with_the_same_content(tmp_path: Path) -> None:
    copied = tmp_path / "lx-technology-2023"
    shutil.copytree(bundled("data") / "lx-technology-2023", copied)
    assert canonical_json(read_study(copied)) == canonical_json(read_study("lx-technology-2023"))
