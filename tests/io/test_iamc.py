"""Tables in the IAMC wide format, and the bundled extract beside a download."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from openpyxl import Workbook

from climrisk.errors import InvalidStudyError
from climrisk.io.iamc import read_wide_file, record_values, wide_table
from climrisk.io.iamc_check import (
    ABSENT_ROW,
    ABSENT_YEAR,
    DIFFERS,
    OTHER_UNIT,
    SAME,
    compared_extract,
)
from climrisk.io.iamc_names import iamc_names, same_name
from tests.io.iamc_tables import Table, bundled_scenarios, exported, write_csv

HEAD = "Model,Scenario,Region,Variable,Unit,2020,2030\n"
FOOTER = "© NGFS, terms of use at the explorer"
GCAM = ("GCAM 6.0 NGFS", "Net Zero 2050", "Asia (R5)", "Price|Carbon", "US$2010/t CO2")


def compared(path: Path) -> dict[str, int]:
    found = compared_extract(read_wide_file(path), bundled_scenarios(), iamc_names())
    return {str(word): int(count) for word, count in found["verdict"].value_counts().items()}


def test_the_extract_agrees_with_its_own_export(tmp_path: Path) -> None:
    assert compared(write_csv(tmp_path / "own.csv", exported(), FOOTER)) == {SAME: 394}


def test_names_may_differ_in_capitals_spaces_and_degree_signs(tmp_path: Path) -> None:
    table = Table()
    for (model, scenario, region, variable, unit), values in exported().items():
        told = scenario.replace("2°C", "2 °c").upper(), region.replace("Asia (R5)", "r5asia")
        table[(model, *told, variable, unit.replace(" ", ""))] = values
    assert compared(write_csv(tmp_path / "own.csv", table)) == {SAME: 394}
    assert same_name("Below 2°C", "below 2 C")
    assert not same_name("Below 2°C", "Below 3°C")


def test_every_kind_of_difference_is_told_in_its_place(tmp_path: Path) -> None:
    table = exported()
    table[GCAM] |= {2030: 95.054, 2035: 167.66}  # half a cent is rounding, a cent is not
    table[GCAM][2040] = ""
    other = ("REMIND-MAgPIE 3.3-4.8", *GCAM[1:])
    table[(*other[:4], "EUR2010/t CO2")] = table.pop(other)
    del table[("MESSAGEix-GLOBIOM 2.0-M-R12-NGFS", *GCAM[1:])]
    path = write_csv(tmp_path / "own.csv", table)
    found = compared_extract(read_wide_file(path), bundled_scenarios(), iamc_names())
    counts = found["verdict"].value_counts().to_dict()
    assert counts == {SAME: 380, DIFFERS: 1, ABSENT_YEAR: 1, OTHER_UNIT: 6, ABSENT_ROW: 6}
    one = found[found["verdict"] == DIFFERS].iloc[0]
    told = one[["scenario", "driver", "series", "year", "bundled", "yours"]].tolist()
    assert told == ["net_zero_2050", "carbon_price", GCAM[0], 2035, 167.65, 167.66]
    line = path.read_text(encoding="utf-8").splitlines()[int(one["line"]) - 1]
    assert line.startswith(",".join(GCAM[:2]))


def test_a_workbook_is_read_like_a_csv(tmp_path: Path) -> None:
    table = exported()
    years = sorted({year for values in table.values() for year in values})
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Model", "Scenario", "Region", "Variable", "Unit", *map(float, years)])
    for key, values in table.items():
        sheet.append([*key, *(values.get(year) for year in years)])
    sheet.append([])
    sheet.append([FOOTER])
    path = tmp_path / "own.xlsx"
    book.save(path)
    assert compared(path) == {SAME: 394}
    assert read_wide_file(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    sheet["F2"] = "=1+1"
    book.save(path)
    with pytest.raises(InvalidStudyError, match=r"own.xlsx:2: the formula '=1\+1'; allowed: value"):
        read_wide_file(path)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", r"t.csv:1: no column 'model'; allowed: Model, Scenario"),
        ("Model,Scenario,Region,Variable,Unit\n", "t.csv:1: no column for a year"),
        (HEAD.replace("2030", "2020"), "t.csv:1: column '2020' twice"),
        (HEAD + "a,b,c,d,e,1\nf,g,h,i,j,1,2\n", "t.csv:2: another number of cells"),
        (HEAD + 'a,b,c,d,e,1,"2\n', "t.csv:2: cannot be read as CSV"),
        ("Model;Scenario;Region;Variable;Unit;2020\n", "no column 'model'"),
    ],
)
def test_what_is_no_wide_table_is_refused(text: str, reason: str) -> None:
    with pytest.raises(InvalidStudyError, match=reason):
        wide_table(text, "t.csv")


def test_all_bad_cells_of_a_row_are_told_at_once() -> None:
    table = wide_table(HEAD + "a,b,c,d,e,#N/A,nan\na,b,c,d,f,,\n", "t.csv")
    with pytest.raises(InvalidStudyError) as refused:
        record_values(table, table.records[0])
    assert [str(fault) for fault in refused.value.faults] == [
        "t.csv:2: 2020: found '#N/A'; allowed: a number, or nothing",
        "t.csv:2: 2030: found 'nan'; allowed: a number, or nothing",
    ]
    with pytest.raises(
        InvalidStudyError, match=r"t\.csv:3: no value; allowed: a value in one year"
    ):
        record_values(table, table.records[1])


def test_rows_that_are_sought_and_wrong_are_told_at_once_and_others_do_not_matter(
    tmp_path: Path,
) -> None:
    table = exported()
    table[("another model", *GCAM[1:])] = {2030: "nonsense"}
    assert compared(write_csv(tmp_path / "own.csv", table)) == {SAME: 394}
    table[GCAM][2030] = "nonsense"
    remind = ("REMIND-MAgPIE 3.3-4.8", *GCAM[1:])
    table[(remind[0], remind[1].lower(), *remind[2:])] = dict(table[remind])
    path = write_csv(tmp_path / "own.csv", table)
    with pytest.raises(InvalidStudyError) as refused:
        compared(path)
    texts = [fault.found for fault in refused.value.faults]
    assert any(text == "found 'nonsense'" for text in texts)
    assert any("stands in lines" in text for text in texts)
    assert len(texts) == 2


@pytest.mark.parametrize("name", ["missing.csv", "missing.xlsx", "."])
def test_files_that_cannot_be_read_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidStudyError, match=r"missing|not a regular file"):
        read_wide_file(tmp_path / name)
