"""Instructions for what belongs to no item: overlap, costs of measures."""

from __future__ import annotations

from climrisk.engine import fused_operations as op
from climrisk.engine.assembly import (
    AMOUNTS,
    EXPECTED,
    LARGEST,
    OF_CLASS,
    OF_YEAR,
    REGION,
    SUMS,
    Assembly,
    Row,
)
from climrisk.engine.plan import Plan
from climrisk.engine.planned import PlannedImpact
from climrisk.engine.program_frequency import known
from climrisk.engine.program_items import ItemWriter
from climrisk.engine.program_runs import NET, Closing, Runs, closed_year
from climrisk.names import CHANNELS

__all__ = ["write_costs", "write_nothing", "write_overlaps"]

OPERATING_COST = CHANNELS.index("operating_cost")
Parts = list[tuple[PlannedImpact, Row]]


def write_nothing(plan: Plan, to: Assembly) -> None:
    """Write what stands in the first place of each region: zero, and unknown expectations."""
    to.act(op.FILL, to.room(region=AMOUNTS, moves=True), numbers=(0.0,))
    to.act(op.FILL, to.room(region=LARGEST, moves=True), numbers=(0.0,))
    to.room(len(plan.horizons) + 1, region=SUMS)
    unknown = to.room(len(plan.horizons), region=EXPECTED)
    for horizon in range(len(plan.horizons)):
        to.act(op.FILL, unknown + horizon, numbers=(float("nan"),), years=range(1))


def write_overlaps(plan: Plan, to: Assembly, runs: Runs, writer: ItemWriter) -> None:
    """Write what the caps of exposures take back, once for runs whose losses are the same."""
    held = [n for n, one in enumerate(plan.items) if any(i.held_by_caps for i in one.impacts)]
    if not held:
        return
    for first_runs, like in runs.groups(held, range(len(runs.all))).items():
        to.begin(OF_YEAR)
        parts: dict[str, Parts] = {}
        for number, run in zip(held, first_runs, strict=True):
            effects = writer.caps[number, run]
            for impact in plan.items[number].impacts:
                if impact.held_by_caps and impact.subject_to is not None:
                    on = parts.setdefault(impact.subject_to, [])
                    on.append((impact, effects[impact.name]))
        _write_overlap(plan, to, runs, writer, parts, like)


def _write_overlap(
    plan: Plan,
    to: Assembly,
    runs: Runs,
    writer: ItemWriter,
    parts: dict[str, Parts],
    like: list[int],
) -> None:
    back = to.room(NET + 1, region=OF_CLASS)
    to.act(op.BEGIN_OVERLAP, back)
    for exposure, on in sorted(parts.items()):
        _write_excess(to, back, writer.amounts.size(exposure), on)
    start = to.length
    to.act(op.SKIP_WITHOUT_OVERLAP, back)
    channels = sorted({impact.channel for on in parts.values() for impact, _ in on})
    told = bool(set(like) & set(runs.told))
    if told:
        first = to.used(AMOUNTS)
        opened = to.length
        to.act(op.OPEN, back)
        for channel in channels:
            runs.row[like, plan.overlap_row, channel] = to.used(AMOUNTS) // to.years
            to.act(op.SNAP, to.room(region=AMOUNTS, moves=True), back + channel)
    row, place = closed_year(plan, to, Closing(back + NET), told)
    to.skip_from(start)
    runs.sum[like, plan.overlap_row] = place
    if told:
        runs.row[like, plan.overlap_row, NET] = row
        runs.overlap[like] = runs.overlaps
        rows = (to.used(AMOUNTS) - first) // to.years
        to.rewrite(opened, Row(AMOUNTS * REGION + first), (float(runs.overlaps), float(rows)))
        runs.overlaps += 1


def _write_excess(to: Assembly, back: Row, size: Row, on: Parts) -> None:
    """Take back what the losses on one exposure are above it, in proportion."""
    total, taken = to.room(region=OF_CLASS), to.room(region=OF_CLASS)
    to.act(op.FILL, total, numbers=(0.0,))
    for _, effect in on:
        to.act(op.ADD_LOSS, total, effect)
    start = to.length
    to.act(op.SKIP_UNLESS_ABOVE, back, total, size, numbers=(0.0, float(NET + 1)))
    to.act(op.TAKEN, taken, total, size)
    for impact, effect in on:
        channel = back + impact.channel
        to.act(op.TAKE_BACK, back + NET, taken, effect, channel, numbers=(impact.margin,))
    to.skip_from(start)


def write_costs(plan: Plan, to: Assembly, runs: Runs) -> None:
    """Write what measures cost, once for runs with the same measures; capex in its first year."""
    groups: dict[tuple[int, ...], list[int]] = {}
    for run, (_, control) in enumerate(runs.all):
        acting = tuple(n for n, one in enumerate(plan.costs) if control in one.controls)
        groups.setdefault(acting, []).append(run)
    for acting, like in groups.items():
        if not acting:
            continue
        to.begin(OF_YEAR)
        net = to.room(region=OF_CLASS)
        to.act(op.FILL, net, numbers=(0.0,))
        for number in acting:
            _write_cost(plan, to, net, number)
        told = bool(set(like) & set(runs.told))
        row, place = closed_year(plan, to, Closing(net), told)
        runs.sum[like, plan.measures_row] = place
        for channel in (OPERATING_COST, NET):
            runs.row[like, plan.measures_row, channel] = row


def _write_cost(plan: Plan, to: Assembly, net: Row, number: int) -> None:
    cost = plan.costs[number]
    for what, stated, last in (
        ("capex", cost.capex, cost.first + 1),
        ("opex", cost.opex, to.years),
    ):
        if stated is not None:
            row = known(to, stated, cost.measure, "cost", (what, cost.measure))
            to.act(op.TAKE_FROM, net, row, years=range(cost.first, last))
