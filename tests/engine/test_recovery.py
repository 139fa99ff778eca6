"""Insurance, pass-through, contagion, common factors and controls that are taken away."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

import climrisk
from climrisk.domain.insurance import Insurance
from climrisk.engine.frequency import negative_binomial
from climrisk.engine.recovery import capped_by_year, recovered
from tests.studies import (
    always,
    annual_risk,
    bernoulli,
    cost,
    make_item,
    make_settings,
    make_study,
    poisson,
)


def policy(**changes) -> Insurance:
    stated = {
        "covers": ("a", "b"),
        "deductible": 1.0,
        "limit": 4.0,
        "share": 0.5,
        "aggregate": "event",
    }
    return Insurance.model_validate(stated | changes)


def test_a_layer_pays_between_deductible_and_limit_in_proportion_to_the_losses() -> None:
    effects = {
        "a": -np.array([0.5, 3.0, 9.0]),
        "b": -np.array([0.0, 1.0, 3.0]),
        "free": -np.ones(3),
    }
    paid = recovered(policy(), effects)
    np.testing.assert_allclose(paid["a"] + paid["b"], [0.0, 1.5, 2.0])
    np.testing.assert_allclose(paid["a"][1:], [1.5 * 3 / 4, 2.0 * 9 / 12])
    assert set(paid) == {"a", "b"}


def test_gains_are_not_insured() -> None:
    paid = recovered(policy(limit=None), {"a": np.array([5.0]), "b": np.array([0.0])})
    assert paid["a"] == paid["b"] == 0.0


def test_the_limit_of_the_year_cuts_in_proportion() -> None:
    paid = {"a": np.array([3.0, 0.0]), "b": np.array([1.0, 0.0])}
    capped = capped_by_year(policy(annual_limit=2.0), paid)
    np.testing.assert_allclose(capped["a"], [1.5, 0.0])
    np.testing.assert_allclose(capped["b"], [0.5, 0.0])


def insured(aggregate: str, severity: str = "per_draw", **changes):
    item = make_item(
        poisson(2.0),
        {"loss": cost(3.0)},
        severity=severity,
        insurance={
            "covers": ["loss"],
            "deductible": 1.0,
            "limit": 4.0,
            "share": 0.5,
            "aggregate": aggregate,
            **changes,
        },
    )
    study = make_study({"R": item}, make_settings(1))
    results = climrisk.analyse(study, draws=40_000, seed=3)
    return results.sel(scenario="flat", control="current", subject="R", channel="net").isel(
        horizon=0
    )


COUNTS = np.arange(60)
CHANCE = stats.poisson.pmf(COUNTS, 2.0)


@pytest.mark.parametrize("severity", ["per_draw", "per_event"])
@pytest.mark.parametrize(
    ("aggregate", "changes", "paid"),
    [
        ("event", {}, COUNTS * 1.0),
        ("event", {"annual_limit": 2.5}, np.minimum(COUNTS * 1.0, 2.5)),
        ("annual", {}, 0.5 * np.minimum(np.maximum(3.0 * COUNTS - 1.0, 0.0), 4.0)),
    ],
)
def test_insured_means_equal_the_sum_over_counts(aggregate, changes, paid, severity) -> None:
    found = insured(aggregate, severity, **changes)
    exact = -np.sum(CHANCE * (3.0 * COUNTS - paid))
    assert abs(float(found["mean"]) - exact) < 4.0 * float(found["mean_se"])
    losses = 3.0 * COUNTS - paid
    cumulative = np.array([CHANCE[losses <= loss].sum() for loss in losses])
    worst = losses[np.argmax(cumulative >= 0.95)]
    assert float(found["loss_var"].sel(level=0.95)) == pytest.approx(worst, rel=2.0**-6)


def test_customers_bear_what_is_passed_through_after_insurance() -> None:
    item = make_item(
        always(),
        {"loss": cost(10.0, pass_through=0.6)},
        insurance={"covers": ["loss"], "deductible": 2.0, "share": 0.5, "aggregate": "annual"},
    )
    results = climrisk.analyse(make_study({"R": item}), draws=10, seed=1)
    mean = results["mean"].sel(scenario="flat", control="current", subject="R", channel="net")
    assert float(mean.isel(horizon=0)) == pytest.approx(-(10.0 - 4.0) * 0.4, abs=1e-9)


@pytest.mark.parametrize("contagion", [0.2, 1.0, 5.0])
@pytest.mark.parametrize("rate", [0.0, 1e-12, 0.5, 4.0, 80.0])
def test_negative_binomial_counts_invert_scipys_distribution(contagion, rate) -> None:
    uniform = np.linspace(0.0005, 0.9995, 2000)
    counts = negative_binomial(uniform, np.full(uniform.shape, rate), contagion)
    law = stats.nbinom(1.0 / contagion, 1.0 / (1.0 + contagion * rate))
    assert np.all(law.cdf(counts) >= uniform - 1e-12)
    assert np.all((counts == 0) | (law.cdf(counts - 1) < uniform + 1e-12))


def test_a_negative_binomial_item_has_its_mean_and_variance() -> None:
    law = {"type": "annual", "law": "negative_binomial", "rate": 4.0, "contagion": 1.0}
    study = make_study({"R": annual_risk(law, 1.0)}, make_settings(1))
    found = (
        climrisk.analyse(study, draws=50_000, seed=5)
        .sel(scenario="flat", control="current", subject="R", channel="net")
        .isel(horizon=0)
    )
    assert abs(float(found["mean"]) + 4.0) < 4.0 * float(found["mean_se"])
    assert abs(float(found["sd"]) - np.sqrt(4.0 + 16.0)) < 4.0 * float(found["sd_se"])


def test_a_common_factor_widens_the_year_but_keeps_the_mean() -> None:
    def run(common_factor: float | None):
        item = annual_risk(
            poisson(5.0), {"mean": 10, "cv": 1.0}, severity="per_event", common_factor=common_factor
        )
        study = make_study({"R": item}, make_settings(1))
        return (
            climrisk.analyse(study, draws=20_000, seed=5)
            .sel(scenario="flat", control="current", subject="R", channel="net")
            .isel(horizon=0)
        )

    apart, together = run(None), run(0.7)
    assert abs(float(together["mean"]) + 50.0) < 4.0 * float(together["mean_se"])
    assert float(apart["sd"]) == pytest.approx(np.sqrt(5.0 * 200.0), rel=0.05)
    # pairs of events share exp(sigma^2 * factor) - 1 of their squared mean
    sigma2 = np.log(2.0)
    exact = np.sqrt(5.0 * 200.0 + 25.0 * 100.0 * np.expm1(0.7 * sigma2))
    assert abs(float(together["sd"]) - exact) < 4.0 * float(together["sd_se"])


def test_inherent_puts_back_what_existing_controls_take_off() -> None:
    item = annual_risk(bernoulli(0.2), 8.0)
    control = {
        "title": "Dyke",
        "status": "existing",
        "reduces": [{"item": "R", "acts_on": "severity", "share": 0.5}],
    }
    study = make_study({"R": item}, measures={"M": control})
    results = climrisk.analyse(study, draws=500, seed=2)
    assert results["control"].to_numpy().tolist() == ["inherent", "current", "residual"]
    mean = results["mean"].sel(scenario="flat", subject="R", channel="net").isel(horizon=0)
    assert float(mean.sel(control="inherent")) == 2.0 * float(mean.sel(control="current"))
    assert float(mean.sel(control="current")) == float(mean.sel(control="residual"))


def test_an_estimate_without_controls_is_inherent_itself() -> None:
    item = annual_risk(bernoulli(0.2), 8.0, frame={"given": "none"})
    control = {
        "title": "Dyke",
        "status": "existing",
        "reduces": [{"item": "R", "acts_on": "severity", "share": 0.5}],
    }
    results = climrisk.analyse(make_study({"R": item}, measures={"M": control}), draws=500, seed=2)
    mean = results["mean"].sel(scenario="flat", subject="R", channel="net").isel(horizon=0)
    assert "inherent" in mean["control"]
    assert float(mean.sel(control="inherent")) == 2.0 * float(mean.sel(control="current"))
