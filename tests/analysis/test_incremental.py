"""Results after an edit are bit for bit those of a run of everything."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import climrisk
from climrisk.analysis import incremental
from climrisk.analysis.incremental import INTERACTIVE, Incremental
from climrisk.analysis.tallies import Tallies
from climrisk.domain.item import Item
from climrisk.domain.study import Study
from climrisk.engine.plan import Plan
from tests.strategies import items, studies
from tests.studies import (
    annual_risk,
    bernoulli,
    cost,
    make_item,
    make_settings,
    make_study,
    poisson,
)

DRAWN = 70


def whole(study: Study) -> Any:
    return climrisk.analyse(study, draws=DRAWN, outputs=INTERACTIVE, threads=1)


def with_item(study: Study, name: str, item: Item | None) -> Study:
    """Return a study with another item in the place of one, or without it."""
    others = {one: of for one, of in study.register_.items() if one != name}
    changed = others if item is None else {**others, name: item}
    return study.model_copy(update={"register_": changed})


@settings(max_examples=8, deadline=None)
@given(studies(), st.data())
def test_random_edits_give_the_bits_of_a_run_of_everything(study: Study, data: Any) -> None:
    held = {
        effect.item for one in study.measures.values() for effect in (*one.reduces, *one.raises)
    }
    free = [name for name in study.register_ if name not in held]
    kept = Incremental(DRAWN, threads=2)
    assert kept.of(study).identical(whole(study))
    for _ in range(2):
        name = data.draw(st.sampled_from([*free, "I-9"]))
        study = with_item(study, name, data.draw(st.none() | items()))
        assert kept.of(study).identical(whole(study))


def register() -> dict[str, Item]:
    """Return three capped risks, two tied ones, one alone and an opportunity."""
    share = {"a": cost(share={"p5": 0.2, "p95": 0.7}, exposure="plant")}
    gain = {"a": cost({"p5": 1.0, "p95": 3.0}, direction="favourable")}
    return {
        **{f"C-{n}": make_item(poisson(1.0 + n), share) for n in range(2)},
        **{f"T-{n}": annual_risk(bernoulli(0.3), {"p5": 1.0, "p95": 9.0 + n}) for n in range(2)},
        "A-1": annual_risk(poisson(0.7), {"p5": 1.0, "p95": 9.0}, category="market"),
        "O-1": make_item(bernoulli(0.5), gain, kind="opportunity"),
    }


def study_of(found: dict[str, Item]) -> Study:
    exposures = {"plant": {"value": {"value": 20.0}}}
    return make_study(
        found,
        make_settings(3, exposures=exposures),
        dependence={"occurrence": [{"items": ["T-0", "T-1"], "rank": 0.6}]},
    )


@pytest.mark.parametrize(
    ("name", "again"),
    [("A-1", {"A-1"}), ("O-1", {"O-1"}), ("T-0", {"T-0"}), ("C-1", {"C-0", "C-1"})],
)
def test_only_what_an_edit_touches_is_simulated_again(
    name: str, again: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found, simulated = register(), list[set[str]]()
    kept = Incremental(DRAWN, threads=1)
    kept.of(study_of(found))

    class Watched(Tallies):
        def __init__(self, plan: Plan, *others: Any) -> None:
            simulated.append({item.id for item in plan.items})
            super().__init__(plan, *others)

    monkeypatch.setattr(incremental, "Tallies", Watched)
    likely = make_item(bernoulli(0.8), {}).occurrence
    study = study_of({**found, name: found[name].model_copy(update={"occurrence": likely})})
    assert kept.of(study).identical(whole(study))
    assert simulated == [again, again]
    rarer = make_item(bernoulli(0.4), {}).occurrence
    study = study_of({**found, name: found[name].model_copy(update={"occurrence": rarer})})
    assert kept.of(study).identical(whole(study))
    assert simulated == [again] * 3  # as they were is known from the edit before


def test_items_that_come_and_go_and_move_between_categories() -> None:
    found = register()
    kept = Incremental(DRAWN, threads=1)
    moved = annual_risk(poisson(0.7), {"p5": 1.0, "p95": 9.0}, category="policy_legal")
    steps = [
        found,
        {**found, "A-1": moved},
        {name: one for name, one in found.items() if name != "O-1"},
        {**found, "A-2": moved},
        {name: one for name, one in found.items() if name != "T-0"},
        {"A-1": found["A-1"]},
        found,
    ]
    for one in steps:
        study = study_of(one)
        if len(one) == 1:
            study = make_study(one, study.settings)
        assert kept.of(study).identical(whole(study))


def test_any_other_change_has_everything_simulated() -> None:
    told: list[int] = []
    kept = Incremental(DRAWN, threads=1)
    study = study_of(register())
    kept.of(study, lambda done, total: told.append(done))
    first = len(told)
    assert first > 0
    kept.of(study, lambda done, total: told.append(done))
    assert len(told) == first
    untied = study.model_copy(update={"dependence": make_study({}).dependence})
    assert kept.of(untied, lambda done, total: told.append(done)).identical(whole(untied))
    assert len(told) > first
