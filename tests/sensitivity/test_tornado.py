"""Tornado: exact where the model is linear, the run's own draws everywhere."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import climrisk
from climrisk.domain.study import Study
from climrisk.errors import QuestionRefusedError
from climrisk.io.run_folder import canonical_json
from climrisk.sensitivity import tornado
from tests.sensitivity.studies import crowded, effect, linear, planned
from tests.studies import (
    BASE_YEAR,
    always,
    annual_risk,
    bernoulli,
    make_scenario,
    make_settings,
    make_study,
)

Z = stats.norm.ppf(0.95)


def by_input(table: pd.DataFrame) -> pd.DataFrame:
    return table.set_index("input")


def test_a_linear_model_swings_by_its_slopes() -> None:
    found = by_input(tornado(linear(), "flat", draws=500, seed=3))
    assert found.index.tolist() == ["register.R-2.severity", "register.R-1.severity"]
    np.testing.assert_allclose(found["swing"], [2 * Z * 4.0, 2 * Z * 3.0], rtol=1e-9)
    np.testing.assert_allclose(found["swing_se"], 0.0, atol=1e-9)
    # the other input and this one's own mean remain: change = end - mean of the draws
    np.testing.assert_allclose(found["high"] - found["low"], found["swing"], rtol=1e-12)
    assert (found["base"] == found["base"].iloc[0]).all()


def test_one_end_is_the_mean_given_the_input() -> None:
    """A likelihood moves the mean of what occurs by chance; p5 to p95 of 0.1 to 0.6."""
    risk = annual_risk(bernoulli({"p5": 0.1, "p95": 0.6}), 5.0)
    row = tornado(make_study({"R-1": risk}), "flat", draws=20_000, seed=4).iloc[0]
    for end, probability in (("low", 0.1), ("high", 0.6)):
        error = np.hypot(row["base_se"], row[f"{end}_se"])
        assert abs(row["base"] + row[end] - -5.0 * probability) < 4.5 * error
    assert abs(row["swing"] - -2.5) < 4.5 * row["swing_se"]
    # what occurs at 0.1 occurs at 0.6 too: the difference is one more event in half of the draws
    assert row["swing_se"] == pytest.approx(5.0 * 0.5 / np.sqrt(20_000), rel=0.02)


def test_the_base_is_the_run_and_the_block_size_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    study = crowded()
    results = climrisk.analyse(study, draws=300, seed=5).sel(scenario="flat", subject="total")
    for control in ("current", "residual"):
        found = tornado(study, "flat", control=control, draws=300, seed=5)
        assert found["base"].iloc[0] == float(results["npv_mean"].sel(control=control))
        short = tornado(study, "flat", control=control, horizon="whole", draws=300, seed=5)
        mean = results["mean"].sel(control=control, horizon="whole", channel="net")
        assert short["base"].iloc[0] == float(mean)
    monkeypatch.setattr("climrisk.sensitivity.asked.BLOCK", 77)
    pd.testing.assert_frame_equal(
        tornado(study, "flat", control="residual", draws=300, seed=5), found
    )


def test_inputs_that_do_not_act_are_left_out_and_each_end_is_a_whole_simulation() -> None:
    """Every quantile but one as drawn: stated as certain at its P95, the run gives the same."""
    study = crowded()
    inputs = set(tornado(study, "flat", draws=64, seed=5)["input"])
    assert inputs == {
        "register.R-1.likelihood",
        "register.R-1.severity",
        "register.R-2.likelihood",
        "register.R-3.severity",
        "settings.exposures.stock.growth",
    }
    both = by_input(tornado(study, "flat", control="residual", draws=64, seed=5))
    assert set(both.index) - inputs == {"measures.M-1.effect", "measures.M-1.cost"}
    growth = float(stats.norm.ppf(0.95) * 0.05)
    plain = json.loads(canonical_json(study))
    plain["settings"]["exposures"]["stock"]["growth"] = growth
    certain = Study.model_validate_json(json.dumps(plain))
    results = climrisk.analyse(certain, draws=64, seed=5).sel(scenario="flat", control="residual")
    row = both.loc["settings.exposures.stock.growth"]
    exact = float(results["npv_mean"].sel(subject="total"))
    assert row["base"] + row["high"] == pytest.approx(exact, rel=1e-9)


def test_models_are_told_by_name_and_percentiles_by_their_ends() -> None:
    last = BASE_YEAR + 20
    scenario = make_scenario(
        "flat",
        price={"models": {f"M{n}": {BASE_YEAR: 1.0, last: 1.0 + n} for n in (3, 1, 2)}},
        heat={
            "quantiles": {"p10": {BASE_YEAR: 1.0, last: 1.0}, "p90": {BASE_YEAR: 2.0, last: 3.0}}
        },
    )
    links = [
        {"driver": "price", "acts_on": "loss", "form": "level", "per_unit": 10.0},
        {"driver": "heat", "acts_on": "loss", "form": "level", "per_unit": 1.0},
    ]
    study = make_study(
        {"R-1": annual_risk(always(), 0.0, links=links)}, make_settings(20), (scenario,)
    )
    found = by_input(tornado(study, "flat", horizon="whole", draws=200, seed=6))
    models, percentile = found.loc["scenarios.model"], found.loc["scenarios.percentile"]
    # 10 x the sum over 20 years of n / 20 x year: 10.5 n; the mean lowest for the dearest model
    assert (models["low_at"], models["high_at"]) == ("M3", "M1")
    assert models["swing"] == pytest.approx(10.0 * 10.5 * 2, rel=1e-9)
    assert (percentile["low_at"], percentile["high_at"]) == ("p5", "p95")
    gap = sum(1.0 + year / 20 for year in range(1, 21))  # p90 less p10, to which ends are clipped
    assert percentile["swing"] == pytest.approx(-gap, rel=1e-9)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"scenario": "flatt"}, "unknown scenario 'flatt'; did you mean 'flat'"),
        ({"control": "inherent"}, "unknown control 'inherent'; allowed: current, residual"),
        ({"horizon": "hole"}, "unknown horizon 'hole'; did you mean 'whole'"),
        ({"draws": 1}, "found 1 draws; allowed: 2 or more"),
    ],
)
def test_unknown_questions_are_refused(asked: dict[str, str], reason: str) -> None:
    with pytest.raises(QuestionRefusedError, match=reason):
        tornado(linear(), **{"scenario": "flat", **asked})


def test_nothing_assessed_has_no_answer() -> None:
    with pytest.raises(QuestionRefusedError, match="nothing in the register is assessed"):
        tornado(make_study({}, measures={"M-1": planned(capex=1.0)}), "flat")


def test_a_measures_effect_moves_every_item_that_it_touches() -> None:
    items = {name: annual_risk(always(), 10.0) for name in ("R-1", "R-2", "R-3")}
    share = {"family": "uniform", "low": 0.0, "high": 1.0}
    reduces = [effect("R-1", "severity", share), effect("R-2", "loss", share)]
    study = make_study(items, measures={"M-1": planned(reduces=reduces)})
    row = tornado(study, "flat", control="residual", draws=16).iloc[0]
    assert row["input"] == "measures.M-1.effect"
    assert row["swing"] == pytest.approx(0.9 * 20.0, rel=1e-9)
