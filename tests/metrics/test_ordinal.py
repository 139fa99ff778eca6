"""Ordinal scores: six risks whose order by score is not their order by money."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from climrisk.metrics.ordinal import bands, ordinal_scores

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "ordinal_scores.py"


@pytest.fixture(scope="module")
def example() -> dict[str, Any]:
    return runpy.run_path(str(EXAMPLE))


def test_scores_rank_the_largest_risk_last(example: dict[str, Any]) -> None:
    likelihood, impact = np.array(list(example["RISKS"].values())).T
    found = ordinal_scores(
        likelihood, -impact, example["LIKELIHOOD_EDGES"], example["IMPACT_EDGES"]
    )
    assert found.likelihood.tolist() == [2, 3, 1, 5, 3, 3]
    assert found.impact.tolist() == [3, 3, 5, 2, 2, 2]
    assert dict(zip("ABCDEF", found.score.tolist(), strict=True)) == {
        "D": 10,
        "B": 9,
        "A": 6,
        "E": 6,
        "F": 6,
        "C": 5,
    }
    by_money = np.array(list("ABCDEF"))[np.argsort(-likelihood * impact)]
    assert by_money.tolist() == ["C", "A", "F", "B", "D", "E"]


def test_the_example_says_so(example: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    example["main"]()
    lines = capsys.readouterr().out.splitlines()
    assert [line[0] for line in lines[1:7]] == ["C", "A", "F", "B", "D", "E"]
    assert lines[1].split() == ["C", "81.0", "5"]
    assert "not comparable" in lines[-1]


def test_a_value_on_an_edge_belongs_above_it() -> None:
    assert bands([0.0, 0.1, 0.2, 0.5, 1.0], (0.1, 0.5)).tolist() == [1, 2, 2, 3, 3]


def test_what_has_no_impact_has_no_score() -> None:
    found = ordinal_scores([0.2, np.nan], [np.nan, 3.0], (0.5,), (1.0,))
    assert np.isnan(found.score).all()
    assert found.likelihood[0] == 1.0
    assert found.impact[1] == 2.0


@pytest.mark.parametrize("edges", [(), (1.0, 1.0), (2.0, 1.0)])
def test_edges_must_increase(edges: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match=r"edges: found .*, allowed increasing numbers"):
        bands([1.0], edges)
