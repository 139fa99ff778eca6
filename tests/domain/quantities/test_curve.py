from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from climrisk.domain.quantities import read_quantity
from climrisk.domain.quantities.curve import curve


def test_curve_of_a_normal() -> None:
    table = curve(read_quantity({"mean": 2, "cv": 0.5}, "identity"))
    law = stats.norm(2, 1)

    assert {name: array.shape for name, array in table.items()} == {
        "x": (201,),
        "cdf": (201,),
        "density": (201,),
        "mark_level": (3,),
        "mark_x": (3,),
    }
    np.testing.assert_allclose(table["cdf"], law.cdf(table["x"]))
    np.testing.assert_allclose(table["density"][1:-1], law.pdf(table["x"])[1:-1], rtol=3e-3)
    np.testing.assert_allclose(table["mark_x"], law.ppf(table["mark_level"]))


def test_area_under_the_density_is_the_chance_shown() -> None:
    table = curve(read_quantity({"low": 0, "mode": 1, "high": 9}, "log"), points=401)

    area = np.trapezoid(table["density"], table["x"])

    assert area == pytest.approx(0.998, abs=1e-3)


def test_single_values_have_no_density() -> None:
    certain = curve(read_quantity(3, "log"), points=5)
    steps = curve(read_quantity({"values": [0, 1], "probabilities": [0.5, 0.5]}, "log"))

    assert (certain["x"] == 3).all()
    assert np.isnan(certain["density"]).all()
    assert set(steps["x"]) == {0, 1}
    assert np.isnan(steps["density"][[0, 200]]).all()


def test_refuses_too_few_points() -> None:
    with pytest.raises(ValueError, match="found 2 points, allowed 3 or more"):
        curve(read_quantity(3, "log"), points=2)
