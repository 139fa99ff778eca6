from __future__ import annotations

from pathlib import Path

import pytest

from climrisk import paths
from climrisk.errors import InvalidStudyError


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make climrisk look installed as a wheel that bundles the studies `alpha` and `beta`."""
    package = tmp_path / "site-packages" / "climrisk"
    for name in ("beta", "alpha"):
        study = package / "_bundled" / "data" / name
        study.mkdir(parents=True)
        (study / paths.STUDY_FILE).write_text("schema: 1\n", encoding="utf-8")
    (package / "_bundled" / "data" / "reference").mkdir()
    monkeypatch.setattr(paths, "_PACKAGE", package)
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    return package


@pytest.mark.parametrize("name", ["data", "scenarios"])
def test_checkout_has_its_folders_beside_the_package(name: str) -> None:
    assert paths.bundled(name) == Path(__file__).resolve().parent.parent / name


def test_wheel_has_its_folders_inside(installed: Path) -> None:
    assert paths.bundled("data") == installed / "_bundled" / "data"


def test_wheel_comes_before_a_folder_that_happens_to_stand_beside_it(installed: Path) -> None:
    (installed.parent / "data").mkdir()
    assert paths.bundled("data") == installed / "_bundled" / "data"


def test_incomplete_installation_is_said(installed: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"not installed completely.*scenarios"):
        paths.bundled("scenarios")


@pytest.mark.usefixtures("installed")
def test_bundled_studies_are_folders_with_a_study_file() -> None:
    assert paths.bundled_studies() == ("alpha", "beta")


def test_bare_name_finds_the_bundled_study(installed: Path) -> None:
    assert paths.find_study("alpha") == installed / "_bundled" / "data" / "alpha"


@pytest.mark.usefixtures("installed")
def test_folder_of_the_user_comes_first() -> None:
    Path("alpha").mkdir()
    Path("alpha", paths.STUDY_FILE).write_text("schema: 1\n", encoding="utf-8")
    assert paths.find_study("alpha") == Path("alpha")


@pytest.mark.usefixtures("installed")
def test_folder_without_a_study_does_not_hide_the_bundled_one() -> None:
    Path("alpha").mkdir()
    assert paths.find_study("alpha").is_absolute()


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("given", "reason"),
    [("gamma", "no such folder"), ("folder", "no study.yaml"), ("file.yaml", "found a file")],
)
def test_what_is_no_study_is_refused_with_the_reason(given: str, reason: str) -> None:
    Path("folder").mkdir()
    Path("file.yaml").touch()
    with pytest.raises(InvalidStudyError, match=rf"^{given}: .*{reason}.*alpha, beta$"):
        paths.find_study(given)


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("given", ["", ".", "..", "../alpha", "reference", "./alpha"])
def test_only_a_bare_name_of_a_study_is_looked_up(given: str) -> None:
    with pytest.raises(InvalidStudyError, match="allowed: a study folder, or a bundled study"):
        paths.find_study(given)
