"""Parts of the results: as in all of them, and nothing else is counted."""

from __future__ import annotations

import numpy as np
import pytest

import climrisk
from climrisk.analysis.outputs import (
    ANNUAL,
    BREACHES,
    CURVES,
    DRAWS,
    EXACT,
    MATRIX,
    OUTPUTS,
    RANGES,
    SINGLE_RUNS,
    STABILITY,
    variables_of,
    wanted,
)
from climrisk.analysis.subject_tallies import HEADLINE_BINS, SCALE_TO_FLOOR
from climrisk.analysis.tallies import Tallies
from climrisk.analysis.variables import VARIABLES
from climrisk.domain.study import Study
from climrisk.engine.plan import make_plan
from climrisk.names import HEADLINES, QUANTILES
from tests.studies import annual_risk, bernoulli, make_item, make_settings, make_study, poisson
from tests.studies import cost as amount

DRAWN = 500


def study() -> Study:
    gain = amount(3.0, direction="favourable")
    items = {
        "A": annual_risk(poisson(1.5), {"p5": 1.0, "p95": 9.0}),
        "B": annual_risk(bernoulli(0.3), {"p5": 1.0, "p95": 4.0}, category="market"),
        "C": make_item(bernoulli(0.5), {"a": gain}, kind="opportunity"),
    }
    horizons = {
        "near": {"years": (2024, 2025), "planning": "budget"},
        "far": {"years": (2026, 2027), "planning": "strategy"},
    }
    return make_study(items, make_settings(4, horizons=horizons))


@pytest.mark.parametrize("part", [MATRIX, STABILITY, ANNUAL, CURVES, BREACHES, EXACT])
def test_a_part_alone_is_as_in_all_of_the_results(part: str) -> None:
    whole = climrisk.analyse(study(), draws=DRAWN, seed=1)
    found = climrisk.analyse(study(), draws=DRAWN, seed=1, outputs=(part,))
    assert set(found) == set(variables_of(wanted((part,))))
    assert set(variables_of((part,))) < set(whole)
    sums = [name for name in whole["subject"].to_numpy() if name not in "ABC"]
    for name in found:
        expected = whole[name]
        if name.startswith("probability"):
            expected = expected.where(~expected["subject"].isin(sums)).assign_attrs(expected.attrs)
        assert found[name].identical(expected), name


def test_every_variable_belongs_to_one_part() -> None:
    parts = [set(variables_of((part,))) - set(variables_of(())) for part in OUTPUTS]
    assert sum(len(part) for part in parts) == len(set().union(*parts))
    assert set().union(*parts, variables_of(())) == set(VARIABLES)
    assert not {"probability", "annual_mean", "breach_probability"} & set(variables_of(()))


def test_what_is_not_asked_for_is_not_counted() -> None:
    tallies = Tallies(make_plan(study()), (RANGES,))
    tallies.add(1, range(50), lambda draws: None)
    counted = tallies.counted()
    assert counted.tallies.sums.count == counted.tallies.change.count == 50
    assert counted.tallies.annual.count == counted.largest_event.count == 0
    assert counted.tallies.headline_years.reading().draws == 0
    assert counted.tallies.material.draws == 0
    assert not counted.tallies.draws_with_material_year.any()


def test_single_draws_have_the_quantiles_of_the_histogram_within_its_bound() -> None:
    found = climrisk.analyse(study(), draws=DRAWN, seed=1, outputs=(DRAWS, RANGES), block_size=70)
    draws = found["draw_total"]
    assert draws.dims == ("scenario", "control", "horizon", "draw")
    assert draws["draw"].to_numpy().tolist() == list(range(DRAWN))
    total = found.sel(subject="total", channel="net")
    exact = np.quantile(draws, QUANTILES, axis=-1, method="inverted_cdf")
    bound = np.abs(exact) / HEADLINE_BINS + make_plan(study()).scale * SCALE_TO_FLOOR
    told = np.moveaxis(total["percentile"].to_numpy(), -1, 0)
    assert (np.abs(told - exact) <= bound).all()
    np.testing.assert_allclose(draws.mean("draw"), total["mean"], rtol=1e-13)
    np.testing.assert_allclose(found["draw_npv"].mean("draw"), total["npv_mean"], rtol=1e-13)
    assert HEADLINES[-1] == "total"


def test_single_draws_do_not_depend_on_blocks_and_threads() -> None:
    asked = {"draws": 90, "seed": 3, "outputs": (DRAWS, RANGES)}
    whole = climrisk.analyse(study(), block_size=90, threads=1, **asked)
    assert whole.identical(climrisk.analyse(study(), block_size=7, threads=3, **asked))
    short = climrisk.analyse(study(), **asked | {"draws": 20})
    assert short["draw_total"].identical(whole["draw_total"].isel(draw=slice(20)))


def test_all_parts_of_single_runs_are_there_where_none_is_named() -> None:
    assert wanted(()) == SINGLE_RUNS
    assert wanted(("inputs",)) == SINGLE_RUNS | {"inputs"}
    assert wanted(("inputs", MATRIX)) == {"inputs", MATRIX, RANGES}
    assert wanted(OUTPUTS) == OUTPUTS
