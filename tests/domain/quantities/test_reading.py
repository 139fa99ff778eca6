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
    ("logit", {"mean": 0.5, "cv": 1}, "found cv 1, which no share with mean 0.5 can have; allowed"),
    ("logit", {"mean": 30, "cv": 1}, "found mean 30, allowed above 0 and below 1 (30 % is 0.3)"),
    ("logit", {"family": "beta", "alpha": 0, "beta": 1}, "found alpha 0, allowed above 0"),
    (
        "log",
        {"family": "beta", "alpha": 2, "beta": 1, "low": 3, "high": 2},
        "low 3 is above high 2",
    ),
    (
        "log",
        {"family": "gamma", "shape": 2},
        "found shape for the family gamma, allowed shape, sca",
    ),
    ("log", {"family": "gamma", "shape": 2, "cv": 1}, "found shape, cv for the family gamma"),
    ("log", {"family": "gamma", "shape": 2, "scale": -1}, "found scale -1, allowed above 0"),
    ("log", {"family": "triangular", "low": 1, "mode": 0, "high": 2}, "found mode 0, allowed from"),
    (
        "log",
        {"family": "generalised_pareto", "threshold": 1, "scale": 2, "shape": 1},
        "found shape 1, at which the mean is infinite; allowed below 1",
    ),
    (
        "log",
        {"family": "generalised_pareto", "threshold": 1, "scale": 0, "shape": 0},
        "found scale 0, allowed above 0",
    ),
    ("log", {"family": "weibull", "shape": 0, "scale": 2}, "found shape 0, allowed 0.01 or more"),
    ("log", {"family": "weibull", "shape": 2, "scale": 0}, "found scale 0, allowed above 0"),
    (
        "log",
        {"family": "student_t", "df": 3, "location": 5, "scale": 1},
        "found values from -infinity to infinity, allowed 0 or more",
    ),
    (
        "identity",
        {"family": "student_t", "df": 1, "location": 5, "scale": 1},
        "found df 1, at which there is no mean; allowed above 1",
    ),
    (
        "identity",
        {"family": "student_t", "df": 3, "location": 5, "scale": 0},
        "found scale 0, allowed above 0",
    ),
    (
        "log",
        {"family": "shifted_lognormal", "mu": 1, "sigma": 1, "shift": -1},
        "found values from -1 to infinity, allowed 0 or more",
    ),
    # lists of values
    ("log", {"values": [1], "probabilities": [1]}, "found 1 values and 1 probabilities"),
    (
        "log",
        {"values": [1, 2], "probabilities": [1]},
        "found 2 values and 1 probabilities, allowed",
    ),
    ("log", {"values": [1, 2], "probabilities": [1.0, 0]}, "found probability 0, allowed above 0"),
    (
        "log",
        {"values": [1, 1], "probabilities": [0.5, 0.5]},
        "found a value twice, allowed each on",
    ),
    ("log", {"values": [1, 2], "probabilities": [0.5, 0.4]}, "sum to 0.9, allowed a sum of 1"),
    (
        "log",
        {"values": [1, -2], "probabilities": [0.5, 0.5]},
        "found values from -2 to 1, allowed 0",
    ),
    ("log", {"values": [1, "2"], "probabilities": [0.5, 0.5]}, "found values.1 '2', which is text"),
    ("log", {"values": 3, "probabilities": [1]}, "found values 3; allowed a list of numbers"),
    ("log", {"sample": [1, 2, 3, 4]}, "found 4 recorded values, allowed 5 or more"),
    (
        "log",
        {"sample": [2] * 5},
        "all recorded values are 2; if the quantity is certain, state the",
    ),
    # cut off
    ("log", {"truncate": 3, "low": 2}, "found a certain number to truncate, allowed a range"),
    ("log", {"truncate": {"p5": 1, "p95": 2}}, "found truncate without a bound, allowed low, high"),
    (
        "log",
        {"truncate": {"p5": 1, "p95": 2}, "low": 1.9},
        "cut off 91.9 % of the probability, allowed up to 50 %; state the range that is left",
    ),
    ("log", {"truncate": {"p5": 1, "p95": 2}, "low": 3, "high": 2}, "low 3 is above high 2"),
    ("log", {"truncate": {"p5": 2, "p95": 1}, "low": 0}, "p5 2 is above p95 1"),
    (
        "log",
        {"truncate": {"sample": [1, 2, 3, 4, 5]}, "low": 2},
        "found single values to truncate; leave the values out instead",
    ),
    (
        "log",
        {"truncate": {"family": "normal", "mean": 3, "sd": 1}, "high": 4},
        "found values from -infinity to 4, allowed 0 or more",
    ),
    # mixtures
    ("log", {"mixture": 3}, "found mixture without a list, allowed a list of two or more"),
    ("log", {"mixture": [{"weight": 1, "value": 2}]}, "found mixture of 1, allowed a list of two"),
    (
        "log",
        {"mixture": [3, 4]},
        "mixture 1: found 3, allowed such as {weight: 0.3, p5: 1, p95: 2}",
    ),
    (
        "log",
        {"mixture": [{"value": 3}, {"value": 4}]},
        "mixture 1: found no weight, allowed a chan",
    ),
    (
        "log",
        {"mixture": [{"weight": 0.5, "value": 3}, {"weight": 0.5, "p5": 4, "p95": 3}]},
        "mixture 2: p5 4 is above p95 3",
    ),
    (
        "log",
        {"mixture": [{"weight": 1.5, "value": 3}, {"weight": -0.5, "value": 4}]},
        "mixture 2: found weight -0.5, allowed above 0",
    ),
    (
        "log",
        {"mixture": [{"weight": 0.5, "value": 3}, {"weight": 0.4, "value": 4}]},
        "found weights that sum to 0.9, allowed a sum of 1",
    ),
    (
        "log",
        {"mixture": [{"weight": "a half", "value": 3}, {"weight": 0.4, "value": 4}]},
        "found mixture.0.weight 'a half', which is text; allowed a number",
    ),
    # pools
    ("log", {"pool": {"A": 3}}, "found pool without a list, allowed a list of two or more"),
    ("log", {"pool": [{"who": "A", "value": 1}, "B"]}, "pool 2: found no statement, allowed such"),
    (
        "log",
        {"pool": [{"who": "A", "value": 1}, {"who": "A", "value": 2}]},
        "found who 'A' twice, allowed one statement a person",
    ),
    (
        "log",
        {"pool": [{"value": 1}, {"value": 2}], "method": "median"},
        "found method 'median'; allowed one of the methods linear, log, quantile_average",
    ),
    (
        "log",
        {"pool": [{"value": 1}, {"value": 2}], "weights": [1]},
        "found 1 weights for 2 people, allowed one each",
    ),
    (
        "log",
        {"pool": [{"value": 1}, {"value": 2}], "weights": [1, 0]},
        "found weight 0, allowed abo",
    ),
    (
        "log",
        {"pool": [{"value": 1}, {"value": -2}]},
        "found values from -2 to 1, allowed 0 or more",
    ),
    (
        "log",
        {"pool": [{"value": 1}, {"p5": 1, "p95": 2}], "method": "log"},
        "single values have a probability of their own, so there is no density",
    ),
    (
        "log",
        {
            "pool": [{"low": 1, "mode": 2, "high": 3}, {"low": 4, "mode": 5, "high": 6}],
            "method": "log",
        },
        "rule out each other's values, so a log pool leaves nothing; allowed method linear",
    ),
    (
        "log",
        {"pool": [{"value": 0}, {"p5": 1, "p95": 2}], "method": "quantile_average"},
        "holds 0 to be possible as a single value, which a quantile average cannot weigh",
    ),
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
    ("log", {"p5": 1, "p95": 2, "scale": "logit"}, "found p5, p95, scale; allowed a plain number"),
    ("log", {"p5": 1, "p95": 2, "label": 3}, "found label 3; allowed text"),
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
