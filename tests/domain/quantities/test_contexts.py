"""Quantities as fields of a declared model."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from climrisk.domain.base import Declaration
from climrisk.domain.quantities import Amount, Probability, Rate, Share, Signed, read_quantity

STATEMENTS: list[tuple[str, Any]] = [
    ("amount", 3),
    ("amount", {"value": 0, "basis": "assumption"}),
    ("amount", {"p5": 1, "p95": 10, "basis": "reference", "source": "p. 7", "verified": False}),
    ("amount", {"mean": 2, "cv": 0.5}),
    ("rate", {"p10": 0.1, "p50": 0.3, "p90": 0.8}),
    ("rate", {"family": "lognormal", "mu": 0, "sigma": 1, "note": None}),
    ("share", {"low": 0, "mode": 0.1, "high": 1}),
    ("share", {"family": "pert", "low": 0, "mode": 0.1, "high": 1}),
    ("share", {"family": "uniform", "low": 0, "high": 1}),
    ("probability", 1),
    ("probability", {"p5": 0.01, "p50": 0.05, "p95": 0.2}),
    ("probability", {"family": "logit_normal", "mu": -2, "sigma": 1}),
    ("signed", {"p5": -3, "p95": 4}),
    ("signed", {"family": "normal", "mean": -1, "sd": 2}),
]


class Declared(Declaration):
    amount: Amount | None = None
    rate: Rate | None = None
    share: Share | None = None
    probability: Probability | None = None
    signed: Signed | None = None


def without_family(node: Any) -> Any:
    """Leave out what a dump adds to a statement, and empty keys."""
    if isinstance(node, dict):
        kept = {k: v for k, v in node.items() if v is not None and v != "pert"}
        return {key: without_family(value) for key, value in kept.items()}
    return [without_family(one) for one in node] if isinstance(node, list) else node


@pytest.mark.parametrize(("field", "stated"), STATEMENTS, ids=str)
def test_a_dump_is_the_statement_and_reads_back_equal(field: str, stated: Any) -> None:
    declared = Declared.model_validate({field: stated})
    dumped = declared.model_dump()[field]
    typed = stated if isinstance(stated, dict) else {"value": stated}

    again = json.loads(json.dumps(dumped, default=list))  # tuples are lists in a file
    plain = declared.model_dump(mode="json")[field]
    assert without_family(plain).items() >= without_family(typed).items()
    assert plain.keys() <= typed.keys() | {"family", "low", "high"}
    assert Declared.model_validate({field: again}) == declared
    assert Declared.model_validate(declared.model_dump()) == declared
    assert Declared.model_validate(declared.model_dump(by_alias=True, mode="json")) == declared
    assert Declared.model_validate_json(declared.model_dump_json()) == declared


def test_the_field_sets_the_scale() -> None:
    stated = {"p5": 0.1, "p95": 0.9}

    declared = Declared.model_validate({"amount": stated, "probability": stated})

    assert declared.amount is not None
    assert "even chance below 0.3," in declared.amount.in_words()
    assert declared.probability is not None
    assert "even chance below 0.5," in declared.probability.in_words()


def test_accepts_a_quantity_within_its_limits() -> None:
    amount = read_quantity({"p5": 1, "p95": 3}, "log")

    assert Declared.model_validate({"signed": amount}).signed is amount
    with pytest.raises(ValidationError, match="found values from 0 to infinity, allowed 0 to 1"):
        Declared.model_validate({"share": amount})


def test_a_fault_is_one_error_at_the_field() -> None:
    with pytest.raises(ValidationError) as caught:
        Declared.model_validate({"amount": {"p5": 2, "p95": 1}, "share": 1.5})

    assert [(e["type"], e["loc"], e["msg"]) for e in caught.value.errors()] == [
        ("quantity", ("amount",), "p5 2 is above p95 1: percentiles must increase"),
        ("quantity", ("share",), "found 1.5, allowed 0 to 1 (1.5 % is 0.015)"),
    ]


def test_a_fault_of_provenance_keeps_its_place() -> None:
    with pytest.raises(ValidationError) as caught:
        Declared.model_validate({"amount": {"value": 2, "basis": "guess"}})

    assert [error["loc"] for error in caught.value.errors()] == [("amount", "basis")]


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_schema_lists_a_number_and_every_statement(mode: Any) -> None:
    schema = Declared.model_json_schema(mode=mode)
    text = json.dumps(schema)

    share = schema["properties"]["share"]["anyOf"]
    assert share[0] == {"type": "number", "minimum": 0.0, "maximum": 1.0}
    assert {"$ref": "#/$defs/P5P50P95"} in share
    assert share[-2] == {"type": "string", "minLength": 1}
    assert "string" not in str(schema["properties"]["signed"]["anyOf"])
    assert "stated_mean" not in text


def test_schema_leaves_out_the_scale_that_the_field_sets() -> None:
    kinds = Declared.model_json_schema()["$defs"]

    assert "scale" not in kinds["P5P50P95"]["properties"]
    assert "scale" in kinds["Weibull"]["properties"]  # a parameter of its own
    assert set(kinds["Weighted"]["properties"]) == {"weight"}
    assert kinds["Weighted"]["additionalProperties"] is True


def test_is_frozen() -> None:
    amount: Any = read_quantity({"p5": 1, "p95": 3}, "log")

    with pytest.raises(ValidationError, match="frozen"):
        amount.p5 = 2
