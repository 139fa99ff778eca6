from __future__ import annotations

from pathlib import Path

import pytest

from climrisk.errors import InvalidStudyError
from climrisk.io.tables import Column, parse_csv, read_csv

SITES = (
    Column("site"),
    Column("latitude", "number", blank=True),
    Column("headcount", "integer"),
    Column("note", required=False, blank=True),
)


def faults_of(text: str) -> list[str]:
    return [str(fault) for fault in parse_csv(text, "sites.csv", SITES).faults]


def test_rows_are_typed_and_know_their_lines() -> None:
    text = 'headcount,site,latitude,note\r\n12,深圳,22.5,"two\nlines"\r\n\r\n3, Beijing ,,\r\n'
    table = parse_csv(text, "sites.csv", SITES)
    assert table.faults == ()
    assert table.data == [
        {"headcount": 12, "site": "深圳", "latitude": 22.5, "note": "two\nlines"},
        {"headcount": 3, "site": "Beijing", "latitude": None, "note": None},
    ]
    assert table.line((0, "site")) == 2
    assert table.line((1, "latitude")) == 5
    assert table.field((1, "latitude")) == "latitude"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("site,latitude\nA,1\n", "1: headcount: missing column"),
        ("site,latitude,headcount,nte\nA,1,2,\n", "1: unknown column 'nte'; did you mean 'note'?"),
        (
            "site,latitude,headcount,site\nA,1,2,B\n",
            "1: site: a second column 'site'; allowed: one",
        ),
        ("site;latitude;headcount\nA;1;2\n", "1: columns separated by ';'; allowed: ','"),
        ("site\tlatitude\theadcount\nA\t1\t2\n", "1: columns separated by '\\u0009'; allowed"),
        ("site,latitude,headcount\nA,1\n", "2: row with 2 cells for 3 columns; allowed: one cell"),
        ("site,latitude,headcount\nA,1,2,3\n", "2: row with 4 cells for 3 columns"),
        ("site,latitude,headcount\n,1,2\n", "2: site: empty; needed: text"),
        ("site,latitude,headcount\nA,1,\n", "2: headcount: empty; needed: integer"),
        ("site,latitude,headcount\n\nA,north,2\n", "3: latitude: found 'north'; allowed: a f"),
        ("site,latitude,headcount\nA,.nan,2\n", "2: latitude: found '.nan'; allowed: a finite"),
        ("site,latitude,headcount\nA,nan,2\n", "2: latitude: found 'nan'"),
        ("site,latitude,headcount\nA,1e999,2\n", "2: latitude: found '1e999'"),
        ("site,latitude,headcount\nA,5%,2\n", "2: latitude: found '5%'"),
        ('site,latitude,headcount\nA,"1,000",2\n', "2: latitude: found '1,000'; allowed: a"),
        ("site,latitude,headcount\nA,=1+1,2\n", "2: latitude: found '=1+1'"),
        ("site,latitude,headcount\nA,true,2\n", "2: latitude: found 'true'"),
        ("site,latitude,headcount\nA,1,2.5\n", "2: headcount: found '2.5'; allowed: a whole"),
        ("site,latitude,headcount\nA,1,true\n", "2: headcount: found 'true'"),
        ("site,latitude,headcount\nA\u202eB,1,2\n", "2: site: invisible character U+202E; remove"),
        ('site,latitude,headcount\nB,1,2\n"A,1,2\n', "3: cannot be read as CSV: "),
        ("", "1: empty; needed: site, latitude, headcount, note"),
        ("\n\n", "1: empty; needed: site"),
    ],
)
def test_broken_tables_name_line_and_column(text: str, fault: str) -> None:
    (found,) = faults_of(text)
    assert found.startswith(f"sites.csv:{fault}")


def test_all_faults_of_a_table_are_found_at_once() -> None:
    found = faults_of("site,latitude,headcount\nA,x,2\n,1,2\nC,1,y\n")
    assert [fault.split(": ")[:2] for fault in found] == [
        ["sites.csv:2", "latitude"],
        ["sites.csv:3", "site"],
        ["sites.csv:4", "headcount"],
    ]


def test_refused_cells_are_doubtful() -> None:
    table = parse_csv("site,latitude\nA,x\n", "sites.csv", SITES)
    assert table.is_doubtful((0, "latitude"))
    assert table.is_doubtful((0, "headcount"))
    assert not table.is_doubtful((0, "site"))


def test_a_file_is_read_as_utf8_with_or_without_mark(tmp_path: Path) -> None:
    path = tmp_path / "sites.csv"
    path.write_bytes("\ufeffsite,latitude,headcount\n深圳,22.5,12\n".encode())
    assert read_csv(path, SITES).data == [{"site": "深圳", "latitude": 22.5, "headcount": 12}]
    path.write_bytes("site,latitude,headcount\n深圳仓库,22.5,12\n".encode("gbk"))
    with pytest.raises(InvalidStudyError, match=r"^lx/sites\.csv:2: GBK .*'CSV UTF-8'"):
        read_csv(path, SITES, name="lx/sites.csv")
