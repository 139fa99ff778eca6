from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from climrisk.metrics.tally import Tally

DRAWS = 400_000
BIN = 2.0**-8


def tally(losses: np.ndarray, scale: float = 2.0**11) -> Tally:
    shape = losses.shape[:-1]
    found = Tally(shape, 2.0**-30, scale)
    found.add(-losses)
    return found


def lognormal(rng: np.random.Generator, mean: float, cv: float, size: int) -> np.ndarray:
    variance = np.log1p(cv**2)
    return rng.lognormal(np.log(mean) - variance / 2, np.sqrt(variance), size)


def compound_poisson() -> np.ndarray:
    """C1: Poisson(0.5) events, lognormal with mean 100 and cv 1."""
    rng = np.random.default_rng(21)
    events = rng.poisson(0.5, DRAWS)
    year = np.repeat(np.arange(DRAWS), events)
    return np.bincount(year, lognormal(rng, 100, 1, len(year)), DRAWS)


def rare_lognormal() -> np.ndarray:
    """C4: probability 0.2, lognormal with mean 50 and cv 0.8."""
    rng = np.random.default_rng(22)
    return (rng.random(DRAWS) < 0.2) * lognormal(rng, 50, 0.8, DRAWS)


CASES = {
    "C1": (compound_poisson, 50.0, 100.0, (241.0, 456.9), (380.1, 629.9)),
    "C4": (rare_lognormal, 10.0, 26.83282, (62.7447, 124.1607), (102.3021, 173.2225)),
}


@pytest.mark.parametrize("case", CASES)
def test_published_tails(case: str) -> None:
    draw, mean, sd, var, tvar = CASES[case]
    found, levels = tally(draw()), [0.95, 0.99]
    assert abs(-found.mean() - mean) <= 4 * found.mean_error()
    assert found.sd() == pytest.approx(sd, rel=0.02)
    gap = np.abs(found.loss_var(levels) - var)
    assert (gap <= 4 * found.loss_var_error(levels) + BIN * np.array(var)).all()
    gap = np.abs(found.loss_tvar(levels) - tvar)
    assert (gap <= 4 * found.loss_tvar_error(levels) + BIN * np.array(tvar)).all()


def test_compound_poisson_body_c1() -> None:
    found = tally(compound_poisson())
    assert abs(1 - found.exceedance_probability(0.0) - 0.6065307) <= 4 * found.exceedance_error(0)
    gap = np.abs(found.loss_var([0.75, 0.9]) - [64.6, 160.75])
    assert (gap <= 4 * found.loss_var_error([0.75, 0.9]) + BIN * np.array([64.6, 160.75])).all()


def test_rare_and_large_c6() -> None:
    rng = np.random.default_rng(23)
    draws = 1_000_000
    mu, sigma = np.log(1e6 * 1e7) / 2, np.log(10) / (2 * 1.6448536269514722)
    losses = np.zeros(draws)
    struck = rng.random(draws) < 0.005
    losses[struck] = rng.lognormal(mu, sigma, struck.sum())
    found = tally(losses, scale=2.0**24)
    assert abs(-found.mean() - 20_200.06) <= 4 * found.mean_error()
    var, tvar = found.loss_var([0.99, 0.999]), found.loss_tvar([0.99])
    assert var[0] == 0.0
    assert abs(var[1] - 5_699_473) <= 4 * found.loss_var_error([0.999])[0] + BIN * 5_699_473
    assert abs(tvar[0] - 2_020_006.4) <= 4 * found.loss_tvar_error([0.99])[0] + BIN * 2_020_006


def test_atom_is_split_c7() -> None:
    found = tally(np.repeat([100.0, 0.0], [10, 990]))
    assert found.loss_var([0.95, 0.99, 0.995]).tolist() == [0.0, 0.0, 100.0]
    assert found.loss_tvar([0.95, 0.99, 0.995]) == pytest.approx([20.0, 100.0, 100.0], rel=1e-15)
    # 100 at the Bernoulli share's own error, divided by the tail's probability.
    error = 100 * np.sqrt(0.01 * 0.99 / 1000) / 0.05
    assert found.loss_tvar_error([0.95]) == pytest.approx([error], rel=1e-12)


