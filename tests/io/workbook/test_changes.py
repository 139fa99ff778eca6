from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from climrisk.errors import ClimriskError
from climrisk.io.study import read_study
from climrisk.io.workbook.comments import give_comment, take_comment
from climrisk.io.workbook.difference import Change, aligned, differences
from climrisk.io.workbook.patch import patched_csv, patched_yaml
from climrisk.io.workbook.proposal import carry_out, propose
from climrisk.io.workbook.texts import loaded, yaml_text
from climrisk.paths import find_study
from tests.small_study import edited, small_study
from tests.workbooks import LX, cell, exported, rows, with_edits

COMMENTED = """\
# of the file
schema: 1
items:
  A:
    x: 1   # beside
    y: {p: 1}

  # ---- second part
  B:
    links:
      - {to: a}
      # of the entry below
      - to: b
        by: 2

# of the measures
measures:
  M: 1
"""
CONTENT = {
    "items": {"A": {"x": 1, "y": {"p": 1}}, "B": {"links": [{"to": "a"}, {"to": "b", "by": 2}]}},
    "measures": {"M": 1},
}


def patched(**items: object) -> str:
    """Return the text whose items are changed as stated; None removes one."""
    kept = {name: one for name, one in {**CONTENT["items"], **items}.items() if one is not None}
    return patched_yaml(COMMENTED, CONTENT, {**CONTENT, "items": kept})


def test_nothing_else_moves_when_one_number_changes() -> None:
    assert patched(A={"x": 2, "y": {"p": 1}}) == COMMENTED.replace("x: 1 ", "x: 2 ")


def test_a_new_entry_stands_before_the_comment_on_what_follows() -> None:
    assert patched(C={"x": 3}) == COMMENTED.replace(
        "        by: 2\n", "        by: 2\n  C: {x: 3}\n"
    )


def test_a_heading_stays_when_the_entry_before_it_goes() -> None:
    text = patched(A=None)
    assert "items:\n\n  # ---- second part\n  B:\n" in text
    text = patched(B=None, C={"x": 3})
    assert text.index("C: {x: 3}") < text.index("# of the measures") < text.index("measures:")
    three = COMMENTED.replace("# of the measures", "  C: {x: 3}\n\n# of the measures")
    old = {**CONTENT, "items": {**CONTENT["items"], "C": {"x": 3}}}
    new = {**CONTENT, "items": {"A": CONTENT["items"]["A"], "C": {"x": 3}}}
    assert "  # ---- second part\n  C: {x: 3}\n" in patched_yaml(three, old, new)


def test_entries_of_a_list_come_and_go() -> None:
    one, other = CONTENT["items"]["B"]["links"]
    longer = patched(B={"links": [one, {"to": "new"}, other]})
    assert "      - {to: a}\n" in longer
    assert longer.index("to: a") < longer.index("{to: new}") < longer.index("to: b")
    shorter = patched(B={"links": [one]})
    assert "to: b" not in shorter
    assert "# of the measures" in shorter


def test_no_comment_is_taken_where_none_stands() -> None:
    document, layout = loaded("a:\n  b: 1\n  c: 2\n")
    assert take_comment(document["a"], "b", of_siblings=True) == ""
    give_comment(document["a"], "b", "")
    assert yaml_text(document, layout) == "a:\n  b: 1\n  c: 2\n"


@pytest.mark.parametrize(
    "text", ["a:\n  - b: 1\n    c: [1, 2]\n", "a:\n- b: 1\n  c: [1, 2]\n", "a: \"x\"\nb: 'y'\n"]
)
def test_the_layout_of_lists_and_quotes_is_kept(text: str) -> None:
    assert yaml_text(*loaded(text)) == text


def test_the_lx_register_is_written_as_it_stands() -> None:
    for name in ("register.yaml", "study.yaml", "targets.yaml"):
        text = (find_study(LX) / name).read_text(encoding="utf-8")
        assert yaml_text(*loaded(text)) == text


def test_unchanged_records_of_a_table_keep_their_text() -> None:
    text = 'id,name,note\na,"A, really",\n\nb,B,"two\nlines"\nc,C,\n'
    old = [
        {"id": "a", "name": "A, really"},
        {"id": "b", "name": "B", "note": "two\nlines"},
        {"id": "c", "name": "C"},
    ]
    new = [*old[:2], {"id": "c", "name": "See"}, {"id": "d", "name": "D"}]
    head = 'id,name,note\na,"A, really",\nb,B,"two\nlines"\n'
    assert patched_csv(text, old, new) == head + "c,See,\nd,D,\n"


