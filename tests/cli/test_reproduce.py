from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from climrisk import __version__
from tests.command_line import call
from tests.small_study import edited, small_study


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a run whose study is gone."""
    folder = tmp_path_factory.mktemp("runs")
    study = small_study(folder / "small")
    words = ("--draws", 60, "--seed", 5, "--no-picture", "--quiet")
    assert call("run", study, *words, "--out", folder / "run").code == 0
    shutil.rmtree(study)
    return folder / "run"


@pytest.fixture
def copied(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "copy of run"))


def test_a_copy_is_reproduced_elsewhere_without_its_study(copied: Path) -> None:
    found = call("reproduce", copied)
    assert found == (
        0,
        f"{copied}: reproduced, 7 tables to the last digit (seed 5, 60 draws)\n",
        "",
    )


def test_a_changed_figure_is_named_with_its_line(copied: Path) -> None:
    file = copied / "annual.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    cells = lines[6].split(",")
    changed = ",".join([*cells[:6], "123.5\x1b[31m", *cells[7:]])
    file.write_text("".join([*lines[:6], changed, *lines[7:]]), encoding="utf-8")
    found = call("reproduce", copied)
    assert (found.code, found.out) == (1, "")
    first, second = found.err.splitlines()
    assert first.startswith(f"{file}:7: found {','.join(cells[:6])},123.5\\u001b[31m,")
    assert second == f"rerun gives {lines[6].rstrip()}"


def test_missing_and_added_rows_are_named(copied: Path) -> None:
    file = copied / "matrix.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[:-1]), encoding="utf-8")
    found = call("reproduce", copied)
    assert found.code == 1
    assert found.err.startswith(f"{file}:{len(lines)}: found \nrerun gives ")
    file.write_text("".join([*lines, "more\n"]), encoding="utf-8")
    assert call("reproduce", copied).err == f"{file}:{len(lines) + 1}: found more\nrerun gives \n"


@pytest.mark.parametrize("name", ["summary.csv", "exceedance.csv"])
def test_a_missing_table_is_named(copied: Path, name: str) -> None:
    (copied / name).unlink()
    assert call("reproduce", copied) == (1, "", f"{copied / name}: missing\n")


def test_a_folder_in_the_place_of_a_table_is_named(copied: Path) -> None:
    (copied / "summary.csv").unlink()
    (copied / "summary.csv").mkdir()
    found = call("reproduce", copied)
    assert found.code == 1
    assert found.err.startswith(f"{copied / 'summary.csv'}: cannot be read: ")


@pytest.mark.parametrize("name", ["study.json", "run.json"])
def test_a_folder_without_inputs_is_no_run_folder(copied: Path, name: str) -> None:
    (copied / name).unlink()
    assert call("reproduce", copied) == (1, "", f"{copied}: no run folder: {name} is missing\n")


def test_what_is_no_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    nowhere = tmp_path / "nowhere"
    assert call("reproduce", nowhere).err == f"{nowhere}: no run folder: no such folder\n"
    file = tmp_path / "file"
    assert call("reproduce", file) == (1, "", f"{file}: no run folder: found a file\n")


def test_a_changed_input_is_said_before_anything_is_simulated(copied: Path) -> None:
    edited(copied / "study.json", ('"More repairs sold"', '"Fewer repairs sold"'))
    assert call("reproduce", copied) == (
        1,
        "",
        f"{copied / 'study.json'}: changed since the run: its hash is not the one in run.json\n",
    )
    (copied / "study.json").write_text("{}", encoding="utf-8")
    found = call("reproduce", copied)
    assert found.err == f"{copied / 'study.json'}: cannot be read: changed since the run\n"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"draws": 0}, "draws"),
        ({"draws": "60"}, "draws"),
        ({"seed": -1}, "seed"),
        ({"scenarios": "ndcs"}, "scenarios"),
        ({"climrisk": None}, "climrisk"),
    ],
)
def test_a_changed_record_is_named_with_its_field(
    copied: Path, changes: dict[str, object], field: str
) -> None:
    file = copied / "run.json"
    record = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(record | changes), encoding="utf-8")
    found = call("reproduce", copied)
    assert found == (1, "", f"{file}: {field} is missing or not what a run writes\n")


def test_a_scenario_that_the_study_lacks_is_named(copied: Path) -> None:
    file = copied / "run.json"
    record = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(record | {"scenarios": ["base_year", "ndcs"]}), encoding="utf-8")
    assert call("reproduce", copied) == (1, "", f"{file}: unknown scenarios: ndcs\n")


@pytest.mark.parametrize("text", ["", "{", "[]", "\x00", "\udcff"])
def test_a_record_that_is_no_record_ends_without_a_traceback(copied: Path, text: str) -> None:
    (copied / "run.json").write_bytes(text.encode("utf-8", errors="surrogateescape"))
    found = call("reproduce", copied)
    assert (found.code, found.out) == (1, "")
    assert found.err.startswith(f"{copied / 'run.json'}: ")
    assert len(found.err.splitlines()) == 1


def test_the_record_of_another_version_is_tried_and_said(copied: Path) -> None:
    file = copied / "run.json"
    record = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(record | {"climrisk": "0.0.9"}), encoding="utf-8")
    found = call("reproduce", copied)
    assert found.code == 0
    assert found.err == f"written by climrisk 0.0.9, this is {__version__}\n"
    (copied / "study.json").write_text('{"of": "another time"}', encoding="utf-8")
    assert call("reproduce", copied) == (
        1,
        "",
        f"{copied / 'study.json'}: cannot be read: written by climrisk 0.0.9, "
        f"this is {__version__}\n",
    )
