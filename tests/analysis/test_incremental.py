"""Results after an edit are bit for bit those of a run of everything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import climrisk
from climrisk.analysis import item_draws
from climrisk.analysis.incremental import INTERACTIVE, Incremental
from climrisk.domain.item import Item
from climrisk.domain.study import Study
from climrisk.engine.block import Block
from climrisk.engine.kernels import simulated_block
from climrisk.engine.plan import Plan
from climrisk.portable.arrays import Draws
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


def register_of_amounts() -> dict[str, Item]:
    """Return a register whose two capped risks lose amounts, whatever the exposure's size."""
    loss = {"a": cost({"p5": 5.0, "p95": 20.0}, exposure="plant")}
    return register() | {name: make_item(bernoulli(0.5), loss) for name in ("C-0", "C-1")}


def study_of(found: dict[str, Item]) -> Study:
    exposures = {"plant": {"value": {"value": 20.0}}}
    return make_study(
        found,
        make_settings(3, exposures=exposures),
        dependence={"occurrence": [{"items": ["T-0", "T-1"], "rank": 0.6}]},
    )


def study_with_room(found: dict[str, Item], value: float) -> Study:
    """Return a study in which the exposure of the capped risks has another size."""
    return make_study(found, make_settings(3, exposures={"plant": {"value": {"value": value}}}))


@pytest.fixture
def simulated(monkeypatch: pytest.MonkeyPatch) -> list[tuple[set[str], int]]:
    """Return the items and draws that edits simulate, filled as they do."""
    told: list[tuple[set[str], int]] = []

    def watched(plan: Plan, seed: int, draws: Draws, size: int | None) -> Iterator[Block]:
        told.append(({item.id for item in plan.items}, len(draws)))
        return simulated_block(plan, seed, draws, size)

    monkeypatch.setattr(item_draws, "simulated_block", watched)
    return told


def with_probability(found: dict[str, Item], name: str, share: float) -> dict[str, Item]:
    likely = make_item(bernoulli(share), {}).occurrence
    return {**found, name: found[name].model_copy(update={"occurrence": likely})}


@pytest.mark.parametrize("name", ["A-1", "O-1", "T-0"])
def test_only_what_an_edit_touches_is_simulated_again(
    name: str, simulated: list[tuple[set[str], int]]
) -> None:
    found, again = register(), ({name}, DRAWN)
    kept = Incremental(DRAWN, threads=1)
    kept.of(study_of(found))
    study = study_of(with_probability(found, name, 0.8))
    assert kept.of(study).identical(whole(study))
    assert simulated == [again, again]
    study = study_of(with_probability(found, name, 0.4))
    assert kept.of(study).identical(whole(study))
    assert simulated == [again] * 3  # as they were is known from the edit before


@pytest.mark.parametrize(
    ("size", "fewest", "most"),
    [(20.0, 10, DRAWN), (36.0, 1, 3), (1000.0, 0, 0)],
    ids=["often", "seldom", "never"],
)
def test_items_on_one_exposure_are_simulated_where_its_cap_may_be_reached(
    size: float, fewest: int, most: int, simulated: list[tuple[set[str], int]]
) -> None:
    found = register_of_amounts()
    kept = Incremental(DRAWN, threads=1)
    kept.of(study_with_room(found, size))
    for share in (0.8, 0.3):
        study = study_with_room(with_probability(found, "C-1", share), size)
        results = kept.of(study)
        assert results.identical(whole(study))
    alone = [one for one in simulated if one[0] == {"C-1"}]
    together = [one[1] for one in simulated if one[0] == {"C-0", "C-1"}]
    assert alone == [({"C-1"}, DRAWN)] * 3
    assert len(alone) + len(together) == len(simulated)
    assert 2 * fewest <= sum(together) <= 2 * most
    taken = results["mean"].sel(subject="overlap", channel="net")
    assert bool((taken > 0).any()) == bool(fewest)


def test_what_is_taken_from_an_item_alone_on_its_exposure_needs_no_other_item(
    simulated: list[tuple[set[str], int]],
) -> None:
    found = register() | {
        "C-1": make_item(
            poisson(1.0), {"a": cost(share={"p5": 0.5, "p95": 0.9}, exposure="stock")}
        ),
        "C-2": make_item(poisson(1.0), {"a": cost({"p5": 0.1, "p95": 0.2}, exposure="plant")}),
    }
    del found["C-0"]
    exposures = {"plant": {"value": {"value": 90.0}}, "stock": {"value": {"value": 9.0}}}
    rate = make_item(poisson(2.0), {}).occurrence
    settings = make_settings(3, exposures=exposures)
    kept = Incremental(DRAWN, threads=1)
    before = kept.of(make_study(found, settings))
    study = with_item(
        make_study(found, settings), "C-1", found["C-1"].model_copy(update={"occurrence": rate})
    )
    after = kept.of(study)
    assert after.identical(whole(study))
    assert simulated == [({"C-1"}, DRAWN)] * 2
    several = [one["mean"].sel(subject="overlap", channel="net") for one in (before, after)]
    assert ((several[1] > several[0]) & (several[0] > 0)).all()


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


def test_a_listener_that_turns_away_leaves_nothing_half_done() -> None:
    found = register()
    kept = Incremental(DRAWN, threads=1)
    kept.of(study_of(found))
    edited = study_of(with_probability(found, "A-1", 0.8))

    def away(done: int, total: int) -> None:
        raise KeyboardInterrupt

    told: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        kept.of(edited, away)
    assert kept.of(edited, lambda done, total: told.append(done)).identical(whole(edited))
    assert not told
