from __future__ import annotations

from pathlib import Path

from tests.command_line import call


def test_a_new_study_is_valid_and_runs_before_anything_is_filled_in(tmp_path: Path) -> None:
    folder = tmp_path / "our study"
    made = call("new", folder)
    assert (made.code, made.err) == (0, "")
    assert made.out.splitlines()[-1] == f"check with: climrisk validate {folder}"
    checked = call("validate", folder)
    assert (checked.code, checked.err) == (0, "")
    assert checked.out.startswith("our study: no faults; 0 of 10 items assessed")
    ran = call("run", folder, "--draws", 20, "--out", tmp_path / "run")
    assert (ran.code, ran.err) == (0, "")
    assert "nothing is assessed yet" in ran.out


def test_an_existing_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "study.yaml").write_text("mine")
    found = call("new", tmp_path / "mine")
    assert found == (1, "", f"{tmp_path / 'mine'} exists already; name a folder that does not\n")
    assert (tmp_path / "mine" / "study.yaml").read_text() == "mine"


def test_a_source_that_is_no_study_is_refused(tmp_path: Path) -> None:
    found = call("new", tmp_path / "mine", "--from", tmp_path)
    assert (found.code, found.out) == (1, "")
    assert "the folder has no study.yaml; allowed: a study folder" in found.err
    assert not (tmp_path / "mine").exists()
