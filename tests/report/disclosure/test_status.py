"""The status of each row, by small studies and by LX."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from climrisk.domain.disclosure import Disclosure
from climrisk.domain.disclosure_standard import COMPUTED
from climrisk.domain.study import Study
from climrisk.io.disclosure import read_disclosure, read_standards
from climrisk.io.study import read_study
from climrisk.names import LANGUAGES
from climrisk.paths import bundled
from climrisk.report.disclosure.evidence import Evidence
from climrisk.report.disclosure.status import FINDERS, Index, RowStatus, disclosure_status
from climrisk.report.run_data import RunData
from tests.small_study import edited, small_study

STANDARDS = read_standards()
HKEX = STANDARDS["hkex_2025"]
SOURCED = {"basis": "reported", "source": "annual report, note 5"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return read_study(small_study(tmp_path_factory.mktemp("status") / "small"))


@pytest.fixture(scope="module")
def lx_stated() -> Disclosure | None:
    return read_disclosure(bundled("data") / "lx-technology-2023", read_study("lx-technology-2023"))


def stated(**sections: Any) -> Disclosure:
    year = {"begins": "2025-01-01", "ends": "2025-12-31"}
    start = {"schema": 1, "issuer_tier": "main_board", "financial_year": year}
    return Disclosure.model_validate(start | sections)


def row_of(index: Index, name: str) -> RowStatus:
    return next(row for row in index.rows if row.id == name)


def judged(study: Study, row: str, answers: Disclosure | None = None) -> RowStatus:
    standard = next(one for one in STANDARDS.values() if row in one.rows)
    return row_of(disclosure_status(standard, Evidence(study, answers)), row)


def words(row: RowStatus) -> str:
    return "; ".join(remark.text("en") for remark in row.remarks)


def test_there_is_a_finder_for_each_computed_need() -> None:
    assert {*FINDERS, "statement"} == set(COMPUTED)


def test_blank_none_and_a_text_are_three_things(small: Study) -> None:
    assert judged(small, "D35").status == "missing"
    assert judged(small, "D35", stated()).status == "missing"
    none = judged(small, "D35", stated(metrics={"pay_link": {"none": True, **SOURCED}}))
    assert (none.status, none.sources) == ("none_stated", ("annual report, note 5",))
    assert words(none) == "none stated: the link of pay to climate"
    text = judged(small, "D35", stated(metrics={"pay_link": {"text": "a tenth", **SOURCED}}))
    assert (text.status, words(text)) == ("done", "")
    assert [one.best() for one in text.answers] == ["a tenth"]


def test_none_among_answers_counts_as_answered_and_is_told(small: Study) -> None:
    fields = ("response", "target_delivery", "resourcing")
    plan = {"transition_plan": {"none": True, **SOURCED}}
    answers = stated(strategy={name: {"text": "so", **SOURCED} for name in fields} | plan)
    with_measure = small.model_copy(update={"measures": read_study("lx-technology-2023").measures})
    row = judged(with_measure, "D22", answers)
    assert row.status == "done"
    assert "none stated: the transition plan" in words(row)
    assert judged(with_measure, "D22", stated(strategy=plan)).status == "partial"


def test_what_an_answer_does_not_cover_makes_it_partial(small: Study) -> None:
    answer = {"text": "yearly", "missing": "how often", **SOURCED}
    row = judged(small, "S2-25(c)", stated(risk_management={"integration": answer}))
    assert (row.status, words(row)) == ("partial", "not covered: how often")


def test_an_exposure_needs_amount_and_share(small: Study) -> None:
    def row(**figures: Any) -> RowStatus:
        return judged(small, "D30", stated(metrics={"transition_exposure": figures | SOURCED}))

    assert row(amount=12, share=0.3, of="total assets").status == "done"
    assert words(row(amount=12)).startswith("no share is stated; stated: ")
    assert words(row(text="the vans")) == "no amount is stated; no share is stated"
    assert row(none=True).status == "none_stated"


def test_figures_that_the_company_states_are_shown(small: Study) -> None:
    price = {"value": 80, "currency": "HKD", "year": 2025, "use": "new vans", **SOURCED}
    row = judged(small, "D34", stated(metrics={"internal_carbon_price": price}))
    assert (row.status, words(row)) == (
        "done",
        "stated: HKD 80 a tCO2e, prices of 2025; new vans",
    )
    shown = {"amount": 12.5, "share": 0.3, "of": {"en": "assets", "zh-Hant": "資產"}, **SOURCED}
    exposed = judged(small, "D31", stated(metrics={"physical_exposure": shown}))
    assert words(exposed).startswith("stated: ")
    assert words(exposed).endswith(" 12.5 million; 30% of assets")
    assert "佔資產的30%" in exposed.remarks[0].text("zh-Hant")
    amounts = [{"code": "FI-EXP", "amount": -1.25}, {"code": "FI-AL", "amount": -3}]
    effects = stated(effects={"current": {"amounts": amounts, **SOURCED}})
    told = words(judged(small, "S2-16(a)", effects))
    assert "FI-EXP" in told
    assert "-1.25 million; FI-AL" in told


def test_effects_in_words_alone_are_partial(small: Study) -> None:
    none = {"none": True, **SOURCED}
    both = judged(small, "D24", stated(effects={"current": none, "next_year": none}))
    assert both.status == "none_stated"
    told = {"text": "repairs after the storm", **SOURCED}
    assert judged(small, "S2-16(a)", stated(effects={"current": told})).status == "partial"
    amount = {"amounts": [{"code": "FI-EXP", "amount": -1.2}], **SOURCED}
    assert judged(small, "S2-16(a)", stated(effects={"current": amount})).status == "done"


def test_a_relief_stands_for_what_is_not_done_and_never_for_what_is(small: Study) -> None:
    relief = {"rows": ["D24", "D20"], "relief": "financial_effects", "reason": "not separable"}
    answers = stated(reliefs=[relief])
    assert judged(small, "D24", answers).status == "relief"
    assert words(judged(small, "D24", answers)).startswith("financial effects: not separable; ")
    none = {"none": True, **SOURCED}
    answered = stated(reliefs=[relief], effects={"current": none, "next_year": none})
    assert judged(small, "D24", answered).status == "none_stated"


def test_a_row_that_does_not_apply_says_why(small: Study) -> None:
    row = judged(small, "D36", stated(not_applicable=[{"row": "D36", "reason": "no such metrics"}]))
    assert (row.status, words(row)[:15]) == ("not_applicable", "no such metrics")


def test_targets_none_is_not_blank(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "small")
    (folder / "targets.yaml").write_text("schema: 1\n", encoding="utf-8")
    blank = judged(read_study(folder), "D37")
    assert (blank.status, words(blank)) == (
        "missing",
        "targets.yaml states none, and not that there are none",
    )
    target = "{title: None, kind: none, metric: emissions, basis: reported, source: section 6}"
    text = f"schema: 1\ntargets:\n  T-0: {target}\n"
    (folder / "targets.yaml").write_text(text, encoding="utf-8")
    for row in ("D37", "D39"):
        assert judged(read_study(folder), row).status == "none_stated"


def test_without_a_run_nothing_is_anticipated(small: Study) -> None:
    row = judged(small, "S2-17")
    assert (row.status, row.outputs) == ("missing", ())
    assert "no run" in words(row)


def test_items_without_number_or_reason_are_named(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "small")
    bare = "  R-7: {kind: risk, category: market, title: Bare}\n"
    told = (
        "  R-8: {kind: risk, category: market, title: Told, quantification: "
        "{status: too_uncertain, reason: no data}}\n"
    )
    register = (folder / "register.yaml").read_text(encoding="utf-8")
    (folder / "register.yaml").write_text(
        register.replace("items:\n", f"items:\n{told}", 1), encoding="utf-8"
    )
    assert judged(read_study(folder), "S2-21").status == "done"
    edited(folder / "register.yaml", (told, bare + told))
    row = judged(read_study(folder), "S2-21")
    assert (row.status, words(row)) == ("partial", "no number, and no reason given: R-7")


def test_an_own_price_without_its_use_is_partial(small: Study) -> None:
    price = {"value": 80, "basis": "assumption", "source": "treasury"}
    settings = small.settings.model_validate(
        small.settings.model_dump(by_alias=True) | {"internal_carbon_price": price}
    )
    row = judged(small.model_copy(update={"settings": settings}), "D34")
    assert (row.status, words(row)) == ("partial", "a price is stated, not how it is used")


LX = {
    "D20": "done",
    "D24": "missing",
    "D25": "partial",
    "D26": "partial",
    "D28(a)": "partial",
    "D28(b)": "partial",
    "D28(c)": "missing",
    "D34": "missing",
    "D35": "missing",
    "D37": "done",
    "D39": "partial",
}


def test_lx_row_by_row(lx: RunData, lx_stated: Disclosure) -> None:
    index = disclosure_status(HKEX, Evidence(lx.study, lx_stated, lx), year=2025)
    assert {row.id: row.status for row in index.rows if row.id in LX} == LX
    forced = {row.id: row.force for row in index.rows}
    assert {name for name, force in forced.items() if force == "mandatory"} == {
        "D28(a)",
        "D28(b)",
        "D29",
    }
    assert "scopes 1 and 2 as one total" in words(row_of(index, "D28(a)"))
    assert words(row_of(index, "D25")).startswith("blank: cash flow and financing; ")
    assert not index.count("none_stated")


def test_the_report_of_lx_is_older_than_part_d(lx_stated: Disclosure) -> None:
    index = disclosure_status(HKEX, Evidence(read_study("lx-technology-2023"), lx_stated))
    assert {row.force for row in index.rows} == {"not_in_force"}


def test_outputs_are_files_of_a_run_folder(lx: RunData, lx_stated: Disclosure) -> None:
    evidence = Evidence(lx.study, lx_stated, lx)
    named = {
        output
        for standard in STANDARDS.values()
        for row in disclosure_status(standard, evidence).rows
        for output in row.outputs
    }
    there = {file.name for file in lx.folder.iterdir()}
    assert named - there <= {"disclosure.yaml"}
    assert {"summary.csv", "matrix.csv", "emissions.csv", "targets.csv", "study.json"} <= named


def test_a_year_that_begins_on_a_leap_day_begins_a_day_later_in_others(small: Study) -> None:
    answers = stated(financial_year={"begins": "2024-02-29", "ends": "2025-02-27"})
    evidence = Evidence(small, answers)
    assert disclosure_status(HKEX, evidence, year=2025).first_day == "2025-03-01"
    assert disclosure_status(HKEX, evidence, year=2028).first_day == "2028-02-29"


def test_a_run_moves_rows_from_missing(lx: RunData, lx_stated: Disclosure) -> None:
    def counts(run: RunData | None) -> tuple[int, int]:
        index = disclosure_status(STANDARDS["ifrs_s2"], Evidence(lx.study, lx_stated, run))
        return index.count("done"), index.count("missing")

    with_run, without = counts(lx), counts(None)
    assert with_run[0] > without[0]
    assert with_run[1] < without[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_remark_can_be_said_in_every_language(
    language: Any, lx: RunData, lx_stated: Disclosure, small: Study
) -> None:
    for evidence in (Evidence(lx.study, lx_stated, lx), Evidence(small)):
        for standard in STANDARDS.values():
            for row in disclosure_status(standard, evidence).rows:
                assert all(remark.text(language) for remark in row.remarks)


def test_hostile_texts_stay_on_one_line(small: Study) -> None:
    hostile = "=1+1\r\n[bold]<script>\u202e{missing}"
    answer = {"text": "x", "missing": hostile, "basis": "reported", "source": hostile}
    row = judged(small, "S2-25(c)", stated(risk_management={"integration": answer}))
    assert words(row) == "not covered: =1+1 [bold]<script>{missing}"
