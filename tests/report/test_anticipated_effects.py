"""Anticipated financial effects: every figure is the run's, and what has no number says why."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from climrisk.cli.main import app
from climrisk.domain.briefing import Briefing
from climrisk.domain.disclosure import Disclosure
from climrisk.i18n import number_range, significant
from climrisk.io.run_figures import find_figure
from climrisk.names import LANGUAGES, NET, Language
from climrisk.report.anticipated_effects import (
    anticipated_effects,
    effects_guide,
    scenario_effects,
)
from climrisk.report.document import Cell, Figure, Section, State, Table, figures_of
from climrisk.report.effect_frame import EFFECT_COLUMNS, effect_frame
from climrisk.report.run_data import RunData, open_run
from climrisk.report.wording import Wording
from tests.small_study import small_study

NAMING = ("scenario", "control", "horizon", "subject", "line", "channel", "statistic")
LARGEST_PAGE = 34
"""Rows of one page of A4 in the size that tables are printed in."""
UNQUANTIFIED = """\
  R-7:
    kind: risk
    category: market
    title: {en: "=Bare <b>risk</b>"}
  R-8:
    kind: risk
    category: market
    title: Told
    quantification: {status: too_uncertain, reason: "=no data"}
"""


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> RunData:
    """A run of a small study, two of whose items have no number."""
    folder = small_study(tmp_path_factory.mktemp("effects") / "small")
    register = folder / "register.yaml"
    text = register.read_text(encoding="utf-8")
    register.write_text(text.replace("items:\n", f"items:\n{UNQUANTIFIED}", 1), encoding="utf-8")
    asked = ["run", str(folder), "--draws", "200", "--no-picture", "--quiet"]
    done = CliRunner().invoke(app, [*asked, "--out", str(folder.parent / "run")])
    assert done.exit_code == 0, done.output
    return open_run(folder.parent / "run")


def wording(run: RunData, language: Language = "en") -> Wording:
    return Wording(run, Briefing(), language)


def table_of(section: Section) -> Table:
    return next(block for block in section.blocks if isinstance(block, Table))


def text_of(cell: Cell) -> str:
    if isinstance(cell, State):
        return cell.text
    return "".join(span.text if isinstance(span, Figure) else span for span in cell)


def test_a_guide_and_a_page_for_each_scenario(lx: RunData) -> None:
    sections = anticipated_effects(wording(lx))
    names = [section.name for section in sections]
    assert names == ["effects_guide", *(f"effects_{one}" for one in lx.scenarios)]
    assert all(section.appendix for section in sections)
    for section in sections[1:]:
        assert len(table_of(section).rows) <= LARGEST_PAGE


def test_every_figure_is_the_printed_one_of_the_run(lx: RunData) -> None:
    section = scenario_effects(wording(lx), "net_zero_2050")
    years = {f"horizon={name}": count for name, count in lx.horizons.items()}
    with (lx.folder / "summary.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["model"] == "all"]
    by_name = {tuple(row[name] for name in NAMING): row for row in rows}
    assert len(by_name) == len(rows)
    seen = 0
    for figure in figures_of(section):
        for value, key in zip(figure.values, figure.keys, strict=True):
            file_name, *parts = key.split("/")
            stated = dict(part.split("=") for part in parts)
            row = by_name[tuple(stated[name] for name in NAMING)]
            count = years[f"horizon={stated['horizon']}"]
            told = row["standard_error" if "error" in figure.derivation else "value"]
            assert (file_name, value) == ("summary.csv", float(told) / count)
            assert f"{count} years" in figure.derivation
            seen += 1
    assert seen > 150


def test_explain_finds_a_figure_by_its_key(lx: RunData) -> None:
    figure = next(figures_of(scenario_effects(wording(lx), "ndcs")))
    found = find_figure(lx.folder, figure.keys[1])
    assert float(found.value) == figure.values[1] * next(iter(lx.horizons.values()))


def test_a_range_prints_the_median_before_its_ends(lx: RunData) -> None:
    table = table_of(scenario_effects(wording(lx), "ndcs"))
    figures = [span for row in table.rows for cell in row[1:] for span in cell]
    ranges = [one for one in figures if isinstance(one, Figure)]
    assert ranges
    for one in ranges:
        p50, p5, p95 = one.values
        assert p5 <= p50 <= p95
        assert one.text == f"{significant(p50)} ({number_range(p5, p95)})"
        assert [key.rsplit("=", 1)[1] for key in one.keys] == ["p50", "p5", "p95"]
    assert all(column.parts == ("P50", "P5", "P95") for column in table.columns[1:])


def test_rows_go_by_statement_and_end_with_totals(lx: RunData) -> None:
    table = table_of(scenario_effects(wording(lx), "net_zero_2050"))
    heads = [text_of(table.rows[place][0]) for place in table.groups]
    assert [head.split()[0] for head in heads] == ["FI-REV", "FI-EXP", "FI-AL", "Net", "FI-CF"]
    first = [text_of(row[0]) for row in table.rows]
    start, end = first.index(heads[0]) + 1, first.index(heads[1])
    assert first[start:end] == [
        "Risks",
        "Opportunities",
        "Total, controls in place",
        "Total with planned measures",
    ]
    assert "Own carbon cost" in first[end : first.index(heads[2])]
    assert text_of(table.rows[-1][1]) == "no number"
    assert "not simulated" in first[-1]


def test_a_part_that_is_nothing_has_no_row(bare: RunData) -> None:
    table = table_of(scenario_effects(wording(bare), bare.scenarios[0]))
    first = {text_of(row[0]) for row in table.rows}
    assert "Own carbon cost" not in first
    assert "Losses above what is exposed" not in first


def test_where_nothing_is_assessed_nothing_is_zero(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "small")
    text = "schema: 1\nitems:\n  R-1: {kind: risk, category: market, title: Bare}\n"
    (folder / "register.yaml").write_text(text, encoding="utf-8")
    asked = ["run", str(folder), "--draws", "50", "--no-picture", "--quiet"]
    done = CliRunner().invoke(app, [*asked, "--out", str(tmp_path / "run")])
    assert done.exit_code == 0, done.output
    run = open_run(tmp_path / "run")
    for section in anticipated_effects(wording(run)):
        assert not list(figures_of(section))
    table = table_of(scenario_effects(wording(run), run.scenarios[0]))
    assert {text_of(row[1]) for row in table.rows if row[1]} == {"no number"}
    assert effect_frame(run)["status"].tolist() == ["not_simulated", "not_assessed"]


def test_what_the_company_says_of_its_financing_stands_where_no_number_can(lx: RunData) -> None:
    year = {"begins": "2025-01-01", "ends": "2025-12-31"}
    start: dict[str, Any] = {"schema": 1, "issuer_tier": "unlisted", "financial_year": year}
    sourced = {"basis": "reported", "source": "treasury"}

    def last(answer: dict[str, Any]) -> str:
        stated = Disclosure.model_validate(start | {"strategy": {"financing": answer | sourced}})
        table = table_of(scenario_effects(wording(lx), "ndcs", stated))
        return text_of(table.rows[-1][0])

    assert last({"text": "a green loan"}) == "Stated by the company: a green loan"
    assert last({"none": True}) == "The company states none."


def test_items_without_a_number_are_named_with_status_and_reason(bare: RunData) -> None:
    guide = effects_guide(wording(bare))
    lead = text_of(guide.blocks[0].spans)  # type: ignore[union-attr]
    assert lead == "2 of 4 items have no number and are in no figure: R-7, R-8."
    table = guide.blocks[-1]
    assert isinstance(table, Table)
    assert [[text_of(cell) for cell in row] for row in table.rows] == [
        ["R-7 =Bare <b>risk</b>", "not assessed", "–", "not stated"],
        ["R-8 Told", "too uncertain", "=no data", "not stated"],
    ]
    notes = table_of(scenario_effects(wording(bare), bare.scenarios[0])).notes
    assert lead in [text_of(note) for note in notes]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_all_of_it(language: Language, lx: RunData, bare: RunData) -> None:
    for run in (lx, bare):
        english = anticipated_effects(wording(run))
        for section, other in zip(
            anticipated_effects(wording(run, language)), english, strict=True
        ):
            assert section.language == language
            mine = [(one.values, one.keys) for one in figures_of(section)]
            assert mine == [(one.values, one.keys) for one in figures_of(other)]


def test_the_tidy_table_has_every_subject_and_the_same_numbers(lx: RunData) -> None:
    frame = effect_frame(lx)
    assert list(frame.columns) == EFFECT_COLUMNS
    numbered = frame[frame["status"] == "quantified"]
    assert set(numbered["code"]) == {"FI-REV", "FI-EXP", "FI-AL", NET}
    assert set(lx.study.items) <= set(numbered["subject"])
    assert np.isfinite(numbered[["mean", "p5", "p50", "p95"]].to_numpy(dtype=float)).all()
    row = numbered[
        (numbered["scenario"] == "ndcs")
        & (numbered["control"] == "residual")
        & (numbered["horizon"] == "long")
        & (numbered["subject"] == "R-POL-1")
        & (numbered["code"] == "FI-EXP")
    ].iloc[0]
    cited = lx.cite(
        "summary.csv",
        scenario="ndcs",
        control="residual",
        horizon="long",
        subject="R-POL-1",
        channel="operating_cost",
        statistic="p95",
    )
    assert (row["p95"], row["p95_standard_error"]) == (cited.value, cited.error)
    assert (row["first_year"], row["last_year"], row["years"]) == (2031, 2050, 20)
    assert set(row["lines"].split("; ")) == {"credit loss", "disclosure and compliance"}


def test_rows_without_a_number_keep_status_and_reason_and_no_formula(bare: RunData) -> None:
    frame = effect_frame(bare)
    rest = frame[frame["status"] != "quantified"]
    assert rest["status"].tolist() == ["not_simulated", "not_assessed", "too_uncertain"]
    assert rest["mean"].isna().all()
    assert rest["reason"].tolist()[-1] == "'=no data"


def test_the_command_writes_it_from_a_run_alone(bare: RunData, tmp_path: Path) -> None:
    file = tmp_path / "effects.csv"
    asked = ["disclosure", str(bare.folder), "--standard", "tcfd", "--effects", str(file)]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 0, done.output
    assert file.read_text(encoding="utf-8").splitlines()[0] == ",".join(EFFECT_COLUMNS)
    refused = CliRunner().invoke(app, ["disclosure", "lx-technology-2023", *asked[4:]])
    assert refused.exit_code == 2
    assert "needs a run folder" in refused.output
