from __future__ import annotations

import math

import pytest

from climrisk.domain.quantities import expectation
from climrisk.domain.quantities.expectation import (
    expected_value,
    logistic_log_density,
    normal_log_density,
)

ROUNDING = 2.0**-36
"""Means by quadrature hold 36 significant bits; what remains of the error is far below."""


@pytest.mark.parametrize("sigma", [0.01, 0.5, 3.0])
def test_the_mean_of_a_lognormal_is_exp_of_half_its_variance(sigma: float) -> None:
    found = expected_value(lambda z: 1.0 + sigma * z, "log", normal_log_density)
    assert found == pytest.approx(math.exp(1.0 + sigma**2 / 2.0), rel=ROUNDING)


@pytest.mark.parametrize("scale", [0.1, 0.5, 0.99])
def test_the_mean_of_a_log_logistic_is_that_of_the_reflection_formula(scale: float) -> None:
    found = expected_value(lambda z: scale * z, "log", logistic_log_density)
    assert found == pytest.approx(math.pi * scale / math.sin(math.pi * scale), rel=ROUNDING)


def test_a_symmetric_logit_normal_has_the_mean_one_half() -> None:
    found = expected_value(lambda z: 4.0 * z, "logit", normal_log_density)
    assert found == pytest.approx(0.5, rel=ROUNDING)


def test_a_corner_is_met_by_adaptive_quadrature(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[float] = []
    adaptive = expectation._adaptive
    monkeypatch.setattr(expectation, "_adaptive", lambda *a: called.append(1.0) or adaptive(*a))
    found = expected_value(abs, "log", normal_log_density)
    # E exp|Z| = 2 exp(1/2) Phi(1)
    assert found == pytest.approx(math.exp(0.5) * (1.0 + math.erf(math.sqrt(0.5))), rel=1e-11)
    assert called == [1.0]
