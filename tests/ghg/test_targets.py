from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from climrisk.domain.target import Target
from climrisk.ghg.account import account
from climrisk.ghg.rounding import at_most_as_stated, half_up, prints_alike, step_share
from climrisk.ghg.status import Status, base_year_words, status
from climrisk.ghg.targets import ResolvedTarget, moves_with_base, resolve, resolve_all
from climrisk.io.study import read_study
from tests.ghg.accounts import row, small_account


def resolved(**stated: Any) -> ResolvedTarget:
    """Return a target on 1000 kWh in 2023, over 100 m2 where it has a denominator."""
    form = {"title": "T", "metric": "energy", "base_year": 2023, "target_year": 2033}
    form |= {"unit": "kWh", "sources": ["electricity"]}
    rows = [row("electricity", 1000), row("floor_area", 100, "m2", "none")]
    return resolve("T", Target.model_validate(form | stated), small_account(rows))


@settings(deadline=None)
@given(st.integers(0, 10**7), st.integers(0, 4))
def test_half_up_is_decimal_s(thousandths: int, decimals: int) -> None:
    value = thousandths / 1000
    step = Decimal(1).scaleb(-decimals)
    assert half_up(value, decimals) == float(
        (Decimal(thousandths) / 1000).quantize(step, rounding=ROUND_HALF_UP)
    )


@settings(deadline=None)
@given(st.floats(0, 1e6, allow_nan=False), st.integers(0, 10**4), st.integers(0, 4))
def test_a_figure_passes_as_stated_where_it_prints_at_most_the_limit(
    value: float, steps: int, decimals: int
) -> None:
    limit = half_up(steps / 10**decimals, decimals)
    expected = half_up(value, decimals) <= limit
    assert bool(at_most_as_stated(value, limit, decimals)) is expected
    low, high = prints_alike(limit, decimals)
    assert (half_up(value, decimals) == limit) is (low <= value < high)


def test_figures_of_any_shape_are_compared() -> None:
    values = np.array([[0.03, 0.0449999], [0.045, 0.0425]])
    assert at_most_as_stated(values, 0.04, 2).tolist() == [[True, True], [False, True]]
    assert at_most_as_stated(values, 0.04, None).tolist() == [[True, False], [False, False]]


def test_the_lx_cap_is_met_as_stated_and_its_step_is_said_aloud() -> None:
    study = read_study("lx-technology-2023")
    base = account(study)
    found = resolve_all(study.targets, base)
    ghg = found["T-GHG"]
    assert ghg.base == pytest.approx(0.0425271, abs=5e-8)
    assert (ghg.base_as_stated, ghg.limit) == (0.04, 0.04)
    assert bool(ghg.met(ghg.base or 0, as_stated=True))
    assert not bool(ghg.met(ghg.base or 0, as_stated=False))
    assert status(ghg, 2023, ghg.base, as_stated=True) == "base_year"
    assert base_year_words(ghg) == "base year, at the cap as stated"
    assert step_share(0.04, 2) == pytest.approx(0.25)
    warning = ghg.rounding_warning()
    assert "25% of the limit" in warning
    assert "0.035 to below 0.045 tCO2e/m2 (1,096 to 1,410 tCO2e)" in warning
    assert "growth of 5.8%" in warning
    for other in ("T-ELECTRICITY", "T-WATER"):
        assert found[other].rounding_warning() == ""
        assert base_year_words(found[other]) == "base year, at the cap as stated"
    assert status(found["T-WASTE"], 2023, None, as_stated=True) == "no_status"


CAP = {"kind": "not_exceed", "limit": 1000.0, "stated_decimals": 0}
CUT = {"kind": "reduce_by", "reduction": 0.5}
BAND = {"kind": "maintain", "band": 0.1}


@pytest.mark.parametrize(
    ("stated", "year", "actual", "expected"),
    [
        (CAP, 2023, 1000.0, "base_year"),
        (CAP, 2024, 1000.4, "on_track"),
        (CAP, 2024, 1000.5, "at_risk"),
        (CAP, 2024, 1050.4, "at_risk"),
        (CAP, 2024, 1050.5, "off_track"),
        (CAP, 2033, 1000.4, "achieved"),
        (CAP, 2034, 1000.5, "off_track"),
        (CAP, 2024, None, "no_status"),
        (CUT, 2028, 750.0, "on_track"),
        (CUT, 2028, 775.0, "at_risk"),
        (CUT, 2028, 776.0, "off_track"),
        (CUT, 2024, 1001.0, "off_track"),
        (CUT, 2033, 500.0, "achieved"),
        (CUT, 2033, 501.0, "off_track"),
        ({"kind": "reduce_to", "limit": 500.0}, 2028, 750.0, "on_track"),
        (BAND, 2024, 900.0, "on_track"),
        (BAND, 2024, 1100.0, "on_track"),
        (BAND, 2024, 860.0, "at_risk"),
        (BAND, 2024, 1160.0, "off_track"),
        ({"kind": "qualitative"}, 2024, 1.0, "no_status"),
        ({"kind": "none"}, 2024, 1.0, "none_stated"),
    ],
)
def test_the_traffic_light_rule(
    stated: dict[str, Any], year: int, actual: float | None, expected: Status
) -> None:
    assert status(resolved(**stated), year, actual, as_stated=True) == expected


