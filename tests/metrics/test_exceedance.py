from __future__ import annotations

import numpy as np
import pytest

from climrisk.metrics.exceedance import exceedance_curve
from climrisk.metrics.tally import Tally


def year(losses: np.ndarray) -> Tally:
    tally = Tally(losses.shape[:-1], 2.0**-30, 2.0**11)
    tally.add(-losses)
    return tally


def test_exponential_losses() -> None:
    draws = 200_000
    losses = np.random.default_rng(51).exponential(10.0, (2, draws))
    curve = exceedance_curve(year(losses))
    assert curve.return_periods.tolist() == [2, 5, 10, 20, 50, 100, 200, 250]
    expected = 10.0 * np.log(curve.return_periods)
    error = 10.0 * np.sqrt((1 - 1 / curve.return_periods) * curve.return_periods / draws)
    assert (np.abs(curve.loss - expected) <= 4 * error + expected / 256).all()
    # The error is read off the distance between draws k - sqrt(k) and k + sqrt(k) beyond.
    noise = 1 / np.sqrt(2 * np.sqrt(draws / curve.return_periods / 2))
    assert (np.abs(curve.standard_error / error - 1) <= 4 * noise).all()


def test_blank_where_fewer_than_ten_draws_lie_beyond() -> None:
    curve = exceedance_curve(year(np.arange(1000.0)))
    assert np.isnan(curve.loss).tolist() == [False] * 6 + [True] * 2
    assert np.isnan(curve.standard_error).tolist() == [False] * 6 + [True] * 2


def test_a_rare_loss_has_no_loss_at_short_return_periods() -> None:
    curve = exceedance_curve(year(np.repeat([0.0, 50.0], [980, 20])), [10, 40, 60])
    assert curve.loss.tolist() == [0.0, 0.0, 50.0]


@pytest.mark.parametrize("period", [1.0, 0.0, np.nan])
def test_return_periods_must_be_above_one(period: float) -> None:
    with pytest.raises(ValueError, match=r"return_periods: found .*, allowed years above 1"):
        exceedance_curve(year(np.arange(10.0)), [period])