def test_a_table_gains_a_column_where_it_needs_one() -> None:
    assert patched_csv("id\na\n", [{"id": "a"}], [{"id": "a", "note": "n"}]) == "id,note\na,n\n"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change("f.yaml", ("a", "b"), 1.0, 2.5), "~ f.yaml: a.b: 1 -> 2.5"),
        (Change("f.yaml", ("a", 0, "b"), None, "x"), "+ f.yaml: a[1].b: 'x'"),
        (Change("f.csv", (1, "b"), {"c": True}, None), "- f.csv: row 2 b: {c: true}"),
        (Change("f.yaml", ("a",), "x\n\x1b[2Jy", "z"), r"~ f.yaml: a: 'x\n\x1b[2Jy' -> 'z'"),
    ],
)
def test_a_change_reads_on_one_line(change: Change, words: str) -> None:
    assert str(change) == words


def test_equal_entries_are_paired_first() -> None:
    assert aligned(["a", "b", "c"], ["b", "x", "c"]) == ((0, None), (1, 0), (None, 1), (2, 2))


def test_only_differences_are_told() -> None:
    old = {"f": {"a": 1, "l": [{"n": 1}, {"n": 2}]}, "g": "text"}
    new = {"f": {"a": 1.0, "l": [{"n": 2}, {"n": 3}]}, "h": [{"n": 1}]}
    assert differences(old, new) == (
        Change("f", ("l", 0), {"n": 1}, None),
        Change("f", ("l", 1), None, {"n": 3}),
        Change("g", (), "text", None),
        Change("h", (0,), None, {"n": 1}),
    )


def test_a_workshop_is_brought_back(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "study")

    def edit(book: Workbook) -> None:
        cell(book, "Impacts", 1, "size.p95").value = 4
        cell(book, "Study", 0, "appetite.value").value = 12.5
        cell(book, "Items", 1, "owner").value = "Operations"
        new = {"id": "R-2", "kind": "risk", "category": "market", "title.en": "Not assessed yet"}
        for key, value in new.items():
            cell(book, "Items", 3, key).value = value
        cell(book, "Sites", 1, "id").value = "depot"
        for key, value in {"name": "Depot", "latitude": 22, "longitude": 114.5}.items():
            cell(book, "Sites", 1, key).value = value
        [row] = rows(book, "Items", id="O-1")
        cell(book, "Items", row, "title.zh-Hant").value = "更多維修"

    proposal = propose(with_edits(exported(folder, tmp_path / "b.xlsx"), edit), folder)
    assert [str(change)[:60] for change in proposal.changes] == [
        "~ study.yaml: appetite.value: 10 -> 12.5",
        "~ register.yaml: items.R-1.impact.repair.amount.p95: 3 -> 4",
        "+ register.yaml: items.R-1.owner: 'Operations'",
        "+ register.yaml: items.O-1.title.zh-Hant: '更多維修'",
        "+ register.yaml: items.R-2: {kind: risk, category: market, t",
        "+ sites.csv: row 1: {id: depot, name: Depot, latitude: 22, l",
    ]
    carry_out(proposal)
    study = read_study(folder)
    assert study.settings.appetite.value == 12.5
    assert study.items["O-1"].title.best("zh-Hant") == "更多維修"
    assert study.not_assessed.keys() == {"R-2"}
    assert study.sites[0].longitude == 114.5
    assert "amount: {p5: 0.2, p95: 4}}" in (folder / "register.yaml").read_text(encoding="utf-8")
    assert propose(exported(folder, tmp_path / "c.xlsx"), folder).changes == ()


def test_a_file_that_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "study")

    def edit(book: Workbook) -> None:
        cell(book, "Study", 0, "appetite.value").value = 12.5

    proposal = propose(with_edits(exported(folder, tmp_path / "b.xlsx"), edit), folder)
    edited(folder / "study.yaml", ("title: A small study", "title: Another"))
    with pytest.raises(ClimriskError, match=r"study\.yaml changed since it was compared"):
        carry_out(proposal)
    assert "value: 10" in (folder / "study.yaml").read_text(encoding="utf-8")


def test_removed_rows_leave_the_folder(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "study")
    (folder / "sites.csv").write_text("id,name,latitude,longitude\na,A,1,2\n")
    (folder / "scenarios").mkdir()
    (folder / "scenarios" / "old.yaml").write_text("schema: 1\n")

    def edit(book: Workbook) -> None:
        book["Sites"].delete_rows(5)
        book["Scenario files"].delete_rows(5, 5)
        book["Measures"].delete_rows(5)
        book["Effects"].delete_rows(5)

    carry_out(propose(with_edits(exported(folder, tmp_path / "b.xlsx"), edit), folder))
    assert (folder / "sites.csv").read_text() == "id,name,latitude,longitude\n"
    assert not (folder / "scenarios" / "old.yaml").exists()
    assert "M-1" not in (folder / "register.yaml").read_text()
