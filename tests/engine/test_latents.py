"""Dependence: margins stay uniform, rank correlations are the stated ones, ties stay apart."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from climrisk.domain.correlation import LARGEST_REPAIR, nearest_correlation, tied_groups
from climrisk.domain.dependence import Group
from climrisk.engine.latents import planned_tie
from climrisk.engine.plan import make_plan
from climrisk.engine.worlds import worlds
from tests.studies import annual_risk, bernoulli, make_settings, make_study, once

DRAWS = 40_000


def latents(groups, names=("A", "B"), years=3, draws=DRAWS, occurrence=None):
    """Return the occurrence latents of items that occur annually, tied as stated."""
    law = occurrence or bernoulli(0.3)
    items = {name: annual_risk(law, 1.0) for name in names}
    study = make_study(items, make_settings(years), dependence={"occurrence": groups})
    return worlds(make_plan(study), 7, range(draws)).latents


@pytest.mark.parametrize("rank", [0.3, 0.5, 0.8, -0.6])
def test_a_gaussian_group_has_the_stated_spearman_correlation(rank: float) -> None:
    # Spearman taken as the latent correlation would give 0.287, 0.484 and 0.785
    found = latents([{"items": ["A", "B"], "rank": rank}])
    pairs = [stats.spearmanr(found["A"][y], found["B"][y]).statistic for y in range(3)]
    error = 1.0 / np.sqrt(3 * DRAWS)
    assert abs(np.mean(pairs) - rank) < 4.0 * error


@pytest.mark.parametrize("tau", [1 / 3, 0.6])
def test_a_t_group_has_the_stated_kendall_correlation(tau: float) -> None:
    found = latents([{"items": ["A", "B"], "copula": "t", "df": 4, "kendall": tau}], years=1)
    measured = stats.kendalltau(found["A"][0], found["B"][0]).statistic
    assert abs(measured - tau) < 4.0 * np.sqrt(0.45 / DRAWS)


def test_a_t_group_strikes_together_in_the_extremes_more_often_than_a_gaussian_one() -> None:
    t = latents([{"items": ["A", "B"], "copula": "t", "df": 3, "kendall": 1 / 3}])
    rank = 6.0 / np.pi * np.arcsin(0.5 * np.sin(np.pi / 6.0))
    gaussian = latents([{"items": ["A", "B"], "rank": rank}])

    def together(found):
        return np.mean((found["A"] > 0.99) & (found["B"] > 0.99))

    # upper tail dependence of t with df 3 and latent 0.5 is 0.31; Gaussian has none in the limit
    assert together(t) > 1.5 * together(gaussian)


@pytest.mark.parametrize(
    "group",
    [
        {"items": ["A", "B"], "rank": 0.7, "persistence": 0.6},
        {"items": ["A", "B"], "copula": "t", "df": 3, "kendall": 0.5, "persistence": 0.4},
    ],
)
def test_margins_stay_uniform(group) -> None:
    found = latents([group])
    for name in "AB":
        for year in range(3):
            assert stats.kstest(found[name][year], "uniform").pvalue > 1e-4


def test_persistence_is_the_autocorrelation_of_normal_scores() -> None:
    found = latents([{"items": ["A"], "persistence": 0.5}], years=4)
    scores = stats.norm.ppf(found["A"])
    for lag in (1, 2):
        measured = np.corrcoef(scores[0], scores[lag])[0, 1]
        assert abs(measured - 0.5**lag) < 4.0 / np.sqrt(DRAWS)


def test_items_that_are_not_tied_keep_their_draws() -> None:
    free = latents([], names=("A", "B", "C"), draws=500)
    tied = latents([{"items": ["A", "B"], "rank": 0.9}], names=("A", "B", "C"), draws=500)
    assert np.array_equal(free["C"], tied["C"])
    assert not np.array_equal(free["B"], tied["B"])


def test_items_that_occur_once_are_tied_once_a_draw() -> None:
    found = latents([{"items": ["A", "B"], "rank": 0.8}], occurrence=once((2024, 2026), 0.5))
    assert found["A"].shape == (DRAWS,)
    assert abs(stats.spearmanr(found["A"], found["B"]).statistic - 0.8) < 0.02


def test_a_perfect_correlation_makes_equal_latents() -> None:
    found = latents([{"items": ["A", "B"], "rank": 1.0}], draws=500)
    np.testing.assert_allclose(found["A"], found["B"], atol=1e-7)


def test_severities_are_tied_by_their_own_groups() -> None:
    items = {name: annual_risk(bernoulli(0.3), {"p5": 1, "p95": 9}) for name in "AB"}
    group = {"items": ["A", "B"], "rank": 0.6}
    study = make_study(items, make_settings(1), dependence={"severity": [group]})
    found = worlds(make_plan(study), 7, range(DRAWS))
    known = [found.knowledge[name, "severity"] for name in "AB"]
    assert abs(stats.spearmanr(*known).statistic - 0.6) < 4.0 / np.sqrt(DRAWS)
    untied = stats.spearmanr(found.latents["A"][0], found.latents["B"][0]).statistic
    assert abs(untied) < 4.0 / np.sqrt(DRAWS)


def test_zero_inflation_leaves_little_of_a_latent_correlation() -> None:
    # engine note: latent 0.5 becomes an occurrence correlation near 0.20 at p = 0.05
    rank = 6.0 / np.pi * np.arcsin(0.25)
    found = latents([{"items": ["A", "B"], "rank": rank}])
    strikes = [(found[name] > 0.95).ravel().astype(float) for name in "AB"]
    corner = stats.multivariate_normal(cov=[[1, 0.5], [0.5, 1]]).cdf(stats.norm.ppf([0.05] * 2))
    exact = (corner - 0.05**2) / (0.05 * 0.95)
    assert abs(np.corrcoef(*strikes)[0, 1] - exact) < 0.01
    assert exact < 0.25


def test_overlapping_groups_are_one_connected_group_in_id_order() -> None:
    groups = [
        Group(items=("B", "C"), rank=0.5),
        Group(items=("A", "B"), rank=0.4),
        Group(items=("X", "Y"), rank=0.1),
    ]
    first, second = tied_groups(groups)
    assert first.items == ("A", "B", "C")
    assert first.stated[0, 2] == 0.0
    assert second.items == ("X", "Y")


def test_an_impossible_matrix_is_repaired_to_the_nearest_possible_one() -> None:
    stated = np.array([[1.0, 0.9, 0.0], [0.9, 1.0, 0.9], [0.0, 0.9, 1.0]])
    repaired = nearest_correlation(stated)
    assert np.linalg.eigvalsh(repaired)[0] > -1e-8
    np.testing.assert_allclose(np.diag(repaired), 1.0)
    assert np.max(np.abs(repaired - stated)) > LARGEST_REPAIR
    possible = np.array([[1.0, 0.5], [0.5, 1.0]])
    assert nearest_correlation(possible) is possible


def test_a_published_nearest_correlation_matrix() -> None:
    # Higham (2002), the worked example of section 4
    stated = np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 1.0], [0.0, 1.0, 1.0]])
    expected = [[1.0, 0.7607, 0.1573], [0.7607, 1.0, 0.7607], [0.1573, 0.7607, 1.0]]
    np.testing.assert_allclose(nearest_correlation(stated), expected, atol=5e-5)


def test_the_factor_reproduces_the_matrix() -> None:
    (tied,) = tied_groups([Group(items=("A", "B", "C"), rank=0.5)])
    factor = planned_tie(tied).factor
    np.testing.assert_allclose(factor @ factor.T, tied.latent, atol=1e-12)


@pytest.mark.parametrize(
    ("groups", "message"),
    [
        ([Group(items=("A", "B"), rank=0.5), Group(items=("A", "B"), rank=0.4)], "differently"),
        (
            [
                Group(items=("A", "B"), rank=0.5),
                Group(items=("B", "C"), copula="t", df=4, kendall=0.3),
            ],
            "differ in copula",
        ),
        (
            [
                Group(items=("A", "B"), rank=0.5, persistence=0.2),
                Group(items=("B", "C"), rank=0.5, persistence=0.3),
            ],
            "different persistence",
        ),
    ],
)
def test_contradicting_groups_are_refused(groups, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        tied_groups(groups)
