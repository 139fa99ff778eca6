"""Frequency and severity: expected losses and compound sums (E3, C1, C9, C11)."""

from __future__ import annotations

from typing import Final

from climrisk.domain.study import Study
from climrisk.names import BASE_YEAR_SCENARIO, NET
from climrisk.verify.case import Case, Check, Estimate
from climrisk.verify.simulation import (
    estimate,
    loss_exceedance,
    loss_quantile,
    mean_loss,
    simulated,
    tallied,
)
from climrisk.verify.studies import annual, study_of

__all__ = ["CASES"]

_DRAWS: Final = 200_000
_FEWER_DRAWS: Final = 50_000
"""Where each draw has many events."""

_PORTFOLIO: Final = {
    "A": (0.01, 1.0, 10.0, 0.0404, 0.00005, 3),
    "B": (0.10, 10.0, 1000.0, 26.6, 0.05, 1),
    "C": (0.05, 5.0, 50.0, 1.01, 0.005, 2),
}
"""Probability, P5 and P95 [million]; expected annual loss, half its last digit, and its rank."""


def _expected_losses() -> tuple[Check, ...]:
    items = {
        name: annual("bernoulli", probability, {"p5": low, "p95": high})
        for name, (probability, low, high, *_) in _PORTFOLIO.items()
    }
    results = simulated(study_of(items), _DRAWS)
    here = results.sel(scenario=BASE_YEAR_SCENARIO, horizon="whole")
    found: list[Check] = []
    for name, (*_, loss, rounding, rank) in _PORTFOLIO.items():
        exact = Estimate(-here["exact_mean"].sel(item=name, channel=NET).item())
        drawn = mean_loss(results, subject=name)
        place = Estimate(here["rank_expected"].sel(item=name).item())
        what = f"expected annual loss of {name}"
        found += [
            Check(f"{what}, exact", exact, loss, rounding, "million"),
            Check(f"{what}, simulated", drawn, loss, rounding, "million"),
            Check(f"rank of {name}", place, rank, 0.0, "1"),
        ]
    return tuple(found)


def _compound_poisson() -> tuple[Check, ...]:
    study = study_of({"A": annual("poisson", 0.5, {"mean": 100.0, "cv": 1.0})})
    results = simulated(study, _DRAWS)
    return (
        Check("mean", mean_loss(results), 50.0, 0.0, "million"),
        Check("standard deviation", estimate(results, "sd"), 100.0, 0.0, "million"),
        *_quantiles(study, {0.75: 64.6, 0.90: 160.75, 0.95: 241.0, 0.99: 456.9}),
        *(
            Check(
                f"TVaR{level:.0%}".rstrip("%"),
                estimate(results, "loss_tvar", level=level),
                theirs,
                0.005 * theirs,
                "million",
            )
            for level, theirs in ((0.95, 380.1), (0.99, 629.9))
        ),
    )


def _quantiles(study: Study, published: dict[float, float]) -> tuple[Check, ...]:
    tally = tallied(study, _DRAWS)
    some = loss_exceedance(tally, 0.0)
    none = Estimate(1.0 - some.value, some.standard_error)
    return (
        Check("probability of no loss", none, 0.6065307, 5e-8, "1"),
        *(
            Check(f"quantile {level}", loss_quantile(tally, level), theirs, 0.05, "million")
            for level, theirs in published.items()
        ),
    )


def _compound_geometric() -> tuple[Check, ...]:
    size = {"values": (1, 2, 3, 4), "probabilities": (0.25, 0.25, 0.25, 0.25)}
    # a negative binomial law of contagion 1 is geometric
    study = study_of({"A": annual("negative_binomial", 4.0, size, contagion=1.0)})
    tally = tallied(study, _DRAWS)
    found = []
    for most, theirs in enumerate((0.2, 0.24, 0.288, 0.3456)):
        beyond = loss_exceedance(tally, most + 0.5)  # between the possible sums
        at_most = Estimate(1.0 - beyond.value, beyond.standard_error)
        found.append(Check(f"probability of at most {most}", at_most, theirs, 0.0, "1"))
    return tuple(found)


def _many_small_events() -> tuple[Check, ...]:
    size = {"family": "weibull", "shape": 1.0, "scale": 1.0}  # exponential
    results = simulated(study_of({"A": annual("poisson", 50.0, size)}), _FEWER_DRAWS)
    return (
        Check("mean", mean_loss(results), 50.0, 0.0, "million"),
        Check("standard deviation", estimate(results, "sd"), 10.0, 0.0, "million"),
        *(
            Check(
                f"quantile {level}",
                estimate(results, "loss_var", level=level),
                theirs,
                0.005,
                "million",
            )
            for level, theirs in ((0.95, 67.27), (0.99, 75.42))
        ),
    )


CASES: Final = (
    Case(
        "E3",
        "Three risks by probability and P5-P95, and their order",
        "riskquant, README",
        _expected_losses,
        _DRAWS,
    ),
    Case(
        "C1",
        "Poisson (0.5 a year) and lognormal (mean 100, cv 1)",
        "fast Fourier transform, confirmed with four million draws",
        _compound_poisson,
        _DRAWS,
    ),
    Case(
        "C9",
        "Geometric count (mean 4) of losses of 1, 2, 3 or 4, all alike likely",
        "Loss Data Analytics, section 5.3.3",
        _compound_geometric,
        _DRAWS,
    ),
    Case(
        "C11",
        "Poisson (50 a year) and exponential (mean 1)",
        "fast Fourier transform",
        _many_small_events,
        _FEWER_DRAWS,
    ),
)
