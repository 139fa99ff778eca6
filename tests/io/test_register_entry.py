"""One entry of the register as text and back, with every fault named by its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from climrisk.domain.study import Study
from climrisk.errors import ClimriskError, InvalidStudyError, RunFolderError
from climrisk.io.register_entry import entry, entry_text, with_entry, with_text, without_entry
from climrisk.io.save import save, save_as, unsaved
from climrisk.io.study import read_study
from tests.small_study import edited, small_study


@pytest.fixture(scope="module")
def lx() -> Study:
    return read_study("lx-technology-2023")


def test_every_entry_comes_back_as_it_was(lx: Study) -> None:
    for name in lx.items:
        assert with_text(lx, "items", name, entry_text(lx, "items", name)) == lx
        assert with_entry(lx, "items", name, entry(lx, "items", name)) == lx
    for name in lx.measures:
        assert with_text(lx, "measures", name, entry_text(lx, "measures", name)) == lx
    assert with_text(lx, "dependence", "", entry_text(lx, "dependence")) == lx


def test_a_new_item_needs_no_numbers(lx: Study) -> None:
    text = "kind: risk\ncategory: acute\ntitle: Hail\n"
    made = with_text(lx, "items", "R-NEW-1", text)
    assert "R-NEW-1" in made.not_assessed
    assert without_entry(made, "items", "R-NEW-1") == lx


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("owner:", "ownr:", r"R-REP-1:\d+: ownr: unknown key 'ownr'; did you mean 'owner'"),
        ("driver: emissions_asia", "driver: emission_asia", "unknown driver 'emission_asia'"),
        ("kind: risk", "kind: [risk", r"R-REP-1:2: a '\[' from line 1 without its end"),
        ("kind: risk", "kind: opportunity", "category reputation where kind is opportunity"),
    ],
)
def test_faults_of_a_text(lx: Study, old: str, new: str, message: str) -> None:
    text = entry_text(lx, "items", "R-REP-1").replace(old, new)
    with pytest.raises(InvalidStudyError, match=message):
        with_text(lx, "items", "R-REP-1", text)


@pytest.mark.parametrize("name", ["../x", "", "1st", "a b", "X" * 65])
def test_ids_that_no_study_has(lx: Study, name: str) -> None:
    with pytest.raises(InvalidStudyError, match=r"id: found .*; allowed: a letter, then"):
        with_entry(lx, "items", name, entry(lx, "items", "R-REP-1"))


def test_what_others_name_cannot_be_removed(lx: Study) -> None:
    with pytest.raises(InvalidStudyError, match="unknown item 'R-ACU-1'"):
        without_entry(lx, "items", "R-ACU-1")


def renamed(study: Study, owner: str) -> Study:
    """Return the study with another owner of its first item."""
    name = next(iter(study.items))
    return with_entry(study, "items", name, {**entry(study, "items", name), "owner": owner})


def test_saving_changes_what_changed_and_nothing_else(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "study")
    before = (folder / "register.yaml").read_text(encoding="utf-8")
    opened = read_study(folder)
    made = renamed(opened, "Somebody")
    assert len(unsaved(made, folder)) == 1
    assert len(save(made, opened, folder)) == 1
    assert read_study(folder) == made
    after = (folder / "register.yaml").read_text(encoding="utf-8")
    assert set(before.splitlines()) - set(after.splitlines()) <= {
        line for line in before.splitlines() if "owner" in line
    }


def test_a_folder_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "study")
    opened = read_study(folder)
    name = next(iter(opened.items))
    title = opened.items[name].title.best()
    edited(folder / "register.yaml", (title, "Another title"))
    before = (folder / "register.yaml").read_bytes()
    with pytest.raises(ClimriskError, match="study was changed since it was opened"):
        save(renamed(opened, "Somebody"), opened, folder)
    assert (folder / "register.yaml").read_bytes() == before


def test_saving_under_a_new_name_leaves_the_old_folder(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "study")
    opened = read_study(folder)
    made = save_as(renamed(opened, "Somebody"), folder, tmp_path, "ours")
    assert read_study(made).items == renamed(opened, "Somebody").items
    assert read_study(folder) == opened
    with pytest.raises(RunFolderError, match="exists already"):
        save_as(opened, folder, tmp_path, "ours")
