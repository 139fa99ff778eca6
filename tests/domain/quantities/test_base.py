from __future__ import annotations

import pytest

from climrisk.domain.quantities import read_quantity


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        (5, "always 5"),
        (1234567, "always 1,230,000"),
        (0.00012345, "always 0.000123"),
        ({"p5": 1, "p95": 10}, "1 in 20 below 1, even chance below 3.16, 1 in 20 above 10"),
        (
            {"family": "uniform", "low": 0, "high": 20_000},
            "1 in 20 below 1,000, even chance below 10,000, 1 in 20 above 19,000",
        ),
    ],
)
def test_reads_back_in_words(stated: object, words: str) -> None:
    assert read_quantity(stated, "log").in_words() == words


def test_a_percentile_at_zero_is_read_back_as_zero() -> None:
    stated = {"p5": 0.0, "p50": 0.02, "p95": 0.04}
    words = "1 in 20 below 0, even chance below 0.02, 1 in 20 above 0.04"
    assert read_quantity(stated, "identity").in_words() == words
