"""Arrays are made once each, only where they are read, and parts are views of the whole."""

from __future__ import annotations

import numpy as np
import pytest

from climrisk.engine.on_demand import OnDemand
from climrisk.engine.plan import make_plan
from climrisk.engine.worlds import worlds
from tests.studies import annual_risk, bernoulli, make_study


def test_an_array_is_made_once_and_only_when_it_is_read() -> None:
    asked: list[str] = []

    def make(key: str) -> np.ndarray:
        asked.append(key)
        return np.arange(6.0)

    found = OnDemand(make, ("a", "b"))
    part = found.part(slice(2, 5))
    assert (list(found), len(found), "c" in found, asked) == (["a", "b"], 2, False, [])
    assert part["b"].tolist() == [2.0, 3.0, 4.0]
    assert np.shares_memory(part["b"], found["b"])
    assert asked == ["b"]
    with pytest.raises(KeyError, match="c"):
        found["c"]


def test_knowledge_of_worlds_is_the_same_in_parts() -> None:
    plan = make_plan(make_study({"A": annual_risk(bernoulli(0.3), 4.0)}))
    whole, part = worlds(plan, 5, range(10)), worlds(plan, 5, range(4, 9))
    assert len(whole.knowledge) > 0
    for key, quantile in whole.knowledge.items():
        assert quantile[4:9].tolist() == part.knowledge[key].tolist()
        assert quantile[4:9].tolist() == whole.part(slice(4, 9)).knowledge[key].tolist()
