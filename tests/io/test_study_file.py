"""One file of a study, edited in place."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from climrisk.domain.edit import Edit
from climrisk.errors import ClimriskError, InvalidStudyError
from climrisk.io.folder_lock import folder_lock
from climrisk.io.study import read_study
from climrisk.io.study_file import StudyFile
from tests.small_study import small_study

PATH = ("items", "R-1", "impact", "repair", "amount")


@pytest.fixture
def file(tmp_path: Path) -> StudyFile:
    folder = small_study(tmp_path / "study")
    register = folder / "register.yaml"
    register.write_text("# top\n" + register.read_text() + "# bottom\n", encoding="utf-8")
    return StudyFile(folder)


def test_only_the_place_changes(file: StudyFile) -> None:
    before = file.text()
    after, study = file.edited(before, [Edit(PATH, {"p5": 0.2, "p95": 7})])
    assert after == before.replace("{p5: 0.2, p95: 3}", "{p5: 0.2, p95: 7}")
    assert file.text() == before
    assert file.write(before, after) == ""
    assert study == read_study(file._folder)


def test_line_ends_stay_as_they_are(file: StudyFile) -> None:
    register = file._folder / "register.yaml"
    register.write_bytes(register.read_bytes().replace(b"\n", b"\r\n"))
    after, _ = file.edited(file.text(), [Edit(PATH, 7)])
    assert after.count("\r\n") == after.count("\n") == file.text().count("\n")


def test_the_difference_is_shown_instead_of_written(file: StudyFile) -> None:
    before = file.text()
    (file._folder / "register.yaml").write_text(before.replace("bottom", "end"), encoding="utf-8")
    difference = file.write(before, "whatever")
    assert difference.splitlines()[:2] == ["--- register.yaml as read", "+++ register.yaml"]
    assert "-# bottom\n+# end" in difference
    assert file.text() == before.replace("bottom", "end")


@pytest.mark.parametrize("name", ["sites.csv", "../study.yaml", "notes.txt"])
def test_no_other_file_can_be_edited(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="allowed a YAML file of a study"):
        StudyFile(tmp_path, name)


def test_faults_are_told_with_their_line(file: StudyFile) -> None:
    with pytest.raises(InvalidStudyError, match=r"register\.yaml:\d+: items\.R-1.*channel"):
        file.edited(file.text(), [Edit(("items", "R-1", "impact", "repair", "channel"), "x")])
    with pytest.raises(InvalidStudyError, match=r"register\.yaml:2"):
        file.data("a: 1\na: 2\n")


def test_a_folder_that_cannot_be_written_is_told(
    file: StudyFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("climrisk.io.study_file.write_atomically", refuse)
    with pytest.raises(ClimriskError, match=r"register\.yaml cannot be written: No space left"):
        file.write(file.text(), "new")


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    order: list[str] = []
    started = threading.Event()

    def other() -> None:
        started.set()
        with folder_lock(tmp_path):
            order.append("other")

    with folder_lock(tmp_path):
        thread = threading.Thread(target=other)
        thread.start()
        started.wait()
        thread.join(0.05)
        order.append("first")
    thread.join()
    assert order == ["first", "other"]
    assert list(tmp_path.iterdir()) == []
