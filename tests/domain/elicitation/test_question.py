"""Questions made from the register keep its frame, and refuse what cannot be asked."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from climrisk.domain.elicitation.question import Question, question_about
from climrisk.errors import WorkshopError
from tests.workshops import ITEM, ONGOING, lx_study, question


@pytest.mark.parametrize(
    ("item", "likelihood", "severity"),
    [(ITEM, "rate", "logit"), (ONGOING, None, "logit"), ("R-REP-1", "probability", "logit")],
)
def test_a_question_asks_what_the_register_states(
    item: str, likelihood: str | None, severity: str
) -> None:
    asked = question(item)
    assert (asked.likelihood, asked.severity_scale) == (likelihood, severity)
    assert asked.frame == lx_study().items[item].frame
    assert Question.model_validate_json(asked.model_dump_json(by_alias=True)) == asked


def test_another_impact_can_be_the_main_one() -> None:
    item = lx_study().items[ONGOING]
    asked = question_about(ONGOING, item, "compliance", minutes=5)
    assert (asked.measure, asked.severity_scale, asked.minutes) == ("amount", "log", 5)
    with pytest.raises(WorkshopError, match="no impact 'fines'; allowed: credit_loss, compliance"):
        question_about(ONGOING, item, "fines")


def test_an_item_without_frame_cannot_be_asked_as_it_stands() -> None:
    item = lx_study().items[ONGOING]
    bare = item.model_copy(update={"impact": {}})
    with pytest.raises(WorkshopError, match="without frame, occurrence or impact"):
        question_about(ONGOING, bare)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"likelihood": "rate"}, "likelihood rate; allowed: None for this occurrence"),
        ({"occurrence": {"type": "weekly"}}, "type 'weekly'; allowed: annual, once, ongoing"),
        ({"occurrence": {"type": "ongoing", "rate": 1}}, "occurrence with a likelihood"),
    ],
)
def test_likelihood_and_occurrence_fit(changed: dict[str, object], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        Question.model_validate({**question(ONGOING).model_dump(), **changed})
