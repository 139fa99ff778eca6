from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from climrisk.metrics.tally import Tally

STEP, SCALE = 2.0**-30, 2.0**11


def effects(draws: int) -> np.ndarray:
    """Two-sided, with zeros, a constant, huge and tiny series; (2, 3, draw)."""
    rng = np.random.default_rng(31)
    block = (
        rng.normal(size=(2, 3, draws)) * np.array([[1e-7, 1.0, 1e3], [1e15, 5.0, 0.0]])[..., None]
    )
    block[1, 1, rng.random(draws) < 0.9] = 0.0
    return np.rint(block / STEP) * STEP


def fingerprint(tally: Tally) -> bytes:
    levels = [0.05, 0.5, 0.95, 0.99]
    return b"".join(
        array.tobytes()
        for array in (
            tally.mean(),
            tally.mean_error(),
            tally.sd(),
            tally.quantile(levels),
            tally.quantile_error(levels),
            tally.loss_var(levels),
            tally.loss_var_error(levels),
            tally.loss_tvar(levels),
            tally.loss_tvar_error(levels),
            tally.exceedance_probability(0.5),
            tally.exceedance_error(0.5),
        )
    )


def tally_of(block: np.ndarray, size: int) -> Tally:
    tally = Tally(block.shape[:-1], STEP, SCALE, bins_per_octave=64)
    for start in range(0, block.shape[-1], size):
        tally.add(block[..., start : start + size])
    return tally


def test_block_size_does_not_change_a_bit() -> None:
    block = effects(1000)
    expected = fingerprint(tally_of(block, 1000))
    for size in (1, 7, 64):
        assert fingerprint(tally_of(block, size)) == expected


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 200), max_size=6), st.permutations(range(7)))
def test_any_split_merged_in_any_order_is_the_same(cuts: list[int], order: list[int]) -> None:
    block = effects(200)
    parts = np.split(block, sorted(cuts), axis=-1)
    merged = Tally((2, 3), STEP, SCALE, bins_per_octave=64)
    for place in order:
        if place < len(parts):
            merged.merge(tally_of(parts[place], 50))
    assert merged.count == 200
    assert fingerprint(merged) == fingerprint(tally_of(block, 200))


def test_draws_in_another_order_and_memory_layout_are_the_same() -> None:
    block = effects(500)
    shuffled = np.asfortranarray(block[..., np.random.default_rng(1).permutation(500)])
    assert fingerprint(tally_of(shuffled, 500)) == fingerprint(tally_of(block, 500))


def test_a_series_does_not_depend_on_its_neighbours() -> None:
    block = np.random.default_rng(32).lognormal(1, 1, (300, 400))
    together = tally_of(block, 400)
    alone = tally_of(block[200:201], 400)
    levels = [0.01, 0.05, 0.5, 0.95]
    np.testing.assert_array_equal(together.quantile(levels)[200], alone.quantile(levels)[0])
    np.testing.assert_array_equal(together.loss_tvar(levels)[200], alone.loss_tvar(levels)[0])
    np.testing.assert_array_equal(together.mean()[200], alone.mean()[0])


def test_shapes() -> None:
    tally = tally_of(effects(100), 100)
    assert tally.mean().shape == (2, 3)
    assert tally.quantile([0.05, 0.5]).shape == (2, 3, 2)
    assert tally.exceedance_probability(np.ones(3)).shape == (2, 3)
    scalar = Tally((), STEP, SCALE)
    scalar.add([1.0, 2.0])
    assert scalar.quantile(0.5).shape == (1,)
    assert scalar.mean().shape == ()
    none = Tally((0,), STEP, SCALE)
    none.add(np.zeros((0, 5)))
    assert none.quantile([0.5]).shape == (0, 1)


def test_mean_is_exact_beside_huge_amounts() -> None:
    tally = Tally((), STEP, SCALE)
    tally.add([1e15, STEP, -1e15, 0.0])
    assert float(tally.mean()) == STEP / 4


def test_an_empty_tally_has_no_numbers() -> None:
    tally = Tally((2,), STEP, SCALE)
    assert np.isnan(tally.quantile([0.5])).all()
    assert np.isnan(tally.loss_tvar([0.95])).all()
    assert np.isnan(tally.exceedance_probability(1.0)).all()


@pytest.mark.parametrize("amount", [np.nan, np.inf, 1e30])
def test_amounts_that_cannot_be_tallied_name_their_series(amount: float) -> None:
    block = effects(10)
    block[1, 2, 3] = amount
    with pytest.raises(OverflowError, match=r"series 5: found"):
        tally_of(block, 10)


def test_levels_outside_zero_to_one_are_refused() -> None:
    with pytest.raises(ValueError, match=r"levels: found \[95.0\], allowed probabilities"):
        tally_of(effects(10), 10).loss_var([95.0])
