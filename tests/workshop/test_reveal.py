"""What a reveal shows: four voices or nothing, no numbers of people, a shuffled order."""

from __future__ import annotations

from collections import Counter

import pytest

from climrisk.domain.elicitation.estimate import Estimate
from climrisk.errors import AccessRefusedError
from climrisk.workshop.reveal import revealed, voices_in_order
from tests.workshops import ITEM, ONGOING, answer, question

KEY = bytes(32)


def answers(people: int, item: str = ITEM) -> dict[int, Estimate]:
    return {number: answer(item, 1 + number / 10) for number in range(1, people + 1)}


def test_three_answers_and_any_number_of_no_views_show_nothing() -> None:
    said = answers(3) | {number: Estimate(no_view=True) for number in range(4, 9)}
    with pytest.raises(AccessRefusedError, match="fewer than 4 answers; nothing is shown"):
        revealed(question(), "p10-p90", 1, said, KEY)


def test_a_reveal_has_voices_pool_and_disagreement() -> None:
    said = answers(4) | {9: Estimate(no_view=True)}
    shown = revealed(question(), "p10-p90", 1, said, KEY, reader=2)
    assert sorted(
        voice.estimate.severity.low for voice in shown.voices if voice.estimate.severity
    ) == [0.01 * (1 + number / 10) for number in range(1, 5)]
    assert [voice.estimate for voice in shown.voices if voice.is_own] == [said[2]]
    assert (shown.no_view, shown.severity.voices) == (1, 4)
    assert shown.likelihood is not None
    assert not shown.severity.disagreement.flag


def test_an_ongoing_effect_has_one_layer() -> None:
    assert revealed(question(ONGOING), "p10-p90", 1, answers(4, ONGOING), KEY).likelihood is None


def test_only_the_reader_is_marked() -> None:
    shown = revealed(question(), "p10-p90", 1, answers(5), KEY)
    assert not any(voice.is_own for voice in shown.voices)


def test_who_has_no_weight_is_heard_but_not_pooled() -> None:
    weights = {1: 0.5, 2: 0.5, 3: 0.0}
    shown = revealed(question(), "p10-p90", 1, answers(4), KEY, weights=weights)
    assert (len(shown.voices), shown.severity.voices) == (4, 2)
    assert shown.severity.statement["weights"] == [0.5, 0.5]


def test_positions_do_not_follow_people() -> None:
    """Over 400 items, each of five people stands about equally often in first place.

    The count is binomial, n = 400, p = 1/5: mean 80, standard deviation 8; five of them.
    """
    first = Counter(
        voices_in_order((1, 2, 3, 4, 5), KEY, f"R-{number}", 1)[0] for number in range(400)
    )
    assert set(first) == {1, 2, 3, 4, 5}
    assert all(abs(count - 80) < 5 * 8 for count in first.values())
    assert voices_in_order((1, 2, 3, 4, 5), KEY, "R-1", 1) == voices_in_order(
        (5, 4, 3, 2, 1), KEY, "R-1", 1
    )


def test_the_order_takes_the_sessions_secret() -> None:
    orders = {
        tuple(voices_in_order(tuple(range(1, 9)), bytes([one]) * 32, "R-1", 1)) for one in range(20)
    }
    assert len(orders) == 20
