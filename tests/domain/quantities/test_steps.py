"""Single values: discrete and empirical."""

from __future__ import annotations

import numpy as np
import pytest

from climrisk.domain.quantities import read_quantity


def test_discrete_is_sorted_and_exact() -> None:
    quantity = read_quantity({"values": [9, 0, 3], "probabilities": [0.2, 0.5, 0.3]}, "log")

    x = quantity.ppf(np.array([[1e-16, 0.5], [0.5000001, 0.8000001]]))

    np.testing.assert_array_equal(x, [[0, 0], [3, 9]])
    assert quantity.mean() == pytest.approx(0.9 + 1.8)
    assert quantity.support == (0, 9)


def test_tails_of_steps_count_the_value_itself() -> None:
    quantity = read_quantity({"values": [0, 3, 9], "probabilities": [0.5, 0.3, 0.2]}, "log")

    below, above = quantity.tails(np.array([-1.0, 0.0, 2.0, 3.0, 9.0]))

    np.testing.assert_allclose(below, [0, 0.5, 0.5, 0.8, 1])
    np.testing.assert_allclose(above, [1, 0.5, 0.5, 0.2, 0])


def test_empirical_is_the_inverse_of_the_step_function() -> None:
    sample = [3.0, 1.0, 2.0, 2.0, 7.0, 5.0]
    quantity = read_quantity({"sample": sample}, "log")
    u = np.random.default_rng(3).random(1000)

    np.testing.assert_array_equal(quantity.ppf(u), np.quantile(sample, u, method="inverted_cdf"))
    assert quantity.mean() == pytest.approx(np.mean(sample))
    assert quantity.support == (1, 7)
