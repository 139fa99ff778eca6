"""A handful of percentiles without a table are those of the table."""

from __future__ import annotations

import numpy as np
import pytest

from climrisk.domain.quantities import read_quantity
from climrisk.domain.quantities.percentiles import percentiles

LEVELS = (0.05, 0.1, 0.5, 0.9, 0.95)
PEOPLE = [{"p10": 0.01, "p50": 0.03, "p90": 0.1}, {"p10": 0.02, "p50": 0.05, "p90": 0.4}]


@pytest.mark.parametrize("method", ["linear", "log", "quantile_average"])
def test_same_as_the_quantile_function(method: str) -> None:
    pool = read_quantity({"pool": PEOPLE, "method": method}, "logit")
    assert percentiles(pool, LEVELS) == pytest.approx(pool.ppf(np.array(LEVELS)), rel=2e-10)


def test_percentiles_of_a_linear_pool_invert_its_own_sum() -> None:
    pool = read_quantity({"pool": PEOPLE}, "logit")
    below, _ = pool.tails(percentiles(pool, LEVELS))
    assert below == pytest.approx(LEVELS, abs=1e-14)
