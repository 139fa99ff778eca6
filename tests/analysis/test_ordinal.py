"""Ordinal scores in the matrix: there when asked for, never otherwise."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from pydantic import ValidationError

import climrisk
from climrisk.domain.ordinal import Ordinal
from climrisk.io.run_folder import canonical_json
from climrisk.io.run_tables import Labels, run_tables
from tests.studies import annual_risk, bernoulli, make_settings, make_study

EDGES = {"likelihood_edges": (0.1, 0.33, 0.66, 0.9), "impact_edges": (5.0, 20.0, 50.0, 100.0)}
COLUMNS = ["ordinal_likelihood", "ordinal_impact", "ordinal_score"]


def matrix(**settings: Any) -> pd.DataFrame:
    items = {
        "R-1": annual_risk(bernoulli(1.0), 30.0),
        "R-2": annual_risk(bernoulli(0.2), 600.0),
        "R-3": annual_risk(bernoulli(0.0), 5.0),
    }
    study = make_study(items, make_settings(**settings))
    results = climrisk.analyse(study, draws=500, seed=1)
    return run_tables(results, Labels("RMB million", ""))["matrix.csv"]


def test_scores_stand_beside_the_figures_when_asked_for() -> None:
    table = matrix(ordinal=EDGES)
    first = table[COLUMNS].head(3).astype(object).where(table[COLUMNS].head(3).notna(), None)
    assert first.to_numpy().tolist() == [[5, 3, 15], [2, 5, 10], [1, None, None]]
    assert table.columns[-2:].tolist() == ["unit", "notice"]


def test_without_edges_nothing_changes() -> None:
    assert not set(COLUMNS) & set(matrix())
    pd.testing.assert_frame_equal(matrix(), matrix(ordinal=EDGES).drop(columns=COLUMNS))
    assert "ordinal" not in canonical_json(make_study({}))


@pytest.mark.parametrize(
    ("field", "edges", "message"),
    [
        ("likelihood_edges", (0.5, 0.2), r"found 0.5, 0.2; allowed: above 0 and increasing"),
        ("likelihood_edges", (10, 33), r"found 10, 33; allowed: probabilities between 0 and 1"),
        ("impact_edges", (0, 5), r"found 0, 5; allowed: above 0 and increasing"),
        ("impact_edges", (), r"at least 1"),
    ],
)
def test_edges_that_make_no_bands(field: str, edges: tuple[float, ...], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Ordinal.model_validate({**EDGES, field: edges})
