"""The drawn distribution is the one that the statement implies."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter
from scipy import stats

from climrisk.charts import StudyLabels, distribution_table, study_labels
from climrisk.charts.table import Line
from climrisk.domain.quantities import Amount, Quantity
from tests.charts.worlds import analysed, charted_study, four_items


@pytest.fixture(scope="module")
def labels() -> StudyLabels:
    study = charted_study(four_items())
    return study_labels(study, analysed(study, draws=10))


def quantity(stated: Any) -> Quantity:
    """Return an amount as a user states it."""
    read: Quantity = TypeAdapter(Amount).validate_python(stated)
    return read


def line(chart: Any) -> Line:
    """Return the curve or the dots of a chart."""
    (found,) = (mark for mark in chart.marks if isinstance(mark, Line))
    return found


def test_density_is_that_of_the_lognormal(labels: StudyLabels) -> None:
    chart = distribution_table(quantity({"p5": 1, "p95": 10}), labels, title="Loss", unit="RMB")
    z = stats.norm.ppf(0.95)
    law = stats.lognorm(s=np.log(10) / (2 * z), scale=np.sqrt(10))
    drawn = line(chart)
    # central differences over points 0.03 normal scores apart
    np.testing.assert_allclose(drawn.y[1:-1], law.pdf(drawn.x[1:-1]), rtol=2e-3)
    assert chart.data.loc[0, "p5"] == pytest.approx(1)
    assert chart.data.loc[0, "p95"] == pytest.approx(10)


def test_twenty_dots_of_equal_chance(labels: StudyLabels) -> None:
    stated = quantity({"p5": 1, "p95": 10})
    chart = distribution_table(stated, labels, title="Loss", unit="RMB", form="dots")
    drawn = line(chart)
    assert len(drawn.x) == 20
    below = np.mean(drawn.x < float(stated.ppf(np.array([0.5]))[0]))
    assert below == pytest.approx(0.5, abs=0.15)  # a column stands at the mean of its dots
    stacks = np.unique(drawn.x, return_counts=True)[1]
    assert drawn.y.max() == stacks.max() - 0.5
    assert not drawn.joined


@pytest.mark.parametrize("stated", [3.0, {"values": [1, 2], "probabilities": [0.5, 0.5]}])
def test_single_values_are_drawn_in_dots(stated: Any, labels: StudyLabels) -> None:
    chart = distribution_table(quantity(stated), labels, title="Loss", unit="RMB")
    assert chart.name == "distribution_dots"
    assert len(line(chart).x) == 20


def test_it_is_read_back_in_words(labels: StudyLabels) -> None:
    stated = quantity({"p5": 1, "p95": 10})
    chart = distribution_table(stated, labels, title="Loss", unit="RMB")
    assert stated.in_words() in chart.subtitle
    assert stated.in_words() in chart.alt
