"""Whether the time of a session suffices."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from climrisk.workshop.plan import SessionPlan
from tests.workshops import ITEM, lx_study, plan, question


def all_items(**stated: Any) -> SessionPlan:
    return plan(questions=[question(item) for item in lx_study().items], **stated)


def test_the_template_holds_seven_items_in_120_minutes() -> None:
    asked = all_items()
    assert (asked.minutes, asked.minutes_needed, len(asked.questions)) == (120, 150, 10)
    assert len(asked.items_that_fit) == 7


def test_round_one_before_the_meeting_makes_room_for_all_ten() -> None:
    asked = all_items(round_one_before=True)
    assert asked.minutes_needed == 50 + 10 * 7
    assert len(asked.items_that_fit) == 10


def test_an_items_own_minutes_count() -> None:
    long = question(ITEM).model_copy(update={"minutes": 71.0})
    asked = plan(questions=[long])
    assert (asked.minutes_needed, asked.items_that_fit) == (121, ())


def test_retention_is_counted_from_the_first_day() -> None:
    assert plan(retain_days=180).retained_until(date(2026, 3, 2)) == date(2026, 8, 29)


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ({"questions": [question(), question()]}, "item R-ACU-1 twice"),
        ({"questions": []}, "at least 1 item"),
        (
            {"questions": [question().model_copy(update={"answered_by": ("Sales",)})]},
            "R-ACU-1: group 'Sales'; allowed: none is stated",
        ),
        ({"title": ""}, "at least 1 character"),
        ({"holder": "x" * 201}, "at most 200 characters"),
        ({"interval": "p1-p99"}, "'p10-p90' or 'p5-p95'"),
    ],
)
def test_impossible_plans_are_refused(stated: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        plan(**stated)
