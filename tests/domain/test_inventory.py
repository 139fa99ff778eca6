from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from climrisk.domain.factors import FactorSet
from climrisk.domain.inventory import Activity
from climrisk.domain.inventory_checks import inventory_findings
from climrisk.domain.target import Target
from tests.ghg.accounts import factor_set, row


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"quantity": -1.0}, "found quantity -1; allowed: 0 or more; a correction says yes"),
        ({"unit": "kw"}, "unknown unit 'kw'"),
        ({"category": 3}, "found category 3 in scope 2; allowed: scope 3 only"),
        ({"category": 16, "scope": "3"}, "less than or equal to 15"),
        ({"scope": "1+2"}, r"found unit kWh in scope 1\+2; allowed: emissions"),
        ({"instrument": "contract"}, "found instrument contract without instrument_factor"),
        ({"instrument_factor": 0.1}, "found instrument_factor without an instrument"),
        (
            {"instrument": "green_certificate", "scope": "1"},
            "found instrument in scope 1; allowed: scope 2",
        ),
        ({"valid_from": "2023-07-01"}, r"found valid_from beside kWh \(energy\)"),
        (
            {"unit": "m2", "valid_from": "2022-07-01"},
            "found valid_from 2022-07-01; allowed: a day of 2023",
        ),
        ({"unit": "m2", "valid_from": "2023-02-30"}, "allowed: a date such as 2023-07-01"),
        ({"unit": "m2", "valid_from": "20230701"}, "allowed: a date such as 2023-07-01"),
    ],
)
def test_a_row_that_cannot_be_meant_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Activity.model_validate(row("electricity", 5).model_dump() | changes)


def complaints(rows: list[Activity], *sets: FactorSet) -> list[str]:
    found = inventory_findings(list(enumerate(rows)), {one.id: one for one in sets})
    return [f"{one.path}: {one.found}; {one.allowed}" for one in found]


@pytest.mark.parametrize(
    ("rows", "place", "words"),
    [
        ([row("e", 1), row("e", 1)], (1, "source_id"), "a second row of e at all in 2023"),
        ([row("e", 1, site="a"), row("e", 1)], (1, "site"), "found all, beside rows of e at a"),
        ([row("e", 1), row("e", 1, "L", year=2022)], (1, "unit"), "found L, e is in kWh above"),
        (
            [row("e", 1), row("e", 1, scope="1", year=2022)],
            (1, "scope"),
            "found 1, e is in scope 2 above",
        ),
        (
            [row("e", 1), row("e", -2, correction="yes")],
            (1, "quantity"),
            "found -2, more than e has at all",
        ),
        (
            [row("e", 1), row("c", 2, activity="e", instrument="green_certificate")],
            (1, "quantity"),
            "found 2; all instruments cover more than is consumed",
        ),
        (
            [row("e", 1), row("c", 1, "L", activity="e", instrument="green_certificate")],
            (1, "unit"),
            r"found L (volume)",
        ),
    ],
)
def test_rows_that_contradict_each_other(
    rows: list[Activity], place: tuple[int, str], words: str
) -> None:
    found = [one for one in complaints(rows) if one.startswith(f"{place}: {words}")]
    assert len(found) == 1, complaints(rows)


def test_rows_that_go_together() -> None:
    rows = [
        row("e", 10, site="a"),
        row("e", 10, site="b"),
        row("e", -1, site="b", correction="yes"),
        row("c", 19, activity="e", instrument="green_certificate"),
        row("e", 10, year=2022),
        row("area", 5, "m2", "none"),
        row("area", 6, "m2", "none", valid_from="2023-03-01"),
    ]
    assert complaints(rows) == []


def test_a_unit_that_no_factor_fits_is_named_with_its_set() -> None:
    regional = {"heat": {"North": {"value": 0.1, "unit": "tCO2e/GJ"}}}
    sets = (factor_set(), factor_set("grid", factors={}, regional=regional))
    rows = [row("electricity", 1, "L"), row("heat", 1, "t"), row("electricity", 1, "L", "none")]
    assert complaints([rows[0]], *sets) == [
        "(0, 'unit'): found L (volume); allowed: energy, as electricity is per kWh in own"
    ]
    assert complaints([rows[1]], *sets) == [
        "(0, 'unit'): found t (mass); allowed: energy, as heat is per GJ in grid"
    ]
    assert complaints([rows[2]], *sets) == []


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ({"factors": {"e": {"value": 1, "unit": "kWh/L"}}}, "allowed: emissions per unit"),
        ({"factors": {"e": {"value": -1, "unit": "kgCO2e/L"}}}, "greater than or equal to 0"),
        ({"heat_values": {"e": {"value": 1, "unit": "kgCO2e/L"}}}, "allowed: energy per unit"),
        ({"completed_by": "own"}, "found completed_by 'own'; allowed: another set"),
        (
            {"regional": {"petrol": {"North": {"value": 1, "unit": "kgCO2e/L"}}}},
            "found regional 'petrol' among the factors as well",
        ),
        ({"years": [2024, 2023]}, "found 2024 after 2023"),
    ],
)
def test_a_factor_set_that_cannot_be_meant_is_refused(part: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        factor_set(**part)


CAP = {"title": "Cap", "kind": "not_exceed", "metric": "energy", "base_year": 2023}
CAP |= {"target_year": 2025, "limit": 5.0, "unit": "kWh/m2"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"target_year": 2023}, "found target_year 2023, base year 2023; allowed: a later year"),
        ({"target_year": 2020}, "found target_year 2020, base year 2023"),
        ({"target_year": None}, "Field required"),
        ({"milestones": {2025: 4.0}}, "found milestones 2025; allowed: between 2023 and 2025"),
        ({"kind": "maintain", "limit": None}, "band: missing"),
        ({"kind": "reduce_by", "limit": None}, "reduction: missing"),
        ({"kind": "reduce_to", "limit": None}, "limit: missing"),
        ({"reduction": 0.1}, "found reduction in kind not_exceed"),
        ({"unit": None}, "unit: missing"),
        ({"limit": 0.0425, "stated_decimals": 2}, "found limit 0.0425; allowed: at most 2"),
        ({"sources": ["e"], "scope": "1"}, "found sources beside a scope"),
        ({"sources": ["e"]}, "found unit kWh/m2, denominator none; allowed: a unit with /"),
        (
            {"scope": "1", "denominator": "area"},
            "found unit kWh/m2 of scope 1; allowed: such as tCO2e",
        ),
        ({"scope": "2+1"}, "'1', '2', '3'"),
        ({"pathway": {"form": "absolute_contraction"}}, "rate: missing"),
        ({"pathway": {"form": "linear", "rate": 0.1}}, "found rate in form linear"),
        (
            {
                "pathway": {
                    "form": "iamc",
                    "file": "../x.csv",
                    **dict.fromkeys(("model", "scenario", "region", "variable"), "x"),
                }
            },
            r"found file '\.\./x\.csv'; allowed: a name such as sector\.csv",
        ),
    ],
)
def test_a_target_that_cannot_be_meant_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Target.model_validate(CAP | changes)


def test_none_is_a_statement_without_years() -> None:
    stated = Target.model_validate({"title": "None", "kind": "none", "metric": "scope 3"})
    assert stated.target_year is None
