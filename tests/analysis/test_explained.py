"""Shares of the variance of total net, against closed forms."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr

import climrisk
from climrisk.domain.study import Study
from climrisk.io.study import read_study
from tests.engine.test_measure_change import effect, planned
from tests.studies import (
    always,
    annual_risk,
    bernoulli,
    cost,
    make_item,
    make_scenario,
    make_settings,
    make_study,
)

DRAWS = 20_000


def normal(sd: float, **stated: Any) -> dict[str, Any]:
    amount = {"family": "normal", "mean": 0.0, "sd": sd, **stated}
    return {"change": cost(amount, direction="signed")}


def analysed(study: Study, control: str = "current") -> xr.Dataset:
    found = climrisk.analyse(study, draws=DRAWS, seed=6, outputs=("inputs",))
    return found.sel(scenario="flat", control=control, input_horizon="whole")


def test_independent_normals_share_by_their_variances() -> None:
    study = make_study(
        {
            "R-1": make_item(always(), normal(3.0, basis="assumption", source="a guess")),
            "R-2": make_item(always(), normal(4.0)),
        }
    )
    found = analysed(study)
    share = found["input_share"].sel(input=["register.R-1.severity", "register.R-2.severity"])
    error = found["input_share_se"].sel(input=share["input"])
    assert (abs(share - [9 / 25, 16 / 25]) < 4.5 * error).all()
    one = found.sel(input="register.R-1.severity")
    assert (str(one["input_basis"].values), str(one["input_source"].values)) == (
        "assumption",
        "a guess",
    )


def test_chance_is_no_input() -> None:
    """A certain amount that occurs by chance: nothing that is known explains it."""
    found = analysed(make_study({"R-1": annual_risk(bernoulli(0.5), 5.0)}))
    assert found["input"].to_numpy().tolist() == ["scenarios.percentile"]
    assert np.isnan(found["input_share"]).all(), "no series has percentiles"


def test_models_count_as_one_input() -> None:
    """A loss that is 1, 2 or 4 by model: all of its variance."""
    paths = {
        name: {2023: 1.0, 2024: top, 2100: top}
        for name, top in zip("XYZ", (1.0, 2.0, 4.0), strict=True)
    }
    link = {"driver": "price", "acts_on": "loss", "form": "ratio", "elasticity": 1.0}
    study = make_study(
        {"R-1": annual_risk(always(), 1.0, links=[link])},
        make_settings(),
        (make_scenario("flat", price={"models": paths}),),
    )
    share = analysed(study)["input_share"].sel(input="scenarios.model")
    assert abs(float(share) - 1.0) < 1e-9


def test_measures_are_inputs_under_the_controls_that_hold_them() -> None:
    measure = planned(
        opex={"p5": 1.0, "p95": 5.0}, reduces=[effect("R-1", "severity", {"p5": 0.1, "p95": 0.9})]
    )
    study = make_study({"R-1": annual_risk(always(), 10.0)}, measures={"M-1": measure})
    names = ["measures.M-1.effect", "measures.M-1.cost"]
    assert np.isnan(analysed(study)["input_share"].sel(input=names)).all()
    share = analysed(study, "residual")["input_share"].sel(input=names)
    assert float(share.sum()) > 0.8
    assert (share > 0.1).all()


def test_lx_inputs_are_stated_somewhere() -> None:
    study = read_study("lx-technology-2023")
    found = climrisk.analyse(study, draws=64, seed=1, outputs=("inputs",), scenarios=("ndcs",))
    assert found.sizes["input"] > 20
    assert (found["input_basis"] != "").all()
    assert (found["input_source"] != "").all()


def test_sources_do_not_depend_on_the_order_in_the_files() -> None:
    parts = {name: cost({"p5": 1.0, "p95": 2.0, "source": f"of {name}"}) for name in ("b", "a")}
    for impact in (parts, dict(sorted(parts.items()))):
        found = analysed(make_study({"R-1": make_item(always(), impact)}))
        source = found["input_source"].sel(input="register.R-1.severity")
        assert str(source.values) == "of a; of b"
