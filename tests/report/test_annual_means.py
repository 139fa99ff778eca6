"""The sheet of yearly means: formulas that give the engine's exact means, beside simulated ones."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from typing import Any, Final

import numpy as np
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from climrisk.domain.study import Study
from climrisk.engine.climate_nodes import climate_nodes
from climrisk.engine.expectation import REASONS, expected_effects, mean_factors, undiminished
from climrisk.engine.plan import Plan, make_plan
from climrisk.i18n import translate
from climrisk.names import LANGUAGES, Language
from climrisk.report.bilingual import bilingual
from climrisk.report.book import xlsx_bytes
from climrisk.report.book.means import ERROR, KEY, PRODUCT, SIMULATED, SUM, Z
from climrisk.report.briefing import briefing, paper
from climrisk.report.mean_rows import FACTORS, AnnualMeans, ImpactMean, ItemYear
from climrisk.report.run_data import RunData
from tests.report.paper import paper as made_up
from tests.strategies import studies
from tests.studies import annual_risk, make_scenario, make_settings, make_study, poisson

HOSTILE: Final = '=HYPERLINK("http://x","y")'


@dataclass(frozen=True)
class Opened:
    """The sheet's formulas, and the values that stand in the file."""

    formulas: Any
    values: Any

    @property
    def impacts(self) -> Iterator[int]:
        """Rows of impacts."""
        for row in range(1, self.formulas.max_row + 1):
            if self.formulas.cell(row, PRODUCT + 1).data_type == "f":
                yield row


def opened(content: bytes, language: Language = "en") -> Opened:
    name = translate("office.means.title", language)
    both = (openpyxl.load_workbook(BytesIO(content), data_only=one)[name] for one in (False, True))
    return Opened(*both)


@pytest.fixture(scope="module")
def sheet(lx: RunData) -> Opened:
    return opened(xlsx_bytes(paper(lx, "en").document))


def range_of(formula: str, function: str) -> str:
    found = re.fullmatch(rf"={function}\(([A-Z]+\d+:[A-Z]+\d+)\)", formula)
    assert found, formula
    return found[1]


def numbers(sheet: Any, cells: str) -> list[float]:
    stand = [cell.value for row in sheet[cells] for cell in row]
    assert all(isinstance(one, float | int) for one in stand)
    return stand


def recalculated(sheet: Opened) -> Mapping[tuple[str, int], tuple[float, int]]:
    """Return each item's mean and its row by id and year, from factors and formulas alone."""
    products: dict[str, float] = {}
    for row in sheet.impacts:
        cell = sheet.formulas.cell(row, PRODUCT + 1)
        factors = numbers(sheet.formulas, range_of(cell.value, "PRODUCT"))
        assert len(factors) == len(FACTORS)
        products[cell.coordinate] = math.prod(factors)
    means: dict[tuple[str, int], tuple[float, int]] = {}
    for row in sheet.impacts:
        formula = sheet.formulas.cell(row, SUM + 1).value
        if formula is not None:
            summed = sheet.formulas[range_of(formula, "SUM")]
            mean = math.fsum(products.pop(one.coordinate) for (one,) in summed)
            item, _, _, year = (sheet.formulas.cell(row, one).value for one in range(1, 5))
            means[item.split()[0], year] = (mean, row)
    assert not products, "an impact is in no sum"
    return means


def exact_net(plan: Plan, scenario: str) -> dict[str, np.ndarray | str]:
    nodes = climate_nodes(plan)
    found: dict[str, np.ndarray | str] = {}
    for item in plan.items:
        before = partial(undiminished, plan, item, nodes, scenario)
        effects = expected_effects(plan, item, "current", before)
        found[item.id] = effects if isinstance(effects, str) else effects[-1]
    return found


def test_formulas_give_the_exact_means_of_every_item_and_year(sheet: Opened, lx: RunData) -> None:
    plan = make_plan(lx.study)
    exact = exact_net(plan, "net_zero_2050")
    means = recalculated(sheet)
    with_form = {name for name, one in exact.items() if not isinstance(one, str)}
    assert set(means) == {(name, year) for name in with_form for year in plan.years}
    assert len(with_form) == 9
    for (name, year), (mean, row) in means.items():
        assert mean == pytest.approx(exact[name][plan.years.index(year)], rel=1e-9, abs=0.0)
        assert sheet.values.cell(row, SUM + 1).value == pytest.approx(mean, rel=1e-14, abs=0.0)


def test_simulated_means_are_the_runs_and_lie_within_chance(sheet: Opened, lx: RunData) -> None:
    scores = []
    for mean, row in recalculated(sheet).values():
        cited = lx.at(sheet.values.cell(row, KEY + 1).value)
        simulated, error = (sheet.values.cell(row, one + 1).value for one in (SIMULATED, ERROR))
        assert (simulated, error) == pytest.approx((cited.value, cited.error), rel=1e-14)
        z = sheet.values.cell(row, Z + 1).value
        if error > 0.0:
            assert z == pytest.approx((simulated - mean) / error, rel=1e-9, abs=1e-9)
            scores.append(abs(z))
        else:
            assert not z
    assert len(scores) > 200
    assert max(scores) < 4.0  # of 228 normal ones, one in seventy runs would pass it


