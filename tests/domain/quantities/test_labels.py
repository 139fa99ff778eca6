"""The study's own words for statements."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from climrisk.domain.base import Declaration
from climrisk.domain.quantities import Amount, Rate, Share, read_quantity
from climrisk.domain.quantities.labels import LabelMaps, resolve_labels

MAPS = LabelMaps.model_validate(
    {
        "likelihood": {
            "frequent": {"low": 10, "mode": 24, "high": 52},
            "occasional": {"low": 1, "mode": 6, "high": 12},
            "rare": {"low": 0, "mode": 0.1, "high": 1},
        },
        "amount": {"small": {"p5": 0.1, "p95": 1, "source": "risk policy"}, "nothing": 0},
        "share": {"half": 0.5},
    }
)


class Declared(Declaration):
    rate: Rate | None = None
    amount: Amount | None = None
    share: Share | None = None


@pytest.mark.parametrize(
    ("word", "mean"), [("frequent", 26.333), ("occasional", 6.167), ("rare", 0.2333)]
)
def test_published_words(word: str, mean: float) -> None:
    """Case E9: PERT with gamma 4."""
    resolved = resolve_labels({"rate": word}, MAPS)

    assert read_quantity(resolved["rate"], "log").mean() == pytest.approx(mean, abs=5e-4)


def test_the_word_is_kept_for_reading_back() -> None:
    declared = Declared.model_validate(resolve_labels({"rate": "rare", "share": "half"}, MAPS))

    assert declared.rate is not None
    assert declared.rate.label == "rare"
    assert declared.rate.in_words().startswith("rare: 1 in 20 below ")
    assert declared.share is not None
    assert declared.share.in_words() == "half: always 0.5"
    assert Declared.model_validate(declared.model_dump()) == declared


def test_only_fields_of_the_table_hold_labels() -> None:
    data = {
        "title": "rare",
        "capex": "small",
        "opex": "nothing",
        "effects": [{"item": "rare", "share": "half", "acts_on": "rate"}],
        "impact": {"amount": {"share": "half", "amount": {"p5": 1, "p95": 2}, "line": "small"}},
    }

    resolved = resolve_labels(data, MAPS)

    half = {"value": 0.5, "label": "half"}
    assert resolved == {
        "title": "rare",
        "capex": {"p5": 0.1, "p95": 1, "source": "risk policy", "label": "small"},
        "opex": {"value": 0, "label": "nothing"},
        "effects": [{"item": "rare", "share": half, "acts_on": "rate"}],
        "impact": {"amount": {"share": half, "amount": {"p5": 1, "p95": 2}, "line": "small"}},
    }


def test_a_label_may_have_its_own_source() -> None:
    stated = {"label": "small", "source": "workshop", "basis": "assumption"}

    resolved = resolve_labels({"amount": stated}, MAPS)["amount"]

    assert resolved == {"p5": 0.1, "p95": 1, **stated}
    assert resolve_labels({"amount": resolved}, MAPS)["amount"] == resolved


def test_labels_inside_pools_and_mixtures() -> None:
    people = [{"who": "A", "label": "rare"}, {"who": "B", "p5": 1, "p95": 4}]
    mixture = [{"weight": 0.5, "label": "nothing"}, {"weight": 0.5, "truncate": "small", "high": 1}]

    declared = Declared.model_validate(
        resolve_labels({"rate": {"pool": people}, "amount": {"mixture": mixture}}, MAPS)
    )

    assert declared.rate is not None
    assert declared.amount is not None
    assert declared.rate.ppf(np.array(0.01)) < 0.2
    assert declared.amount.support == (0, 1)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            {"rate": "rear"},
            "unknown label 'rear' (did you mean 'rare'?); "
            "allowed in likelihood: frequent, occasional, rare",
        ),
        ({"share": "rare"}, "unknown label 'rare'; allowed in share: half"),
        (
            {"amount": {"label": "large"}},
            "unknown label 'large'; allowed in amount: small, nothing",
        ),
        (
            {"rate": {"pool": [{"who": "A", "label": "rear"}, {"value": 1}]}},
            "unknown label 'rear'",
        ),
    ],
)
def test_unknown_labels_are_refused_at_their_place(data: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(message)) as caught:
        Declared.model_validate(resolve_labels(data, MAPS))

    assert [error["loc"] for error in caught.value.errors()] == [tuple(data)]


def test_without_maps_text_is_a_fault_like_any_other() -> None:
    with pytest.raises(
        ValidationError, match="found 'rare', which is text; allowed a plain number"
    ):
        Declared.model_validate(resolve_labels({"rate": "rare"}, LabelMaps()))


@pytest.mark.parametrize(
    ("maps", "message"),
    [
        ({"share": {"all": 1.5}}, "found 1.5, allowed 0 to 1"),
        ({"amount": {"big": {"p5": 2, "p95": 1}}}, "p5 2 is above p95 1"),
        ({"amount": {"big": {"label": "huge"}}}, "big: found a label, allowed a statement in num"),
        ({"amount": {"": 1}}, "at least 1 character"),
    ],
)
def test_a_map_must_be_made_of_statements(maps: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(message)):
        LabelMaps.model_validate(maps)


def test_data_are_not_changed() -> None:
    data = {"items": [{"rate": "rare"}]}

    resolve_labels(data, MAPS)

    assert data == {"items": [{"rate": "rare"}]}
