"""What a user may not state, and what the refusal says."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

import pytest
from pydantic_core import PydanticCustomError

from climrisk.domain.quantities import read_quantity

REFUSED: list[tuple[Any, Any, str]] = [
    # order and place of percentiles
    (
        "log",
        {"p5": 0.8, "p50": 0.3, "p95": 2},
        "p5 0.8 is above p50 0.3: percentiles must increase",
    ),
    ("log", {"p5": 0.1, "p50": 3, "p95": 2}, "p50 3 is above p95 2: percentiles must increase"),
    (
        "log",
        {"p5": 2, "p95": 2},
        "p5 and p95 are both 2: percentiles must increase; if the quantity",
    ),
    ("log", {"p5": 0, "p95": 2}, "found p5 0, allowed above 0"),
    ("log", {"p5": -1, "p95": 2}, "found p5 -1, allowed above 0"),
    ("logit", {"p5": 0, "p95": 0.2}, "found p5 0, allowed above 0 and below 1"),
    ("logit", {"p5": 0.2, "p95": 1}, "found p95 1, allowed above 0 and below 1"),
    ("logit", {"p5": 0.2, "p95": 30}, "found p95 30, allowed above 0 and below 1 (30 % is 0.3)"),
    # limits of the field
    ("log", -3, "found -3, allowed 0 or more"),
    ("logit", 1.2, "found 1.2, allowed 0 to 1 (1.2 % is 0.012)"),
    ("logit", -0.1, "found -0.1, allowed 0 to 1"),
    (
        "log",
        {"family": "normal", "mean": 9, "sd": 1},
        "found values from -infinity to infinity, allowed 0 or more; p5 and p95 without a family",
    ),
    ("logit", {"family": "normal", "mean": 0.5, "sd": 0.1}, "allowed 0 to 1"),
    ("logit", {"family": "lognormal", "mu": -3, "sigma": 1}, "found values from 0 to infinity"),
    ("log", {"family": "uniform", "low": -1, "high": 1}, "found values from -1 to 1, allowed 0 or"),
    # parameters
    ("log", {"low": 3, "mode": 2, "high": 4}, "found mode 2, allowed from low 3 to high 4"),
    ("log", {"low": 3, "mode": 5, "high": 4}, "found mode 5, allowed from low 3 to high 4"),
    ("log", {"low": 4, "mode": 4, "high": 3}, "low 4 is above high 3; allowed low below high"),
    (
        "log",
        {"low": 4, "mode": 4, "high": 4},
        "low and high are both 4; if the quantity is certain",
    ),
    ("log", {"family": "uniform", "low": 4, "high": 3}, "low 4 is above high 3"),
    ("log", {"family": "lognormal", "mu": 0, "sigma": 0}, "found sigma 0, allowed above 0; if the"),
    ("logit", {"family": "logit_normal", "mu": 0, "sigma": -1}, "found sigma -1, allowed above 0"),
    ("identity", {"family": "normal", "mean": 0, "sd": 0}, "state a plain number"),
    ("log", {"family": "lognormal", "mu": 0, "sigma": 50}, "mean of this lognormal is too large"),
    ("log", {"mean": 3, "cv": 1e300}, "mean of this lognormal is too large"),
    ("log", {"mean": 3, "cv": 0}, "found cv 0, allowed above 0; if the quantity is certain"),
    ("log", {"mean": -3, "cv": 1}, "found mean -3, allowed above 0"),
    ("identity", {"mean": 0, "cv": 1}, "found mean 0, which cv cannot multiply"),
    ("logit", {"mean": 0.3, "cv": 1}, "mean and cv do not fix the shape of a share or probability"),
    # not a number
    ("log", "0.3", "found '0.3', which is text; write 0.3 without quotes"),
    ("log", "many", "found 'many', which is text; allowed a plain number, {value}, {p5, p95}"),
    ("log", "nan", "found 'nan', which is text; allowed a plain number"),
    ("log", {"p5": "0.3", "p95": 1}, "found p5 '0.3', which is text; write 0.3 without quotes"),
    ("log", {"p5": 0.3, "p95": "x" * 99}, "found p95 'xxxxxxxx"),
    ("log", True, "found true; allowed a plain number"),
    ("log", {"p5": 1, "p95": False}, "found p95 false; allowed a number"),
    ("log", float("nan"), "found nan, allowed a finite number"),
    ("log", {"p5": 1, "p95": float("inf")}, "found p95 inf, allowed a finite number"),
    ("log", 10**400, "allowed a finite number"),
    ("log", None, "found nothing; allowed a plain number"),
    ("log", {"p5": 1, "p95": None}, "found p95 nothing; allowed a number"),
    ("log", [1, 2], "found [1, 2]; allowed a plain number"),
    # keys
    ("log", {"p5": 1, "p59": 2}, "unknown key 'p59' (did you mean 'p5'?); allowed a plain number"),
    ("log", {"p5": 1, "p95": 2, "sorce": "x"}, "unknown key 'sorce' (did you mean 'source'?)"),
    ("log", {"p5": 1, "p95": 2, "scale": "logit"}, "unknown key 'scale'"),
    ("log", {"stated_mean": 1, "cv": 2}, "unknown key 'stated_mean'"),
    ("log", {5: 1, 95: 2}, "unknown key 5"),
    ("log", {}, "found no number; allowed a plain number"),
    ("log", {"basis": "assumption"}, "found no number; allowed a plain number"),
    ("log", {"p5": 1}, "found p5; allowed a plain number"),
    ("log", {"p5": 1, "mode": 2, "high": 3}, "found p5, mode, high; allowed a plain number"),
    ("log", {"p5": 1, "p90": 2}, "found p5, p90; allowed a plain number"),
    (
        "log",
        {"family": "normall"},
        "unknown family 'normall' (did you mean 'normal'?); allowed logn",
    ),
    ("log", {"family": 3}, "unknown family 3; allowed lognormal, logit_normal, normal, pert, unif"),
    (
        "log",
        {"family": "lognormal", "mu": 1, "sd": 2},
        "found mu, sd for the family lognormal, allowed mu, sigma",
    ),
    ("log", {"family": "uniform"}, "found no parameter for the family uniform, allowed low, high"),
]


@pytest.mark.parametrize(("scale", "stated", "message"), REFUSED, ids=lambda x: str(x)[:40])
def test_refuses_with_the_reason(scale: Any, stated: Any, message: str) -> None:
    with pytest.raises(PydanticCustomError, match=re.escape(message)) as caught:
        read_quantity(stated, scale)

    assert caught.value.type == "quantity"
    assert "\n" not in str(caught.value)


def test_reading_does_not_load_scipy() -> None:
    program = (
        "import sys; from climrisk.domain.quantities import read_quantity;"
        "read_quantity({'p5': 0.1, 'p50': 0.3, 'p95': 0.8}, 'log');"
        "print('scipy' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "False"
