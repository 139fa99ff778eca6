from __future__ import annotations

import math

import numpy as np
import pytest

from climrisk.metrics.convergence import Convergence, judge_convergence


def test_within_tolerance() -> None:
    assert judge_convergence(-100.0, 2.0, 1000, 10.0) == Convergence(True, 0.02, 160)


def test_draws_needed_grow_with_the_square_of_the_error() -> None:
    assert judge_convergence(-100.0, 20.0, 1000, 10.0) == Convergence(False, 0.2, 16_000)


def test_small_amounts_are_held_against_the_threshold() -> None:
    assert judge_convergence(-1.0, 2.0, 1000, 100.0).enough
    assert not judge_convergence(-1.0, 2.0, 1000, 0.0).enough


def test_the_worst_decides() -> None:
    verdict = judge_convergence(np.array([[-100.0, -50.0]]), [[1.0, 5.0]], 1000, 1.0)
    assert verdict == Convergence(False, 0.1, 4000)


@pytest.mark.parametrize("error", [math.nan, 1.0])
def test_unknown_error_is_not_enough(error: float) -> None:
    assert judge_convergence(0.0, error, 10, 0.0) == Convergence(False, math.inf, None)


def test_nothing_uncertain_is_enough() -> None:
    assert judge_convergence(0.0, 0.0, 10, 0.0).enough


def test_bad_arguments_are_refused() -> None:
    with pytest.raises(ValueError, match=r"draws: found 0, allowed at least 1"):
        judge_convergence(1.0, 1.0, 0, 1.0)
    with pytest.raises(ValueError, match=r"threshold: found -1.0, allowed 0 or more"):
        judge_convergence(1.0, 1.0, 10, -1.0)
    with pytest.raises(ValueError, match=r"tolerance: found 0.0, allowed above 0"):
        judge_convergence(1.0, 1.0, 10, 1.0, tolerance=0.0)
