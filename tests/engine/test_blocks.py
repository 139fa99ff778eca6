"""What every study must obey, bit for bit: sums, blocks, prefixes, edits, order and subsets."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from climrisk.domain.item import Item
from climrisk.domain.study import Study
from climrisk.engine.blocks import Block, blocks
from climrisk.engine.plan import Plan, make_plan
from climrisk.engine.subjects import Subject, subjects, summed
from climrisk.engine.worlds import worlds
from climrisk.names import CHANNELS, OVERLAP, RISK_CATEGORIES
from tests.strategies import items, studies
from tests.studies import (
    annual_risk,
    make_item,
    make_scenario,
    make_settings,
    make_study,
    once,
    poisson,
)

few = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
many = settings(few, max_examples=40)
SEED, DRAWS = 11, 60


def simulated(
    study: Study, draws: int = DRAWS, size: int = 64, scenarios: tuple[str, ...] | None = None
) -> dict[tuple[str, str], np.ndarray]:
    """Return amounts and the largest event by scenario and control, draws put together."""
    plan = make_plan(study, scenarios)
    found: dict[tuple[str, str], list[np.ndarray]] = {}
    for block in blocks(plan, SEED, range(draws), size):
        found.setdefault((block.scenario, block.control), []).append(_everything(block))
    return {key: np.concatenate(parts, axis=-1) for key, parts in found.items()}


def _everything(block: Block) -> np.ndarray:
    amounts, largest = block.effects.amounts, block.effects.largest_event
    return np.concatenate([amounts.reshape(-1, *largest.shape), largest[None]])


def same(one: dict[tuple[str, str], np.ndarray], two: dict[tuple[str, str], np.ndarray]) -> bool:
    return one.keys() == two.keys() and all(np.array_equal(one[key], two[key]) for key in one)


def by_item(study: Study) -> dict[tuple[str, str, str], np.ndarray]:
    """Return each item's effects by item, scenario and control."""
    plan = make_plan(study)
    return {
        (item.id, block.scenario, block.control): block.effects.amounts[number]
        for block in blocks(plan, SEED, range(DRAWS))
        for number, item in enumerate(plan.items)
    }


def with_items(study: Study, items: dict[str, Item]) -> Study:
    return study.model_copy(update={"register_": items, "measures": {}})


def by_name(plan: Plan) -> dict[str, Subject]:
    return {one.name: one for one in subjects(plan)}


@many
@given(studies())
def test_parts_add_up_to_totals_exactly(study: Study) -> None:
    plan = make_plan(study)
    named = by_name(plan)
    for block in blocks(plan, SEED, range(20)):
        amounts = block.effects.amounts
        of = dict(zip(named, summed(tuple(named.values()), amounts), strict=True))
        items = amounts[: len(plan.items)].sum(axis=0)
        assert np.array_equal(items, of["risks"] + of["opportunities"])
        assert np.array_equal(items + of["overlap"], of["total_before_measures"])
        assert np.array_equal(items + of["overlap"] + of["measures"], of["total"])
        categories = sum(of[name] for name in RISK_CATEGORIES if name in of)
        assert np.array_equal(categories + np.zeros_like(items), of["risks"])
        assert np.array_equal(np.mod(amounts, plan.step), np.zeros_like(amounts))


@few
@given(studies())
def test_signs_caps_and_costs(study: Study) -> None:
    plan = make_plan(study)
    for block in blocks(plan, SEED, range(DRAWS)):
        amounts = block.effects.amounts
        for number, item in enumerate(plan.items):
            assert np.all(item.side * amounts[number] >= 0.0)
        assert np.all(amounts[-2] >= 0.0)
        assert np.all(amounts[-1] <= 0.0)
        assert block.control == "residual" or not amounts[-1].any()
        channels = amounts[:, :3].sum(axis=1)
        if not any(i.subject_to == "sales" for item in plan.items for i in item.impacts):
            assert np.all(np.abs(amounts[:, -1]) <= np.abs(channels) + 1e-9)


@few
@given(studies())
def test_effects_never_exceed_what_there_is_to_lose(study: Study) -> None:
    """All losses of asset value fall on plant, which grows from 20, or on stock of 30."""
    risks = {name: item for name, item in study.items.items() if item.kind == "risk"}
    plan = make_plan(with_items(study, risks))
    assert CHANNELS[2] == "asset_value"
    for block in blocks(plan, SEED, range(DRAWS)):
        left = block.effects.amounts[:-1, 2].sum(axis=0)
        plant = worlds(plan, SEED, block.draws).sizes.get("plant", 0.0)
        assert np.all(left >= -(30.0 + plant) - 1e-6)


