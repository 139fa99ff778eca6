"""`climrisk scenarios`, as its users meet it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import yaml

from tests.command_line import call
from tests.io.iamc_tables import exported, write_csv
from tests.io.test_scenario_import import stated
from tests.small_study import edited, small_study

GCAM = ("GCAM 6.0 NGFS", "Net Zero 2050", "Asia (R5)", "Price|Carbon", "US$2010/t CO2")


def test_a_download_that_agrees(tmp_path: Path) -> None:
    done = call("scenarios", "check", write_csv(tmp_path / "own.csv", exported()))
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == "below_2c carbon_price GCAM 6.0 NGFS: 7 of 7 values the same"
    assert lines[-1] == "394 bundled values: 394 same"


def test_a_download_that_differs(tmp_path: Path) -> None:
    table = exported()
    table[GCAM][2035] = 200.0
    del table[("MESSAGEix-GLOBIOM 2.0-M-R12-NGFS", *GCAM[1:])]
    path, report = write_csv(tmp_path / "own.csv", table), tmp_path / "report.csv"
    done = call("scenarios", "check", path, "--report", report)
    assert done.code == 1
    assert "  2035: bundled 167.65, yours 200 (line " in done.out
    assert "no row of Price|Carbon in Asia (R5)" in done.out
    assert "394 bundled values: 387 same, 1 differs, 6 no such row" in done.out
    written = pd.read_csv(report)
    assert (written["verdict"] == "differs").sum() == 1
    again = call("scenarios", "check", path, "--report", report)
    assert (again.code, "exists already" in again.err) == (2, True)


def test_a_download_of_something_else(tmp_path: Path) -> None:
    table = {(*GCAM[:2], "Mars", *GCAM[3:]): {2030: 1.0}}
    done = call("scenarios", "check", write_csv(tmp_path / "own.csv", table))
    assert done.code == 1
    assert "nothing could be compared" in done.out


def test_what_is_no_table_ends_with_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_bytes(b"\xff\xfe\x00")
    done = call("scenarios", "check", file)
    assert (done.code, done.out) == (1, "")
    assert "own.csv:1: UTF-16 text, not UTF-8" in done.err
    done = call("scenarios", "check", tmp_path / "none.csv")
    assert (done.code, "none.csv: missing" in done.err) == (1, True)


def test_an_imported_scenario_runs_in_a_study(tmp_path: Path) -> None:
    study = small_study(tmp_path / "study")
    (study / "scenarios").mkdir()
    asked, out = tmp_path / "wanted.yaml", study / "scenarios" / "own_world.yaml"
    asked.write_text(yaml.safe_dump(stated(), allow_unicode=True), encoding="utf-8")
    table = write_csv(tmp_path / "own.csv", exported())
    done = call("scenarios", "import", table, asked, "--out", out)
    assert (done.code, done.err) == (0, "")
    assert "carbon_price, warming from own.csv; from net_zero_2050: " in done.out
    edited(
        study / "study.yaml",
        ("scenarios: [current_policies]", "scenarios: [current_policies, own_world]"),
    )
    assert call("validate", study).code == 0
    again = call("scenarios", "import", table, asked, "--out", out)
    assert (again.code, "exists already" in again.err) == (1, True)
    other = call("scenarios", "import", table, asked, "--out", study / "scenarios" / "x.yaml")
    assert (other.code, "allowed: own_world.yaml" in other.err) == (2, True)


def test_like_must_be_on_the_shelf(tmp_path: Path) -> None:
    asked = tmp_path / "wanted.yaml"
    asked.write_text(yaml.safe_dump(stated(like="net_zero")), encoding="utf-8")
    table = write_csv(tmp_path / "own.csv", exported())
    done = call("scenarios", "import", table, asked, "--out", tmp_path / "own_world.yaml")
    assert done.code == 1
    assert "like: unknown scenario 'net_zero'; did you mean 'net_zero_2050'?" in done.err


def test_another_unit_than_the_other_scenarios_is_pointed_out(tmp_path: Path) -> None:
    asked, plain = tmp_path / "wanted.yaml", stated()
    del plain["drivers"]["warming"]["written_as"]
    asked.write_text(yaml.safe_dump(plain, allow_unicode=True), encoding="utf-8")
    table = write_csv(tmp_path / "own.csv", exported())
    done = call("scenarios", "import", table, asked, "--out", tmp_path / "own_world.yaml")
    assert done.code == 0
    assert "warming: K here, K above 1850-1900 in net_zero_2050" in done.out
