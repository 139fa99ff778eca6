"""The bundled catalogues, and faults of disclosure.yaml with file, line and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from climrisk.domain.disclosure_checks import STATED
from climrisk.domain.disclosure_standard import COMPUTED
from climrisk.errors import InvalidStudyError
from climrisk.i18n.catalogue import catalogue
from climrisk.io.disclosure import read_disclosure, read_standards, standards_in
from climrisk.io.study import read_study
from climrisk.names import LANGUAGES
from tests.small_study import small_study

START = """\
schema: 1
issuer_tier: main_board
financial_year: {begins: 2025-01-01, ends: 2025-12-31}
"""


def faults_of(folder: Path, text: str) -> list[str]:
    (folder / "disclosure.yaml").write_text(START + text, encoding="utf-8")
    with pytest.raises(InvalidStudyError) as caught:
        read_disclosure(folder, read_study(folder))
    return str(caught.value).splitlines()


def test_the_four_catalogues_hold_the_rows_that_they_should() -> None:
    standards = read_standards()
    assert list(standards) == ["hkex_2020", "hkex_2025", "ifrs_s2", "tcfd"]
    assert len(standards["tcfd"].rows) == 11
    part_d = {row.split("(")[0] for row in standards["hkex_2025"].rows}
    assert part_d == {f"D{number}" for number in range(19, 42)}
    assert {"D28(a)", "D28(b)", "D28(c)"} <= set(standards["hkex_2025"].rows)
    letters = {row for row in standards["ifrs_s2"].rows if row.startswith("S2-29")}
    assert {f"S2-29({one})" for one in "bcdefg"} <= letters


def test_ids_are_unique_over_all_catalogues() -> None:
    every = [row for one in read_standards().values() for row in one.rows]
    assert len(set(every)) == len(every)


def test_crosswalks_lead_to_other_standards_and_to_some_row_of_each() -> None:
    standards = read_standards()
    reached = set()
    for name, one in standards.items():
        for row in one.rows.values():
            assert not [other for other in row.crosswalk if other.startswith(f"{name}/")]
            reached |= {other.split("/")[0] for other in row.crosswalk}
    assert reached == set(standards)
    assert "hkex_2025/D28(a)" in standards["hkex_2020"].rows["A1.2"].crosswalk
    assert "hkex_2025/D26" in standards["hkex_2020"].rows["A4.1"].crosswalk


def test_no_label_is_a_sentence_of_anybody() -> None:
    for one in read_standards().values():
        for row in one.rows.values():
            words = (row.label.en or "").split()
            assert len(words) <= 12
            assert not (row.label.en or "").endswith(".")
            assert not {"shall", "must", "entity", "issuer"}.intersection(words)


def test_what_is_not_checked_says_so() -> None:
    standards = read_standards()
    assert all(row.verified for row in standards["tcfd"].rows.values())
    for name in ("hkex_2025", "ifrs_s2"):
        assert not any(row.verified for row in standards[name].rows.values())


def test_every_need_is_used_and_has_a_word_in_three_languages() -> None:
    used = {
        need for one in read_standards().values() for row in one.rows.values() for need in row.needs
    }
    assert used == {*STATED, *COMPUTED}
    for language in LANGUAGES:
        words = catalogue(language)
        assert {f"disclosure.need.{need}" for need in STATED} <= set(words)


def test_a_study_without_the_file_has_stated_nothing(tmp_path: Path) -> None:
    assert read_disclosure(small_study(tmp_path / "small")) is None


def test_all_faults_at_once_with_line_and_field(tmp_path: Path) -> None:
    text = """\
governance:
  board_body: {text: the board, basis: reported}
  bord_skills: {text: none, basis: reported, source: x}
metrics:
  internal_carbon_price: {value: -1, currency: HKD, year: 2025, basis: reported, source: x}
  pay_link: {none: true, share: 0.1, basis: reported, source: x}
strategy:
  transition_plan: none
"""
    found = faults_of(small_study(tmp_path / "small"), text)
    places = [line.split(": ")[:2] for line in found]
    assert places == [
        ["disclosure.yaml:5", "governance.board_body.source"],
        ["disclosure.yaml:6", "governance.bord_skills"],
        ["disclosure.yaml:8", "metrics.internal_carbon_price.value"],
        ["disclosure.yaml:9", "metrics.pay_link.none"],
        ["disclosure.yaml:11", "strategy.transition_plan"],
    ]
    assert "board_skills" in found[1]


def test_ids_are_held_against_study_and_catalogues(tmp_path: Path) -> None:
    text = """\
effects:
  current:
    amounts: [{code: FI-EXP, amount: -1, items: [R-9]}]
    basis: reported
    source: note 5
statements:
  A1.3: {inventory: [waste], basis: reported, source: x}
  D25: {text: yes it is, basis: reported, source: x}
  D99: {text: unknown, basis: reported, source: x}
reliefs:
  - {rows: [D20], relief: commercial_sensitivity, reason: patent, items: [R-1, O-1]}
  - {rows: [D34, D77], relief: capabilities, reason: none at hand}
not_applicable:
  - {row: D0, reason: not ours}
"""
    found = faults_of(small_study(tmp_path / "small"), text)
    told = [line.split("; ")[0] for line in found]
    assert told == [
        "disclosure.yaml:6: effects.current.amounts[1].items[1]: unknown item 'R-9'",
        "disclosure.yaml:10: statements.A1.3.inventory[1]: unknown source of inventory.csv 'waste'",
        "disclosure.yaml:11: statements.D25: row D25, which has fields of its own",
        "disclosure.yaml:12: statements.D99: unknown row 'D99'",
        "disclosure.yaml:14: reliefs[1].items[1]: R-1, a risk",
        "disclosure.yaml:15: reliefs[2].rows[1]: capabilities for D34",
        "disclosure.yaml:15: reliefs[2].rows[2]: unknown row 'D77'",
        "disclosure.yaml:17: not_applicable[1].row: unknown row 'D0'",
    ]


def test_a_price_in_the_study_contradicts_none(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "small")
    with (folder / "study.yaml").open("a", encoding="utf-8") as file:
        file.write("internal_carbon_price: {value: 80, basis: assumption, source: x}\n")
    price = "metrics: {internal_carbon_price: {none: true, basis: reported, source: x}}\n"
    assert faults_of(folder, price) == [
        "disclosure.yaml:4: metrics.internal_carbon_price.none: none: true; "
        "allowed: the 80 of study.yaml, or leave it out there"
    ]


def test_a_catalogue_with_an_unknown_need_or_row_is_refused(tmp_path: Path) -> None:
    text = """\
schema: 1
id: own
title: Own
version: "1"
source: a rulebook
rows:
  X-1:
    pillar: strategy
    label: {en: Price, zh-Hant: 價格, zh-Hans: 价格}
    crosswalk: [tcfd/GOV-z]
    needs: [crystal_ball]
    verified: false
"""
    (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidStudyError) as caught:
        standards_in(tmp_path)
    found = [line.split("; ")[0] for line in str(caught.value).splitlines()]
    assert found == [
        "own.yaml:10: rows.X-1.crosswalk[1]: unknown row 'tcfd/GOV-z'",
        "own.yaml:11: rows.X-1.needs[1]: unknown need 'crystal_ball'",
    ]
    (tmp_path / "own.yaml").rename(tmp_path / "other.yaml")
    with pytest.raises(InvalidStudyError, match="found 'own'; allowed: 'other'"):
        standards_in(tmp_path)