def test_z_is_a_formula_of_its_row(sheet: Opened) -> None:
    for _, row in recalculated(sheet).values():
        formula = sheet.formulas.cell(row, Z + 1).value
        assert formula == f'=IF(N(N{row})>0,(M{row}-L{row})/N{row},"")'


def test_an_item_without_a_closed_form_is_named_with_its_reason(sheet: Opened) -> None:
    rows = sheet.formulas.iter_rows(values_only=True)
    told = {row[0].split()[0]: row[1] for row in rows if str(row[1]).startswith("No closed form")}
    assert told == {"R-ACU-1": "No closed form: insurance pays on a layer of the loss."}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_and_head_has_words(language: Language) -> None:
    without = tuple((name, name) for name in (*REASONS, "unassessed"))
    year = ItemYear(HOSTILE, 2024, (ImpactMean(HOSTILE, HOSTILE, (1.0,) * 6),), 1.0, 0.0, HOSTILE)
    means = AnnualMeans(language, HOSTILE, HOSTILE, (year,), without)
    document = replace(made_up(language), means=(lambda: means,))
    sheet = opened(xlsx_bytes(document), language)
    formulas = [c.coordinate for row in sheet.formulas for c in row if c.data_type == "f"]
    assert len(formulas) == 3
    hostile = [c for row in sheet.formulas for c in row if c.value == HOSTILE]
    assert [c.data_type for c in hostile] == ["s"] * 4
    told = [row[1] for row in sheet.formulas.iter_rows(values_only=True) if row[0] in dict(without)]
    assert len({*told}) == len(without)


def test_a_paper_in_two_languages_has_the_means_in_both(lx: RunData) -> None:
    both = bilingual(briefing(lx, "en"), briefing(lx, "zh-Hant"), "zh-Hant")
    assert [means().language for means in both.means] == ["en", "zh-Hant"]
    names = [translate("office.means.title", language) for language in ("en", "zh-Hant")]
    book = openpyxl.load_workbook(BytesIO(xlsx_bytes(both)), read_only=True)
    assert set(names) <= set(book.sheetnames)


def linked_study() -> Study:
    """Return a study in which one driver moves rate and severity, 1 or 3 by its model."""
    price = {"models": {"A": {2024: 10.0, 2100: 10.0}, "B": {2024: 30.0, 2100: 30.0}}}
    base = {"models": {"A": {2023: 10.0, 2100: 10.0}, "B": {2023: 10.0, 2100: 10.0}}}
    links = [
        {"driver": "price", "acts_on": target, "form": "ratio", "elasticity": 1.0}
        for target in ("rate", "severity")
    ]
    worlds = (make_scenario("flat", price=base), make_scenario("steep", price=price))
    items = {"both": annual_risk(poisson(0.5), 2.0, links=links)}
    return make_study(items, make_settings(scenarios=("flat", "steep")), worlds)


def test_factors_hold_where_one_driver_moves_rate_and_severity() -> None:
    plan = make_plan(linked_study())
    found = mean_factors(plan, plan.items[0], "current", climate_nodes(plan), "steep")
    assert not isinstance(found, str)
    assert found[0].occurrence == pytest.approx(0.5 * (1 + 3) / 2)
    assert found[0].severity == pytest.approx(2.0 * (1 * 1 + 3 * 3) / (1 + 3))
    assert found[0].occurrence * found[0].severity == pytest.approx(0.5 * 2.0 * (1 + 9) / 2)


def test_what_never_occurs_keeps_its_severity_and_has_no_mean() -> None:
    items = {"never": annual_risk(poisson(0.0), 5.0)}
    plan = make_plan(make_study(items))
    found = mean_factors(plan, plan.items[0], "current", climate_nodes(plan), "flat")
    assert not isinstance(found, str)
    assert (found[0].occurrence[0], found[0].severity[0]) == (0.0, 5.0)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(studies())
def test_factors_multiply_to_the_exact_means_of_any_study(study: Study) -> None:
    plan = make_plan(study)
    nodes = climate_nodes(plan)
    scenario = plan.scenarios[-1]
    for item, exact in zip(plan.items, exact_net(plan, scenario).values(), strict=True):
        found = mean_factors(plan, item, "current", nodes, scenario)
        if isinstance(exact, str):
            assert found == exact
            continue
        assert not isinstance(found, str)
        product = sum(
            one.occurrence * one.severity * one.measures * one.borne * one.exposure * one.to_net
            for one in found
        )
        scale = float(np.max(np.abs(exact), initial=0.0))
        np.testing.assert_allclose(product, exact, rtol=1e-9, atol=1e-12 * scale)
