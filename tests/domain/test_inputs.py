from __future__ import annotations

from typing import Any

from climrisk.domain.base import Figure
from climrisk.domain.inputs import Input, study_inputs
from climrisk.domain.item import Item
from climrisk.domain.measure import Measure
from climrisk.io.study import read_study
from tests.studies import bernoulli, cost, make_item, make_scenario, make_settings, make_study


def inputs_of(item: Item, **parts: Any) -> dict[str, Input]:
    return {one.path: one for one in study_inputs(make_study({"R-1": item}, **parts))}


def test_each_stated_figure_is_listed_once_with_its_path_in_words() -> None:
    found = inputs_of(make_item(bernoulli(0.25), {"loss": cost({"p5": 1, "p95": 4})}))
    assert found["register.R-1.occurrence.probability"].value == "always 0.25"
    assert found["register.R-1.impact.loss.amount"].value == (
        "1 in 20 below 1, even chance below 2, 1 in 20 above 4"
    )
    assert found["settings.material_effect"].value == "1"


def test_a_figure_without_source_takes_that_of_what_it_belongs_to() -> None:
    item = make_item(
        bernoulli({"value": 0.25, "basis": "reported", "source": "page 3"}),
        {"loss": cost(2.0, source="insurer", verified=False), "fine": cost(1.0)},
        basis="assumption",
        source="workshop",
    )
    found = inputs_of(item)
    probability = found["register.R-1.occurrence.probability"]
    assert (probability.basis, probability.source) == ("reported", "page 3")
    loss = found["register.R-1.impact.loss.amount"]
    assert (loss.basis, loss.source, loss.verified) == ("assumption", "insurer", False)
    fine = found["register.R-1.impact.fine.amount"]
    assert (fine.basis, fine.source, fine.verified) == ("assumption", "workshop", None)


def test_one_figure_s_source_is_not_lent_to_its_neighbour() -> None:
    item = make_item(bernoulli({"value": 0.25, "source": "page 3"}), {"loss": cost(2.0)})
    assert inputs_of(item)["register.R-1.impact.loss.amount"].source is None


def test_measures_links_and_series_are_inputs_too() -> None:
    item = make_item(
        bernoulli(0.25),
        {"loss": cost(2.0)},
        links=[{"driver": "heat", "acts_on": "probability", "form": "ratio", "elasticity": 2}],
    )
    measure = Measure.model_validate(
        {
            "title": "Gates",
            "status": "existing",
            "opex": 3,
            "reduces": [{"item": "R-1", "acts_on": "severity", "share": 0.5}],
            "source": "invoice",
        }
    )
    worlds = (make_scenario("flat", heat=1.5),)
    found = inputs_of(item, measures={"M-1": measure}, scenarios=worlds)
    assert found["register.R-1.links.1"].value == "elasticity 2"
    assert found["measures.M-1.opex"].value == "always 3"
    assert found["measures.M-1.reduces.1.share"].source == "invoice"
    assert found["scenarios.flat.drivers.heat"].value == "series of path"


def test_a_zero_is_a_stated_figure() -> None:
    found = inputs_of(make_item(bernoulli(0.0), {"loss": cost(0.0)}))
    assert found["register.R-1.occurrence.probability"].value == "always 0"
    settings = make_settings(headline_figures={"loss": Figure(value=0.0)})
    study = make_study({}, settings=settings)
    assert "settings.headline_figures.loss" in {one.path for one in study_inputs(study)}


def test_every_input_of_lx_has_basis_and_source_and_its_own_path() -> None:
    inputs = study_inputs(read_study("lx-technology-2023"))
    paths = [one.path for one in inputs]
    assert len(set(paths)) == len(paths)
    assert [one.path for one in inputs if not one.basis or not one.source] == []
