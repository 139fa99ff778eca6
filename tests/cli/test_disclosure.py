"""`climrisk disclosure`, and disclosure.yaml in `climrisk validate` and `climrisk schema`."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from climrisk.cli.main import app
from climrisk.errors import InvalidStudyError
from tests.small_study import edited, small_study

HEAD = """\
schema: 1
issuer_tier: gem
financial_year: {begins: 2025-01-01, ends: 2025-12-31}
"""


def call(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def flat(result: Result) -> str:
    return " ".join(result.output.split())


def test_the_bundled_study_shows_its_rows_and_counts() -> None:
    done = call("disclosure", "lx-technology-2023", "--standard", "hkex_2025", "--year", "2025")
    assert done.exit_code == 0, done.output
    assert "D28(a)" in done.output
    assert "Of 26 rows, " in done.output
    assert "Main Board issuer, financial year beginning 1 January 2025." in done.output
    assert "Illustration by climrisk" in done.output
    assert "26 of 26 rows have not been checked against the standard." in done.output


@pytest.mark.parametrize(("lang", "words"), [("zh-Hant", "董事會監察"), ("zh-Hans", "董事会监督")])
def test_it_speaks_chinese(lang: str, words: str) -> None:
    done = call("disclosure", "lx-technology-2023", "--standard", "tcfd", "--lang", lang)
    assert done.exit_code == 0, done.output
    assert words in done.output


@pytest.mark.parametrize(
    ("option", "value", "allowed"),
    [
        ("--standard", "hkex", "hkex_2020, hkex_2025, ifrs_s2, tcfd"),
        ("--lang", "fr", "en, zh-Hant, zh-Hans"),
        ("--out", "index.xls", "a name that ends in .csv"),
        ("--out", "nowhere/index.csv", "no such folder"),
    ],
)
def test_a_wrong_command_line_says_what_is_allowed(option: str, value: str, allowed: str) -> None:
    done = call("disclosure", "lx-technology-2023", option, value)
    assert done.exit_code == 2
    told = flat(done).replace("│", "").replace("  ", " ")
    assert allowed in " ".join(told.split())


def test_the_csv_has_every_row_of_every_standard_and_no_formula(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "small")
    answer = "{text: so, missing: '=1+1', basis: reported, source: '=cmd|x'}"
    answers = f"risk_management: {{integration: {answer}}}\n"
    (folder / "disclosure.yaml").write_text(HEAD + answers, encoding="utf-8")
    done = call("disclosure", str(folder), "--out", str(tmp_path / "index.csv"))
    assert done.exit_code == 0, done.output
    with (tmp_path / "index.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["standard"] for row in rows} == {"hkex_2020", "hkex_2025", "ifrs_s2", "tcfd"}
    assert not [cell for row in rows for cell in row.values() if cell[:1] in {"=", "+", "-", "@"}]
    by_row = {row["row"]: row for row in rows}
    assert by_row["S2-25(c)"]["status"] == "partial"
    assert by_row["S2-25(c)"]["remarks"] == "not covered: =1+1"
    assert by_row["D25"]["force"] == "voluntary"
    assert by_row["D28(a)"]["force"] == "mandatory"
    assert by_row["GOV-a"]["verified"] == "yes"
    assert by_row["D34"]["verified"] == "no"


def test_markup_in_a_text_is_shown_and_not_followed(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "small")
    answer = "{text: so, missing: '[red]', basis: reported, source: x}"
    answers = f"risk_management: {{integration: {answer}}}\n"
    (folder / "disclosure.yaml").write_text(HEAD + answers, encoding="utf-8")
    done = call("disclosure", str(folder), "--standard", "ifrs_s2")
    assert "[red]" in done.output


def test_validate_names_faults_of_study_and_answers_together(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "small")
    assert call("validate", str(folder)).exit_code == 0
    (folder / "disclosure.yaml").write_text(HEAD.replace("gem", "tiny"), encoding="utf-8")
    edited(folder / "study.yaml", ("schema: 1", "schema: 7"))
    done = call("validate", str(folder))
    assert isinstance(done.exception, InvalidStudyError)
    files = {fault.file for fault in done.exception.faults}
    assert files == {"study.yaml", "disclosure.yaml"}


def test_validate_refuses_answers_alone(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "small")
    (folder / "disclosure.yaml").write_text(HEAD + "reliefs: yes\n", encoding="utf-8")
    done = call("validate", str(folder))
    assert isinstance(done.exception, InvalidStudyError)
    assert "disclosure.yaml:4" in str(done.exception)


def test_a_run_refuses_faults_before_it_simulates_and_keeps_a_copy(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "small")
    (folder / "disclosure.yaml").write_text(HEAD + "reliefs: yes\n", encoding="utf-8")
    asked = ["run", str(folder), "--draws", "50", "--no-picture", "--quiet", "--out"]
    refused = call(*asked, str(tmp_path / "run"))
    assert isinstance(refused.exception, InvalidStudyError)
    assert not (tmp_path / "run").exists()
    (folder / "disclosure.yaml").write_text(HEAD, encoding="utf-8")
    assert call(*asked, str(tmp_path / "run")).exit_code == 0
    done = call("disclosure", str(tmp_path / "run"), "--standard", "tcfd")
    assert "GEM issuer, financial year beginning 1 January 2025." in done.output


def test_the_schema_knows_the_sections() -> None:
    done = call("schema", "disclosure")
    found = json.loads(done.output)
    assert {"governance", "strategy", "metrics", "effects", "reliefs"} <= set(found["properties"])