def test_unrounded_figures_are_judged_as_they_are() -> None:
    cap = resolved(**CAP)
    assert status(cap, 2024, 1000.4, as_stated=True) == "on_track"
    assert status(cap, 2024, 1000.4, as_stated=False) == "at_risk"


def test_what_is_expected_counts_before_the_target_year_and_gaps_are_a_risk() -> None:
    cut = resolved(**CUT)
    assert status(cut, 2028, 990.0, as_stated=True, expected=450.0) == "on_track"
    assert status(cut, 2028, 740.0, as_stated=True, expected=900.0) == "off_track"
    assert status(cut, 2028, 740.0, as_stated=True, is_complete=False) == "at_risk"
    assert status(cut, 2033, 400.0, as_stated=True, is_complete=False) == "at_risk"


def test_limits_by_kind() -> None:
    assert resolved(**CUT).limit == 500.0
    assert resolved(kind="not_exceed").limit == 1000.0
    assert (resolved(**BAND).floor, resolved(**BAND).limit) == pytest.approx((900.0, 1100.0))
    stated = resolved(kind="reduce_by", limit=480.0, reduction=0.5)
    assert stated.limit == 480.0
    assert [moves_with_base(one) for one in (resolved(**CUT), resolved(**CAP), stated)] == [
        True
    ] * 3
    assert not moves_with_base(resolved(kind="reduce_to", limit=1.0))


def test_milestones_have_limits_of_their_own() -> None:
    cut = resolved(**CUT, milestones={2028: 800.0})
    assert [cut.limit_in(year) for year in (2024, 2028, 2033, 2040)] == [None, 800, 500, 500]
    assert bool(cut.met(790.0, as_stated=False, limit=800.0))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"sources": ["gas"]}, "no figure of 2023: gas: no row for 2023"),
        (
            {"unit": "kWh/person", "denominator": "people"},
            "no figure of 2023: people: no row for 2023",
        ),
        ({"unit": "kWh/person", "denominator": "floor_area"}, "found m2"),
        ({"sources": [], "scope": "3", "unit": "tCO2e"}, "no emissions of scope 3"),
        ({"sources": []}, "no scope and no sources are stated"),
    ],
)
def test_a_target_without_a_base_says_why(changes: dict[str, Any], reason: str) -> None:
    found = resolved(kind="reduce_by", reduction=0.1, **changes)
    assert found.limit is None
    assert reason in found.reason
    assert status(found, 2025, 1.0, as_stated=True) == "no_status"
    with pytest.raises(ValueError, match="T: no figure"):
        found.met(1.0, as_stated=True)


def test_a_base_that_the_inventory_does_not_give_is_told() -> None:
    wrong = resolved(**CAP, base_value={"value": 900.0})
    assert wrong.base_warning() == (
        "T: the base is stated as 900 kWh, the inventory of 2023 gives 1000"
    )
    for close in (1000.0, 1004.0):
        assert resolved(**CAP, base_value={"value": close}).base_warning() == ""


def test_a_denominator_of_zero_leaves_the_intensity_blank_with_its_reason() -> None:
    rows = [row("electricity", 10), row("area", 0, "m2", "none")]
    stated = {"title": "T", "metric": "m", "base_year": 2023, "target_year": 2025}
    stated |= {"kind": "not_exceed", "unit": "kWh/m2", "sources": ["electricity"]}
    target = Target.model_validate(stated | {"denominator": "area"})
    found = small_account(rows).measure(target, "kWh/m2")
    assert (found.value, found.reason) == (None, "area is 0 in 2023")
    unnamed = Target.model_validate(stated | {"sources": [], "scope": "1+2", "unit": "tCO2e/m2"})
    assert small_account(rows).measure(unnamed, "tCO2e/m2").reason.startswith("no denominator")


def test_a_target_needs_the_account_of_its_base_year() -> None:
    stated = {"title": "T", "metric": "m", "base_year": 2020, "target_year": 2025, "limit": 1.0}
    target = Target.model_validate(stated | {"kind": "reduce_to", "unit": "tCO2e", "scope": "1"})
    with pytest.raises(ValueError, match="base year 2020, account of 2023"):
        resolve("T", target, small_account([]))
