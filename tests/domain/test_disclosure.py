"""Answers for disclosures, and the force of a standard's rows."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from climrisk.domain.disclosure import Disclosure, stated_answers
from climrisk.domain.disclosure_answers import (
    CarbonPriceAnswer,
    Exposed,
    FinancialEffects,
    Statement,
)
from climrisk.domain.disclosure_checks import STATED
from climrisk.domain.disclosure_standard import Standard, Tier
from climrisk.io.disclosure import read_standards

SOURCED = {"basis": "reported", "source": "annual report"}
LABEL = {"en": "Price", "zh-Hant": "價格", "zh-Hans": "价格"}


def stated(**sections: Any) -> Disclosure:
    year = {"begins": "2025-01-01", "ends": "2025-12-31"}
    start = {"schema": 1, "issuer_tier": "main_board", "financial_year": year}
    return Disclosure.model_validate(start | sections)


@pytest.mark.parametrize("lacking", ["basis", "source"])
def test_every_answer_needs_basis_and_source(lacking: str) -> None:
    given = {name: value for name, value in SOURCED.items() if name != lacking}
    with pytest.raises(ValidationError, match=lacking):
        Statement.model_validate({"text": "yes", **given})


def test_none_is_an_answer_and_blank_is_not() -> None:
    assert Statement.model_validate({"none": True, **SOURCED}).none
    with pytest.raises(ValidationError, match="no answer; allowed: text, inventory, or none: true"):
        Statement.model_validate(SOURCED)
    with pytest.raises(ValidationError, match="no answer"):
        Statement.model_validate({"none": False, **SOURCED})


def test_none_beside_an_answer_is_refused() -> None:
    with pytest.raises(ValidationError, match="none: true and text; allowed one of them"):
        Statement.model_validate({"none": True, "text": "a plan", **SOURCED})
    with pytest.raises(ValidationError, match="none: true and value"):
        CarbonPriceAnswer.model_validate(
            {"none": True, "value": 50, "currency": "HKD", "year": 2025, **SOURCED}
        )


def test_what_an_amount_must_say_beside_it() -> None:
    with pytest.raises(ValidationError, match="value without currency and year"):
        CarbonPriceAnswer.model_validate({"value": 50, **SOURCED})
    with pytest.raises(ValidationError, match="share without of"):
        Exposed.model_validate({"amount": 3, "share": 0.2, **SOURCED})
    with pytest.raises(ValidationError, match="FI-REV"):
        FinancialEffects.model_validate({"amounts": [{"code": "revenue", "amount": 1}], **SOURCED})


def test_days_are_days_and_in_order() -> None:
    for wrong in ("2025-02-30", "1 January 2025", "2025-1-1"):
        with pytest.raises(ValidationError, match="allowed: a day such as"):
            stated(financial_year={"begins": wrong, "ends": "2025-12-31"})
    with pytest.raises(ValidationError, match="allowed: a later day"):
        stated(financial_year={"begins": "2025-12-31", "ends": "2025-01-01"})


def test_commercial_sensitivity_names_its_opportunities() -> None:
    relief = {"rows": ["D20"], "relief": "commercial_sensitivity", "reason": "a patent pending"}
    with pytest.raises(ValidationError, match="name the opportunities concerned"):
        stated(reliefs=[relief])
    assert stated(reliefs=[relief | {"items": ["O-1"]}]).reliefs[0].items == ("O-1",)


def test_a_relief_needs_a_reason() -> None:
    with pytest.raises(ValidationError, match="reason"):
        stated(reliefs=[{"rows": ["D25"], "relief": "capabilities"}])


def test_answers_are_listed_under_the_names_that_catalogues_use() -> None:
    answer = {"text": "yes", **SOURCED}
    given = stated(governance={"board_body": answer}, metrics={"pay_link": answer})
    assert [name for name, _ in stated_answers(given)] == [
        "governance.board_body",
        "metrics.pay_link",
    ]
    assert {name for name, _ in stated_answers(given)} <= set(STATED)


FORCE: list[tuple[str, Tier, str, str]] = [
    ("D28(a)", "main_board", "2025-01-01", "mandatory"),
    ("D28(b)", "gem", "2025-01-01", "mandatory"),
    ("D28(c)", "main_board", "2025-01-01", "comply_or_explain"),
    ("D25", "main_board", "2026-01-01", "comply_or_explain"),
    ("D25", "large_cap", "2025-01-01", "comply_or_explain"),
    ("D25", "large_cap", "2025-12-31", "comply_or_explain"),
    ("D25", "large_cap", "2026-01-01", "mandatory"),
    ("D25", "gem", "2025-04-01", "voluntary"),
    ("D36", "large_cap", "2026-01-01", "voluntary"),
    ("D28(a)", "main_board", "2024-12-31", "not_in_force"),
    ("D28(a)", "unlisted", "2026-01-01", "voluntary"),
]


@pytest.mark.parametrize(("row", "tier", "day", "force"), FORCE)
def test_force_of_part_d_by_tier_and_year(row: str, tier: Tier, day: str, force: str) -> None:
    assert read_standards()["hkex_2025"].force_of(row, tier, day) == force


def test_climate_left_the_former_guide_in_2025() -> None:
    guide = read_standards()["hkex_2020"]
    for row in ("A1.2", "A4.1"):
        assert guide.force_of(row, "main_board", "2024-12-31") == "comply_or_explain"
        assert guide.force_of(row, "main_board", "2025-01-01") == "not_in_force"
    assert guide.force_of("A1.3", "main_board", "2025-01-01") == "comply_or_explain"
    assert guide.force_of("A1.3", "main_board", "2019-01-01") == "not_in_force"


def catalogue(**row: Any) -> dict[str, Any]:
    base = {"pillar": "strategy", "label": LABEL, "needs": ["register"], "verified": False}
    return {
        "schema": 1,
        "id": "own",
        "title": "Own",
        "version": "1",
        "source": "a rulebook",
        "rows": {"X-1": base | row},
    }


def test_a_label_is_short_and_in_three_languages() -> None:
    with pytest.raises(ValidationError, match="no label in zh-Hans"):
        Standard.model_validate(catalogue(label={"en": "Price", "zh-Hant": "價格"}))
    with pytest.raises(ValidationError, match="found 91 characters; allowed: at most 90"):
        Standard.model_validate(catalogue(label=LABEL | {"en": "x" * 91}))


def test_a_row_says_whether_it_was_verified_and_what_it_needs() -> None:
    row = catalogue()
    del row["rows"]["X-1"]["verified"]
    with pytest.raises(ValidationError, match="verified"):
        Standard.model_validate(row)
    with pytest.raises(ValidationError, match="at least 1 item"):
        Standard.model_validate(catalogue(needs=[]))


def test_a_catalogue_without_a_source_is_refused() -> None:
    with pytest.raises(ValidationError, match="no source"):
        Standard.model_validate(catalogue() | {"source": None})
