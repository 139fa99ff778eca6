"""Chart tables of tornado and value of information hold the figures of their tables."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from climrisk.charts import StudyLabels, figure, information_table, study_labels, tornado_table
from climrisk.charts.table import Bars
from climrisk.domain.study import Study
from climrisk.names import LANGUAGES, Language
from climrisk.sensitivity import tornado, value_of_information
from tests.charts.worlds import HOSTILE, NOTICE, analysed, charted_study, four_items

DRAWS = 200


@pytest.fixture(scope="module")
def study() -> Study:
    return charted_study(four_items())


@pytest.fixture(scope="module")
def results(study: Study) -> xr.Dataset:
    return analysed(study, DRAWS)


@pytest.fixture(scope="module")
def labels(study: Study, results: xr.Dataset) -> StudyLabels:
    return study_labels(study, results)


@pytest.fixture(scope="module")
def moved(study: Study) -> pd.DataFrame:
    return tornado(study, "steep", horizon="long", draws=DRAWS)


@pytest.fixture(scope="module")
def worth(study: Study) -> pd.DataFrame:
    return value_of_information(study, "steep", ["M-WALLS"], draws=DRAWS)


def bars(chart: object) -> list[Bars]:
    return [mark for mark in getattr(chart, "marks", ()) if isinstance(mark, Bars)]


def test_tornado_is_its_table(moved: pd.DataFrame, labels: StudyLabels) -> None:
    chart = tornado_table(moved, labels, most=3)
    low, high = bars(chart)
    np.testing.assert_array_equal(low.end, moved["low"][:3])
    np.testing.assert_array_equal(high.end, moved["high"][:3])
    assert (low.hatched, high.hatched) == ((True,) * 3, (False,) * 3)
    for one in (low, high):
        expected = ["risk" if end < 0.0 else "opportunity" for end in one.end]
        assert list(one.roles) == expected
        assert one.error is not None
        assert (one.error >= 0.0).all()
    assert chart.notice == NOTICE
    assert chart.subtitle.startswith("steep · Long term 2026–2027 · Controls in place")
    assert any(labels.money(float(moved["base"][0])) in note for note in chart.notes)


def test_models_are_named_below_their_bar(moved: pd.DataFrame, labels: StudyLabels) -> None:
    first = moved.iloc[[0]].assign(input="scenarios.model", low_at=HOSTILE, high_at="M2")
    chart = tornado_table(first, labels)
    assert chart.notes[1].endswith("(hatched), the highest that of M2.")
    assert "\u202e" not in chart.notes[1]
    assert tornado_table(moved, labels).notes[1].startswith("Positive is good")


def test_nothing_that_moves_is_told(moved: pd.DataFrame, labels: StudyLabels) -> None:
    chart = tornado_table(moved.assign(swing=0.0), labels)
    assert (chart.marks, chart.alt) == ((), chart.empty)
    assert chart.title == "What moves mean net"


def frame(**columns: object) -> pd.DataFrame:
    stated = {
        "scenario": "steep",
        "measure": "M-WALLS",
        "net_benefit": -0.25,
        "decision": "reject",
        "input": [
            "all",
            "register.R-ACU-1.severity",
            "measures.M-WALLS.cost",
            "register.R-ACU-1.rate",
        ],
        "value": [0.9, 0.2, 0.5, 0.01],
        "value_se": [0.1, 0.05, 0.05, 0.02],
        "decides_otherwise": [0.5, 0.2, 0.4, 0.1],
    }
    return pd.DataFrame({**stated, **columns})


def test_information_is_its_table_without_what_may_be_nothing(labels: StudyLabels) -> None:
    chart = information_table(frame(), labels)
    (drawn,) = bars(chart)
    np.testing.assert_array_equal(drawn.end, [0.5, 0.2])
    np.testing.assert_allclose(drawn.error, 1.96 * 0.05, rtol=1e-12)
    assert drawn.texts == ("decides otherwise in 40%", "decides otherwise in 20%")
    assert "M-WALLS Walls · cost is worth knowing, up to RMB 0.5 million" in chart.title
    assert "reject today, at RMB -0.25 million expected" in chart.subtitle
    assert "1 other inputs show no value beyond its error" in chart.notes[0]
    assert chart.notes[1] == "Knowing everything at once is worth RMB 0.9 million."


def test_chance_that_nobody_can_know_is_told(labels: StudyLabels) -> None:
    chart = information_table(frame(value=[np.nan, 0.2, 0.5, 0.01]), labels)
    assert chart.notes[1].startswith("Part of the benefit is chance")


def test_a_decision_that_nothing_would_change(labels: StudyLabels) -> None:
    chart = information_table(frame(value=0.0), labels)
    assert chart.title.startswith("No single input would change the decision on M-WALLS")
    assert (chart.marks, chart.alt) == ((), chart.empty)


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_are_drawn_in_every_language(
    study: Study,
    results: xr.Dataset,
    moved: pd.DataFrame,
    worth: pd.DataFrame,
    language: Language,
) -> None:
    labels = study_labels(study, results, language)
    for chart in (tornado_table(moved, labels), information_table(worth, labels)):
        drawn = figure(chart)
        assert len(drawn.data) == len(chart.marks) or chart.marks
        assert "<script>" not in str(drawn.to_json())
        assert "{" not in "".join((chart.title, chart.alt, *chart.notes)).replace("{0}", "")
