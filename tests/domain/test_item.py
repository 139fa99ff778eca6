"""Items: statements that contradict themselves are refused with the cure."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from climrisk.domain.item import Item, Quantification
from climrisk.domain.link import Link
from climrisk.domain.measure import Measure
from tests.studies import always, annual_risk, bernoulli, cost, make_item, once, poisson

PLANT = {"exposure": "plant"}


@pytest.mark.parametrize(
    ("occurrence", "message"),
    [
        ({"type": "annual", "law": "bernoulli"}, "bernoulli without probability"),
        ({"type": "annual", "law": "poisson", "probability": 0.1}, "poisson without rate"),
        (bernoulli(0.1) | {"rate": 1.0}, "bernoulli with rate"),
        (poisson(0.1) | {"probability": 0.1}, "poisson with probability"),
        (bernoulli(1.2), r"found 1\.2, allowed"),
        (bernoulli({"p5": 0.5, "p95": 0.1}), "p5 0.5 is above p95 0.1"),
        (poisson(-1.0), "found -1"),
        (poisson(float("nan")), "finite"),
        (once((2026, 2024), 0.5), "found 2026 after 2024"),
        (once((2024, 2026), 0.5, lasts=0), "greater than or equal to 1"),
        (once((2024, 2026), 0.5, ramp=0), "greater than or equal to 1"),
        ({"type": "sometimes"}, "sometimes"),
    ],
)
def test_occurrences(occurrence: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        annual_risk(occurrence, 1.0)


def sales(**how: Any) -> dict[str, Any]:
    return {"channel": "revenue", "line": "x", "direction": "adverse", "amount": 1.0, **how}


@pytest.mark.parametrize(
    ("impact", "message"),
    [
        (cost(amount=None), "found neither amount nor share"),
        (cost(**PLANT, share=0.1) | {"amount": 1.0}, "found amount and share"),
        (cost(**PLANT, revenue_line="sales"), "found exposure and revenue_line"),
        (sales(), "channel revenue without revenue_line"),
        (cost(share=0.1), "share of nothing"),
        (cost(**PLANT, share=0.1, direction="signed"), "a signed share"),
        (cost(line="own_carbon_cost"), "which climrisk computes itself"),
        (cost(amount=-1.0), "found -1"),
        (cost(**PLANT, share=1.5), "found 1.5"),
        (cost(colour="red"), "Extra inputs are not permitted"),
    ],
)
def test_impacts(impact: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        make_item(always(), {"loss": impact})


def test_a_signed_amount_may_be_negative_and_is_normal_by_default() -> None:
    item = make_item(always(), {"a": cost({"p5": -3.0, "p95": 1.0}, direction="signed")})
    severity = item.impact["a"].severity
    assert severity.mean() == pytest.approx(-1.0)
    assert severity.support[0] < 0.0


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"category": "resilience"}, "category resilience where kind is risk; allowed: acute"),
        ({"severity": "per_event", "frequency_basis": None}, "without frequency_basis"),
        ({"frame": {"period": (2026, 2024)}}, "found 2026 after 2024"),
        ({"frame": {"given": "some"}}, "existing_controls"),
        ({"quantification": {"status": "too_uncertain"}}, "without reason"),
    ],
)
def test_items(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        annual_risk(bernoulli(0.1), 1.0, **changes)


def test_fresh_severities_are_for_annual_items() -> None:
    with pytest.raises(ValidationError, match="only for occurrence type annual"):
        annual_risk(always(), 1.0, severity="per_event")


def test_an_estimate_without_its_frame_is_refused() -> None:
    stated = annual_risk(always(), 1.0).model_dump(by_alias=True) | {"frame": None}
    with pytest.raises(ValidationError, match="occurrence without frame"):
        Item.model_validate(stated)


def test_the_window_is_the_frames_period() -> None:
    with pytest.raises(ValidationError, match="allowed: the same years"):
        annual_risk(once((2024, 2026), 0.5), 1.0, frame={"period": (2024, 2027)})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"form": "ratio"}, "form ratio without elasticity"),
        ({"form": "ratio", "elasticity": 1.0, "per_unit": 1.0}, "form ratio with per_unit"),
        ({"form": "level", "elasticity": 1.0}, "form level without per_unit"),
        ({"form": "difference", "elasticity": 1.0, "per_unit": 1.0}, "with elasticity"),
        ({"form": "level", "per_unit": 1.0, "acts_on": "probability"},
         "form level on a probability"),
    ],
)  # fmt: skip
def test_links(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Link.model_validate({"driver": "price", "acts_on": "severity"} | changes)


def test_an_item_is_assessed_when_it_has_numbers_and_nobody_says_otherwise() -> None:
    item = annual_risk(bernoulli(0.1), 1.0)
    reason = {"status": "too_uncertain", "reason": "no data"}
    ruled_out = Quantification.model_validate(reason)
    assert item.assessed
    assert item.model_copy(update={"quantification": Quantification(status="quantified")}).assessed
    assert not item.model_copy(update={"quantification": ruled_out}).assessed
    assert not item.model_copy(update={"occurrence": None}).assessed
    assert not item.model_copy(update={"impact": {}}).assessed


def test_items_are_frozen() -> None:
    item = annual_risk(bernoulli(0.1), 1.0)
    with pytest.raises(ValidationError, match="frozen"):
        item.kind = "opportunity"  # type: ignore[misc]


def test_a_planned_measure_says_when() -> None:
    with pytest.raises(ValidationError, match="planned without start"):
        Measure.model_validate({"title": "M", "status": "planned"})