@few
@given(studies(most=4))
def test_block_size_does_not_matter(study: Study) -> None:
    whole = simulated(study, draws=20)
    for size in (1, 7):
        assert same(whole, simulated(study, draws=20, size=size))


def test_block_size_does_not_matter_with_a_long_frame() -> None:
    """A mean over many years must not be summed in another order for a single draw.

    The amounts are so large that the money grid does not hide a last bit.
    """
    spread = {"quantiles": {"p10": {2023: 1.3, 2050: 2.7}, "p90": {2023: 1.7, 2050: 4.1}}}
    scenario = make_scenario("flat", price=spread)
    links = [{"driver": "price", "acts_on": "severity", "form": "ratio", "elasticity": 0.7}]
    frame = {"conditions": "flat", "period": (2024, 2043)}
    item = annual_risk(poisson(3.0), {"p5": 1e5, "p95": 9e5}, links=links, frame=frame)
    study = make_study({"A": item}, make_settings(20), (scenario,))
    assert same(simulated(study, size=DRAWS), simulated(study, size=1))


@few
@given(studies(most=4))
def test_a_short_run_is_the_beginning_of_a_long_one(study: Study) -> None:
    long, short = simulated(study, draws=3 * DRAWS, size=50), simulated(study, draws=DRAWS)
    assert same({key: part[..., :DRAWS] for key, part in long.items()}, short)


@few
@given(studies(most=3), items(), st.data())
def test_editing_adding_and_removing_items_leaves_the_others(
    study: Study, other: Item, data: st.DataObject
) -> None:
    found = dict(study.items)
    before = by_item(with_items(study, found))
    edited = data.draw(st.sampled_from(sorted(found)))
    change = data.draw(st.sampled_from(["edit", "remove", "add"]))
    if change == "edit":
        found[edited] = other
    elif change == "remove":
        del found[edited]
    else:
        found["I-1-new"] = other
    after = by_item(with_items(study, found))
    kept = {key for key in before if change == "add" or key[0] != edited}
    assert all(np.array_equal(before[key], after[key]) for key in kept)


@few
@given(studies(), st.randoms())
def test_the_order_of_items_and_measures_does_not_matter(study: Study, random: object) -> None:
    def shuffled(mapping: dict[str, object]) -> dict[str, object]:
        keys = sorted(mapping)
        random.shuffle(keys)  # type: ignore[attr-defined]
        return {key: mapping[key] for key in keys}

    other = study.model_copy(
        update={
            "register_": shuffled(dict(study.register_)),
            "measures": shuffled(dict(study.measures)),
            "scenarios": shuffled(dict(study.scenarios)),
        }
    )
    assert same(simulated(study), simulated(other))


@few
@given(studies(most=4))
def test_a_subset_of_scenarios_has_the_same_bits(study: Study) -> None:
    whole = simulated(study)
    for kept in (("behind",), ("behind", "base_year", "behind"), ()):
        part = simulated(study, scenarios=kept)
        assert {scenario for scenario, _ in part} == {"base_year", *kept}
        assert same({key: whole[key] for key in part}, part)


def test_the_draws_of_a_run_begin_where_they_are_told() -> None:
    item = make_item(
        once((2024, 2026), 0.6),
        {
            "loss": {
                "channel": "operating_cost",
                "line": "x",
                "direction": "adverse",
                "amount": {"p5": 1, "p95": 5},
            }
        },
    )
    plan = make_plan(make_study({"A": item}, make_settings(3)))
    whole = [block.effects.amounts for block in blocks(plan, SEED, range(100), 100)]
    parts = [block.effects.amounts for block in blocks(plan, SEED, range(40, 100), 60)]
    for one, other in zip(whole, parts, strict=True):
        assert np.array_equal(one[..., 40:], other)


def test_scenarios_and_controls_share_their_random_numbers() -> None:
    study = make_study({"A": annual_risk(poisson(1.0), {"p5": 1, "p95": 9}, severity="per_event")})
    found = simulated(study)
    first = found["base_year", "current"]
    assert all(np.array_equal(first, other) for other in found.values())
    assert len(found) == 4


@few
@given(studies())
def test_subjects_touch_only_the_channels_that_move(study: Study) -> None:
    plan = make_plan(study)
    for block in blocks(plan, SEED, range(DRAWS)):
        for one in subjects(plan):
            still = [channel for channel in range(4) if channel not in one.measured]
            assert not summed((one,), block.effects.amounts)[0][still].any()
    assert by_name(plan)[OVERLAP].members == (len(plan.items),)
