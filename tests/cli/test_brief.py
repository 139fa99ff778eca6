"""climrisk brief: files, languages, refusals."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from climrisk.cli.main import app
from climrisk.report import formats
from climrisk.report.brand import Brand
from climrisk.report.document import Document
from climrisk.report.run_data import RunData
from tests.charts.worlds import charted_study, four_items
from tests.report.run_folders import run_of


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> RunData:
    return run_of(charted_study(four_items()), tmp_path_factory.mktemp("brief") / "run")


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[Document]:
    """Documents that the only format, `txt`, was given."""
    given: list[Document] = []

    def write(document: Document, brand: Brand, fonts: Sequence[Path]) -> bytes:
        given.append(document)
        return document.title.encode()

    monkeypatch.setattr("climrisk.cli.briefing_files.FORMATS", {"txt": write})
    return given


def brief(run: RunData, out: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["brief", str(run.folder), "--out", str(out), *options])


def test_a_file_for_each_language(run: RunData, written: list[Document], tmp_path: Path) -> None:
    done = brief(run, tmp_path / "out", "--lang", "en,zh-Hans", "--lang", "zh-Hant")
    assert done.exit_code == 0, done.output
    names = [file.name for file in sorted((tmp_path / "out").iterdir())]
    stem = f"briefing-{run.study.name}"
    assert names == [f"{stem}-en.txt", f"{stem}-zh-Hans.txt", f"{stem}-zh-Hant.txt"]
    assert [one.language for one in written] == ["en", "zh-Hant", "zh-Hans"]
    assert "no text in zh-Hans" in done.output


def test_a_bilingual_paper_goes_page_by_page(
    run: RunData, written: list[Document], tmp_path: Path
) -> None:
    asked = ("--lang", "en,zh-Hant", "--bilingual", "--prevailing", "zh-Hant")
    assert brief(run, tmp_path, *asked).exit_code == 0
    (paper,) = written
    languages = [section.language for section in paper.sections]
    assert languages == ["en", "zh-Hant"] * (len(languages) // 2)
    assert paper.facts[-1][1] == "Traditional Chinese / 繁體中文"
    names = [section.name for section in paper.sections]
    assert len(set(names)) == len(names)


def test_files_are_not_replaced_unasked(
    run: RunData, written: list[Document], tmp_path: Path
) -> None:
    assert brief(run, tmp_path).exit_code == 0
    refused = brief(run, tmp_path)
    assert refused.exit_code == 1
    assert "already there" in str(refused.exception)
    assert brief(run, tmp_path, "--force", "--quiet").exit_code == 0


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--format", "odt"), "allowed: txt"),
        (("--lang", "fr"), "allowed: en, zh-Hant, zh-Hans"),
        (("--bilingual",), "two languages"),
        (("--prevailing", "en"), "with --bilingual"),
        (("--lang", "en,zh-Hant", "--bilingual"), "no prevailing version"),
        (("--font", "no-such.ttf"), "no such file"),
    ],
)
def test_a_wrong_command_line_is_explained(
    run: RunData, written: list[Document], tmp_path: Path, options: tuple[str, ...], told: str
) -> None:
    done = brief(run, tmp_path, *options)
    assert done.exit_code == 2
    assert told in " ".join(done.output.replace("│", " ").split())
    assert written == []


def test_a_folder_that_is_no_run_is_refused(written: list[Document], tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["brief", str(tmp_path), "--out", str(tmp_path / "out")])
    assert "run.json is missing" in str(done.exception)
    assert not (tmp_path / "out").exists()


def test_every_format_has_a_writer() -> None:
    assert {"pdf"} <= set(formats.FORMATS)