def test_draws_are_spread_evenly_within_a_bin() -> None:
    found = Tally((), 2.0**-30, 2.0**11, bins_per_octave=2)
    found.add(-np.linspace(64.0, 96.0, 10_001))  # all in the bin from 64 to 96
    assert found.loss_var([0.9]) == pytest.approx([92.8], rel=1e-3)
    assert found.loss_tvar([0.9]) == pytest.approx([94.4], rel=1e-3)
    assert found.exceedance_probability(88.0) == pytest.approx(0.25, rel=1e-3)


def test_constant_gain_is_exact() -> None:
    found = tally(np.full(500, -0.1))
    assert found.loss_var([0.5, 0.99]).tolist() == [-0.1, -0.1]
    assert found.loss_tvar([0.5, 0.99]).tolist() == [-0.1, -0.1]
    assert found.loss_tvar_error([0.5]) == pytest.approx([0.0], abs=1e-15)


def test_best_tail_is_the_worst_of_the_mirrored_effects() -> None:
    rng = np.random.default_rng(25)
    losses = rng.normal(5.0, 10.0, (40, 700)) * (rng.random((40, 700)) < 0.3)
    levels = [0.5, 0.95, 0.99]
    np.testing.assert_array_equal(tally(losses).gain_tvar(levels), tally(-losses).loss_tvar(levels))


LOSSES = st.lists(
    st.one_of(st.floats(-1e6, 1e6), st.sampled_from([0.0, 10.0, -10.0])), min_size=1, max_size=60
)


@given(LOSSES, st.sampled_from([0.0, 0.5, 0.75, 0.9, 0.95, 0.99]))
def test_against_sorted_draws(losses: list[float], level: float) -> None:
    ordered = np.sort(losses)[::-1]
    found = tally(np.array(losses))
    tail = (1 - level) * len(losses)
    weights = np.clip(tail - np.arange(len(losses)), 0.0, 1.0)
    close = BIN * np.abs(ordered) + 2.0**-20
    expected = (weights * ordered).sum() / tail
    assert abs(found.loss_tvar([level])[0] - expected) <= (weights * close).sum() / tail + 1e-9
    place = max(int(np.ceil(round(level * len(losses), 9))), 1) - 1
    var = np.sort(losses)[place]
    assert abs(found.loss_var([level])[0] - var) <= BIN * abs(var) + 2.0**-20
    assert found.loss_tvar([level])[0] >= found.loss_var([level])[0]


@given(LOSSES)
def test_exceedance_does_not_rise(losses: list[float]) -> None:
    found = tally(np.array(losses))
    thresholds = np.sort(np.concatenate([losses, [0.0, -1.0, 1.0, 2e6, -2e6]]))
    shares = np.array([float(found.exceedance_probability(limit)) for limit in thresholds])
    assert (np.diff(shares) <= 0).all()
    assert (shares[0], shares[-1]) == (1.0, 0.0)
    large = sum(loss >= 2.0**-20 for loss in losses)
    assert float(found.exceedance_probability(0.0)) == large / len(losses)


def test_tail_errors_are_the_spread_over_repeated_runs() -> None:
    runs, draws, levels = 400, 4000, [0.9, 0.99]
    found = tally(np.random.default_rng(24).exponential(20.0, (runs, draws)))
    for estimate, error in (
        (found.loss_var(levels), found.loss_var_error(levels)),
        (found.loss_tvar(levels), found.loss_tvar_error(levels)),
    ):
        spread = estimate.std(axis=0, ddof=1)
        np.testing.assert_allclose(error.mean(axis=0), spread, rtol=4 * 0.0354)
