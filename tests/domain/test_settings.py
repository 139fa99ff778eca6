"""The frame of a study: figures that cannot be meant are refused."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from tests.studies import annual_risk, bernoulli, make_settings, make_study


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"exposures": {"plant": -1.0}}, "found -1.*allowed: 0 or more"),
        ({"revenue_lines": {"sales": {"value": {"value": 1.0}, "margin": {"value": 1.1}}}},
         "found 1.1; allowed: a fraction from 0 to 1"),
        ({"material_effect": {"value": 0.0}}, "allowed: more than 0"),
        ({"appetite": {"value": -1.0}}, "allowed: more than 0"),
        ({"discount_rate": {"value": 8.0}}, "allowed: a fraction such as 0.08"),
        ({"discount_rate": {"value": -0.5}}, "allowed: a fraction such as 0.08"),
        ({"end_year": 2023}, "end_year 2023 is not after base_year 2023"),
        ({"horizons": {}}, "at least 1"),
        ({"simulation": {"draws": 0}}, "greater than or equal to 1"),
        ({"simulation": {"draws": 10.0}}, "valid integer"),
        ({"simulation": {"seed": 2**64}}, "less than"),
        ({"money": {"currency": "rmb", "label": "RMB", "price_year": 2023}}, "pattern"),
        ({"base_year": "2023"}, "valid integer"),
        ({"discount": {"value": 0.1}}, "Extra inputs are not permitted"),
        ({"discount_rate": {"value": float("inf")}}, "finite number"),
    ],
)  # fmt: skip
def test_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        make_settings(3, **changes)


def test_years_follow_the_base_year() -> None:
    assert make_settings(3).years == (2024, 2025, 2026)


def test_an_exposure_or_a_revenue_line_by_its_id() -> None:
    settings = make_settings(exposures={"plant": 3.0}, revenue_lines={"sales": 4.0})
    assert settings.subject_value("plant").value.value == 3.0
    assert settings.subject_value("sales").value.value == 4.0
    with pytest.raises(KeyError, match="nothing"):
        settings.subject_value("nothing")


def test_a_study_lists_its_items_in_id_order_whatever_the_file() -> None:
    item = annual_risk(bernoulli(0.1), 1.0)
    silent = item.model_copy(update={"occurrence": None})
    study = make_study({"B": item, "C": silent, "A": item})
    assert list(study.items) == ["A", "B", "C"]
    assert list(study.assessed) == ["A", "B"]
    assert list(study.not_assessed) == ["C"]
