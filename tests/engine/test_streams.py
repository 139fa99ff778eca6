"""Random numbers by address: lanes, uniformity, independence, and nothing by order of use."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy import stats

from climrisk.engine.streams import EVENTS_PER_YEAR, Stream, events, per_draw, stream, yearly
from climrisk.portable import philox

SEED = 20231231
FLOOD = stream(SEED, "item", "R-1", "occurrence")
DRAWS = range(20_000)
LEAST_P_VALUE = 1e-3


def event_at(draw: int, year: int, number: int) -> float:
    place = (np.array([part], dtype=np.int64) for part in (draw, year, number))
    return float(events(FLOOD, *place)[0])


def test_a_number_belongs_to_its_address_whatever_the_call() -> None:
    years = (2024, 2025, 2031)
    together = yearly(FLOOD, DRAWS, years)
    for row, year in enumerate(years):
        assert np.array_equal(yearly(FLOOD, DRAWS, (year,))[0], together[row])
    assert yearly(FLOOD, range(777, 778), (2031,))[0, 0] == together[2, 777]
    assert np.array_equal(per_draw(FLOOD, range(50, 60)), per_draw(FLOOD, DRAWS)[50:60])


def test_events_of_one_call_equal_single_calls() -> None:
    draws, years, numbers = np.array([[3, 3, 3, 9], [2024, 2024, 2025, 2024], [0, 1, 0, 1]])
    found = events(FLOOD, draws, years, numbers)
    one_by_one = [event_at(*place) for place in zip(draws, years, numbers, strict=True)]
    assert found.tolist() == one_by_one
    assert len(set(one_by_one)) == 4


def test_two_neighbouring_addresses_share_a_counter_but_not_its_words() -> None:
    of = stream(2**40 + 5, "item", "R-1", "occurrence")
    name = (np.uint64(of.name & 0xFFFFFFFF), np.uint64(of.name >> 32))
    counter = (np.uint64(17), *name, np.uint64(2024 >> 1))
    words = [int(word) for word in philox.philox4x32(*counter, np.uint64(5), np.uint64(2**8))]
    even, odd = yearly(of, range(17, 18), (2024, 2025))[:, 0]
    assert even == ((words[0] << 20 | words[1] >> 12) + 0.5) * 2.0**-52
    assert odd == ((words[2] << 20 | words[3] >> 12) + 0.5) * 2.0**-52


@pytest.mark.parametrize(("word", "edge"), [(0, 2.0**-53), (0xFFFFFFFF, 1.0 - 2.0**-53)])
def test_uniforms_never_reach_zero_or_one(
    monkeypatch: pytest.MonkeyPatch, word: int, edge: float
) -> None:
    zero = np.zeros(1, dtype=np.uint64)
    monkeypatch.setattr(
        philox, "philox4x32", lambda *counter_and_key: (zero + np.uint64(word),) * 4
    )
    assert philox.uniform(zero, zero, zero, zero).tolist() == [edge]


@pytest.mark.parametrize(
    "other",
    [
        stream(SEED + 1, "item", "R-1", "occurrence"),
        stream(SEED + 2**32, "item", "R-1", "occurrence"),
        stream(SEED, "measure", "R-1", "occurrence"),
        stream(SEED, "item", "R-2", "occurrence"),
        stream(SEED, "item", "R-1", "severity"),
        stream(SEED, "item", "R", "1occurrence"),
    ],
    ids=["seed", "seed's upper half", "entity", "id", "purpose", "boundary"],
)
def test_every_part_of_the_address_matters(other: Stream) -> None:
    mine, theirs = per_draw(FLOOD, DRAWS), per_draw(other, DRAWS)
    assert not np.any(mine == theirs)
    assert stats.spearmanr(mine, theirs).pvalue > LEAST_P_VALUE


def samples() -> dict[str, np.ndarray]:
    years = yearly(FLOOD, DRAWS, (2024, 2025, 2026))
    first = np.arange(len(DRAWS), dtype=np.int64)
    at = [events(FLOOD, first, np.full_like(first, 2024), np.full_like(first, n)) for n in (0, 1)]
    return {
        "draw": per_draw(FLOOD, DRAWS),
        "lane 0": years[0],
        "lane 1": years[1],
        "next counter": years[2],
        "event 0": at[0],
        "event 1": at[1],
    }


@pytest.mark.parametrize("name", samples())
def test_uniform(name: str) -> None:
    assert stats.kstest(samples()[name], "uniform").pvalue > LEAST_P_VALUE


def test_independent_of_one_another_and_of_the_draw_before() -> None:
    found = samples()
    pairs = [*combinations(found.values(), 2), *((one[:-1], one[1:]) for one in found.values())]
    for one, two in pairs:
        counts, _, _ = np.histogram2d(one, two, bins=8, range=[[0, 1], [0, 1]])
        assert stats.chisquare(counts.ravel()).pvalue > LEAST_P_VALUE / len(pairs)


def test_the_last_event_of_a_year_is_not_the_first_of_the_next() -> None:
    assert event_at(0, 2024, EVENTS_PER_YEAR - 1) != event_at(0, 2025, 0)
    assert 2200 * EVENTS_PER_YEAR // 2 < 2**32, "the counter's word holds every address"
