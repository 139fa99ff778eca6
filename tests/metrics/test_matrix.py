from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from climrisk.metrics.matrix import MaterialYears, MatrixPoints

STEP, SCALE = 2.0**-30, 2.0**11
HORIZONS = (slice(0, 3), slice(3, 8))
SIDES = (-1, -1, 1)


def snapped(net: np.ndarray) -> np.ndarray:
    return np.rint(net / STEP) * STEP


def tallied(net: np.ndarray, threshold: float = 1.0, size: int = 10**9) -> MaterialYears:
    material = MaterialYears(len(net), len(HORIZONS), STEP, SCALE)
    for start in range(0, net.shape[-1], size):
        block = net[..., start : start + size]
        material.add(block, SIDES[: len(net)], threshold, HORIZONS)
    return material


def assert_same(one: MatrixPoints, other: MatrixPoints) -> None:
    for field in dataclasses.fields(MatrixPoints):
        np.testing.assert_array_equal(getattr(one, field.name), getattr(other, field.name))


def test_by_hand() -> None:
    # One risk, horizon of three years, four draws: material years -5 | -2, -9 | none | -4.
    net = np.zeros((1, 8, 4))
    net[0, 0] = [-5.0, -2.0, -1.0, 0.0]
    net[0, 2] = [7.0, -9.0, 0.5, -4.0]
    points = tallied(net).points()
    assert points.likelihood[0].tolist() == [0.75, 0.0]
    assert points.likelihood_se[0, 0] == pytest.approx(
        np.sqrt(0.75 * 0.25 / 4 + 1 / 64) / 1.25, rel=1e-15
    )
    assert points.likelihood_per_year[0, 0] == pytest.approx(4 / 12, rel=1e-15)
    assert points.impact_mean[0, 0] == -5.0
    residual = np.array([-5.0, -11.0, 0.0, -4.0]) - -5.0 * np.array([1, 2, 0, 1])
    error = np.sqrt(4 / 3 * (residual**2).sum()) / 4
    assert points.impact_mean_se[0, 0] == pytest.approx(error, rel=1e-14)
    blank = (points.impact_mean, points.impact_mean_se, points.impact_p5, points.impact_p95)
    assert all(np.isnan(field[0, 1]) for field in blank)


def test_years_that_are_exactly_at_the_threshold_or_on_the_other_side_are_not_material() -> None:
    net = np.zeros((3, 8, 2))
    net[:, 1] = [[-1.0, 6.0], [-1.5, 1.5], [-6.0, 1.0]]
    points = tallied(net).points()
    assert points.likelihood[:, 0].tolist() == [0.0, 0.5, 0.0]


def test_independent_years_have_closed_forms() -> None:
    draws, p = 40_000, 0.1
    rng = np.random.default_rng(41)
    net = np.where(rng.random((3, 8, draws)) < p, 1.0, 0.0)
    net *= rng.lognormal(3.0, 0.5, net.shape) * np.array(SIDES)[:, None, None]
    net = snapped(net)
    points = tallied(net, threshold=0.0).points()
    years = np.array([3, 5])
    likelihood = 1 - (1 - p) ** years
    assert (np.abs(points.likelihood - likelihood) <= 4 * points.likelihood_se).all()
    error = np.sqrt(p * (1 - p) / (draws * years))
    assert (np.abs(points.likelihood_per_year - p) <= 4 * error).all()
    mean = np.exp(3.0 + 0.125) * np.array(SIDES)[:, None]
    assert (np.abs(points.impact_mean - mean) <= 4 * points.impact_mean_se).all()
    middle = np.abs(np.exp(3.0) * np.array(SIDES)[:, None] - points.impact_p50)
    assert (middle <= 4 * 1.2533 * points.impact_mean_se + np.exp(3.0) / 64).all()
    assert (points.impact_p5 < points.impact_p50).all()
    assert (points.impact_p50 < points.impact_p95).all()


def test_error_of_the_impact_is_the_spread_over_repeated_runs() -> None:
    rng = np.random.default_rng(42)
    means, errors = [], []
    for _ in range(300):
        level = rng.lognormal(3.0, 0.8, 300)  # shared by a draw's years: clusters
        net = -level * (rng.random((1, 8, 300)) < 0.3)
        points = tallied(snapped(net), threshold=0.0).points()
        means.append(points.impact_mean[0, 1])
        errors.append(points.impact_mean_se[0, 1])
    assert np.mean(errors) == pytest.approx(np.std(means, ddof=1), rel=4 / np.sqrt(2 * 299))


def test_constant_impact_is_exact() -> None:
    rng = np.random.default_rng(43)
    net = -snapped(np.array(0.3)) * (rng.random((1, 8, 500)) < 0.2)
    points = tallied(net, threshold=0.0).points()
    for field in (points.impact_mean, points.impact_p5, points.impact_p50, points.impact_p95):
        np.testing.assert_allclose(field, -0.3, atol=STEP)
    assert points.impact_mean_se[0].tolist() == [0.0, 0.0]


def test_one_material_draw_has_a_mean_but_no_error() -> None:
    net = np.zeros((1, 8, 9))
    net[0, 0, 4] = -3.0
    points = tallied(net).points()
    assert points.impact_mean[0, 0] == -3.0
    assert np.isnan(points.impact_mean_se[0, 0])


def test_blocks_and_merges_do_not_change_a_bit() -> None:
    rng = np.random.default_rng(44)
    net = snapped(rng.normal(0, 100, (3, 8, 150)) * (rng.random((3, 8, 150)) < 0.4))
    expected = tallied(net).points()
    for size in (1, 7, 64):
        assert_same(tallied(net, size=size).points(), expected)
    late, early = tallied(net[..., 70:]), tallied(net[..., :70])
    late.merge(early)
    assert late.draws == 150
    assert_same(late.points(), expected)


def test_no_draws_give_no_numbers() -> None:
    points = MaterialYears(2, 2, STEP, SCALE).points()
    assert np.isnan(points.likelihood).all()
    assert np.isnan(points.impact_p50).all()


def test_bad_input_is_refused() -> None:
    net = np.zeros((3, 8, 4))
    material = MaterialYears(3, 2, STEP, SCALE)
    with pytest.raises(ValueError, match=r"net: found shape \(2, 8, 4\)"):
        material.add(net[:2], SIDES, 1.0, HORIZONS)
    with pytest.raises(ValueError, match=r"sides: found \[0, 1, 1\], allowed -1 or \+1"):
        material.add(net, (0, 1, 1), 1.0, HORIZONS)
    with pytest.raises(ValueError, match=r"threshold: found nan, allowed 0 or more"):
        material.add(net, SIDES, float("nan"), HORIZONS)
    with pytest.raises(ValueError, match=r"horizons: found .*, allowed 2 slices"):
        material.add(net, SIDES, 1.0, (slice(0, 3), slice(8, 9)))
    with pytest.raises(ValueError, match=r"merge: found 2 items and 2 horizons"):
        material.merge(MaterialYears(2, 2, STEP, SCALE))
    net[1, 2, 3] = np.nan
    with pytest.raises(OverflowError, match=r"series 10: found nan, allowed a finite amount"):
        material.add(net, SIDES, 1.0, HORIZONS)
