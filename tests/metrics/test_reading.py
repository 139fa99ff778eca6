from __future__ import annotations

import numpy as np
import pytest

from climrisk.metrics.reading import Reading
from climrisk.metrics.tally import Tally

LEVELS = (0.05, 0.5, 0.95)
METHODS = (
    "quantile",
    "quantile_error",
    "loss_var",
    "loss_var_error",
    "loss_tvar",
    "loss_tvar_error",
    "gain_tvar",
)


def tally(seed: int, rows: int) -> Tally:
    one = Tally((rows, 2), 2.0**-20, 1.0)
    rng = np.random.default_rng(seed)
    amounts = rng.normal(0.0, 3.0, (rows, 2, 400)) * (rng.random((rows, 2, 400)) < 0.4)
    one.add(np.round(amounts * 2**20) * 2.0**-20)
    return one


@pytest.mark.parametrize("method", METHODS)
def test_series_read_together_have_the_statistics_they_have_alone(method: str) -> None:
    parts = [tally(1, 3), tally(2, 1), tally(3, 4)]
    together = Reading.joined([one.reading() for one in parts])
    alone = np.concatenate([getattr(one, method)(LEVELS) for one in parts])
    assert together.shape == (8, 2)
    np.testing.assert_array_equal(getattr(together, method)(LEVELS), alone)


def test_the_tail_and_its_error_come_together() -> None:
    one = tally(4, 3)
    tvar, error = one.reading().loss_tvar_with_error(LEVELS)
    np.testing.assert_array_equal(tvar, one.loss_tvar(LEVELS))
    np.testing.assert_array_equal(error, one.loss_tvar_error(LEVELS))


def test_draws_are_those_that_were_added() -> None:
    assert tally(5, 2).reading().draws == 400
    assert Tally((2, 2), 1.0, 1.0).reading().draws == 0
