"""Every question prints its frame, and the notice names purpose, holder and retention."""

from __future__ import annotations

from datetime import date

import pytest

from climrisk.i18n.dates import written_day
from climrisk.names import LANGUAGES, Language
from climrisk.workshop.wording import notice, question_words
from tests.workshops import ITEM, ONGOING, lx_study, plan, question


def test_the_frame_is_part_of_the_question() -> None:
    words = question_words(question(ITEM), plan(), "en")
    assert words.frame[:3] == (
        "Period: 2024 to 2030",
        "Conditions: climate, policy and prices of the base year",
        "With the controls in place today",
    )
    assert words.frame[3].startswith("Already in the plan, so not to be counted: ")
    assert words.likelihood == "How many times a year does this occur, on average?"
    assert list(words.fields)[:3] == ["low", "high", "best"]  # best last, against anchoring
    assert words.fields["low"] == "Low: 1 chance in 10 that it is lower"


def test_the_interval_is_in_the_words() -> None:
    words = question_words(question(ITEM), plan(interval="p5-p95"), "en")
    assert words.fields["high"] == "High: 1 chance in 20 that it is higher"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("item", [ITEM, ONGOING, "R-REP-1", "R-TEC-1", "O-RES-1"])
def test_every_kind_of_question_has_words(language: Language, item: str) -> None:
    asked = question(item).model_copy(update={"base_rate": "12 storms in 20 years (HKO)"})
    words = question_words(asked, plan(), language, {"warehouse_stock": "stock"})
    texts = [words.title, *words.frame, words.likelihood, words.severity, *words.fields.values()]
    assert all(text and "{" not in text for text in texts)
    assert any("12 storms in 20 years (HKO)" in text for text in words.frame)
    assert ("likelihood" in words.fields) == (asked.likelihood is not None)


def test_amounts_state_money_and_prices() -> None:
    item = lx_study().items[ONGOING]
    amount = question(ONGOING).model_copy(
        update={"impact": "compliance", "measure": "amount", "line": item.impact["compliance"].line}
    )
    words = question_words(amount, plan(currency="RMB"), "en").severity
    assert "real, at 2023 prices" in words
    assert "disclosure and compliance" in words
    assert "million" in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_tells_what_the_law_asks_for(language: Language) -> None:
    told = notice(plan(contact="privacy@company.example"), date(2026, 8, 29), language)
    text = "\n".join(told)
    for stated in (
        "to size climate risks for the board",
        "Risk office",
        written_day(date(2026, 8, 29), language),
    ):
        assert stated in text
    assert "privacy@company.example" in text
    assert len(told) == 9
    assert len(notice(plan(), date(2026, 8, 29), language)) == 8
