from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from scipy.special import ndtri

from climrisk.domain.quantities.base import FloatArray
from climrisk.domain.quantities.quantile_table import tabulated

UNIFORM = np.random.default_rng(11).random(20_000)


@pytest.mark.parametrize(
    "law",
    [stats.gamma(0.2), stats.gamma(50), stats.beta(0.8, 30), stats.t(2.5)],
    ids=["gamma peaked at 0", "gamma near normal", "beta", "t"],
)
def test_is_within_its_stated_error(law: stats.rv_continuous) -> None:
    def exact(u: FloatArray, complement: FloatArray) -> FloatArray:
        return np.where(u <= complement, law.ppf(u), law.isf(complement))

    table = tabulated(exact)

    quartiles = law.ppf([0.25, 0.75])
    near_zero = 1e-12 * float(quartiles[1] - quartiles[0]) if quartiles[0] < 0.0 else 0.0
    np.testing.assert_allclose(table.ppf(UNIFORM), law.ppf(UNIFORM), rtol=1e-10, atol=near_zero)


def test_jumps_and_corners_are_met() -> None:
    def exact(u: FloatArray, complement: FloatArray) -> FloatArray:
        return np.where(u <= 0.3, 1.0, np.where(u <= 0.6, 4.0 + u, 9.0))

    near = np.array([0.3 - 1e-12, 0.3, 0.3 + 1e-12, 0.6, 0.6 + 1e-12])

    np.testing.assert_allclose(tabulated(exact).ppf(near), exact(near, 1 - near), rtol=1e-10)
    np.testing.assert_allclose(tabulated(exact).ppf(UNIFORM), exact(UNIFORM, UNIFORM), rtol=1e-10)


def test_beyond_the_table_is_exact() -> None:
    table = tabulated(lambda u, complement: np.asarray(ndtri(u)) ** 2 * np.sign(u - 0.5))
    far = np.array([1e-17, 1e-100, 1e-300])

    np.testing.assert_array_equal(table.ppf(far), -(ndtri(far) ** 2))
