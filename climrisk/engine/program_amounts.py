"""Instructions for what an occurrence costs: severity, measures, insurance, channels and net."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from climrisk.engine import fused_operations as op
from climrisk.engine.assembly import OF_CLASS, Assembly, Row
from climrisk.engine.means import mean_of
from climrisk.engine.planned import PlannedImpact, PlannedItem
from climrisk.engine.program_frequency import Frequency, known

__all__ = ["Amounts", "Booked", "net_is_channel"]

ByImpact = Mapping[str, Row]


@dataclass(frozen=True)
class Booked:
    """Where the effects of one variant in one year stand, not yet on the money grid.

    Parameters
    ----------
    channels : mapping of channel to Row
    net : Row
    """

    channels: Mapping[int, Row]
    net: Row


def net_is_channel(item: PlannedItem) -> bool:
    """Return whether net is the effect on the item's only channel."""
    return len({one.channel for one in item.impacts}) == 1 and all(
        one.margin == 1.0 and not _cut(one) for one in item.impacts
    )


def _cut(impact: PlannedImpact) -> bool:
    """Return whether net counts only the write-downs of an effect that may be a write-up."""
    return not impact.write_ups_in_net and (impact.sign > 0 or impact.may_be_negative)


class Amounts:
    """Instructions of one plan, written to one assembly.

    Parameters
    ----------
    frequency : Frequency
        What writes links and measures.
    """

    def __init__(self, frequency: Frequency) -> None:
        self.frequency = frequency
        self.to: Assembly = frequency.to

    # ------------------------------------------------------------------ severity

    def links(self, item: PlannedItem, impact: PlannedImpact, scenario: str) -> tuple[Row, Row]:
        """Return what the links multiply and add to a severity."""
        return self.frequency.moved(item, item.links_on("severity", impact.name), scenario)

    def _stated(self, item: PlannedItem, impact: PlannedImpact, scenario: str) -> Row:
        times, plus = self.links(item, impact, scenario)
        if item.per_event:
            severity = self.to.value(op.FILL, numbers=(mean_of(impact.severity),))
        else:
            severity = known(
                self.to, impact.severity, item.id, "severity", ("severity", impact.name)
            )
        if (times, plus) == (self.to.one, self.to.zero):
            return severity
        what = op.LINEAR if impact.may_be_negative else op.LINEAR_FROM_ZERO
        return self.to.value(what, severity, times, plus)

    def left(self, item: PlannedItem, impact: PlannedImpact, control: str) -> tuple[Row, Row]:
        """Return what measures leave of an impact, and the size that it is a share of."""
        effects = item.effects_on(control, "severity", impact.name)
        size = self.to.one
        if impact.is_share and impact.subject_to is not None:
            size = self.size(impact.subject_to)
        return self.frequency.left(item, effects), size

    def size(self, exposure: str) -> Row:
        """Return the size of an exposure or revenue line."""
        return self.to.feed(("size", exposure), lambda world: world.sizes[exposure], moves=True)

    def units(self, item: PlannedItem, scenario: str, control: str) -> dict[str, Row]:
        """Return the signed effect of one occurrence, by impact; its mean where drawn by event."""
        return {
            one.name: self.to.value(
                op.UNIT,
                self._stated(item, one, scenario),
                *self.left(item, one, control),
                numbers=(one.sign,),
            )
            for one in item.impacts
        }

    # ------------------------------------------------------------------ insurance

    def recovered(self, item: PlannedItem, effects: ByImpact) -> dict[str, Row]:
        """Return what the policy pays on single losses, or on those of a year, by impact."""
        policy = item.insurance
        assert policy is not None
        losses = {name: self.to.value(op.LOSS, effects[name]) for name in policy.covers}
        limit = float("inf") if policy.limit is None else policy.limit
        terms = (policy.deductible, limit, policy.share)
        rate = self.to.value(op.LAYER, self.to.sum(list(losses.values())), numbers=terms)
        return {name: self.to.value(op.MULTIPLY, rate, loss) for name, loss in losses.items()}

    def capped(self, item: PlannedItem, paid: ByImpact) -> ByImpact:
        """Return the payments of a year within the policy's annual limit, in proportion."""
        policy = item.insurance
        if policy is None or policy.annual_limit is None:
            return paid
        total = self.to.sum(list(paid.values()))
        rate = self.to.value(op.LIMIT, total, numbers=(policy.annual_limit,))
        return {name: self.to.value(op.MULTIPLY, rate, one) for name, one in paid.items()}

    # ------------------------------------------------------------------ one year

    def kept(self, item: PlannedItem, impact: PlannedImpact) -> Row | None:
        """Return the part of an effect that customers do not bear; None without pass-through."""
        stated = impact.pass_through
        if stated is None:
            return None
        quantile = (item.id, "pass_through")
        return self.to.feed(
            ("kept", item.id, impact.name),
            lambda world: 1.0 - stated.ppf(world.knowledge[quantile]),
        )

    def net_of_one(self, item: PlannedItem, units: ByImpact, paid: ByImpact) -> Row:
        """Return net of one occurrence and what the policy pays on it."""
        amounts = self._with_paid(units, paid)
        rows = tuple(amounts.values())
        holds = max(row.holds for row in rows)
        return self.to.remembered(
            ("net", item.id, rows), holds, lambda: self._net(item, amounts, paid, holds)
        )

    def _net(self, item: PlannedItem, amounts: ByImpact, paid: ByImpact, holds: int) -> Row:
        bare = all(self.kept(item, one) is None for one in item.impacts)
        alike = bare and all(row.alike for row in amounts.values())
        out, years = self.to.room(region=holds, alike=alike), self.to.when(holds)
        self.to.act(op.FILL, out, numbers=(0.0,), years=years)
        for impact in item.impacts:
            kept, row = self.kept(item, impact), amounts[impact.name]
            lower = not impact.write_ups_in_net and (_cut(impact) or impact.name in paid)
            if kept is None:
                what = op.ADD_LOWER if lower else op.ADD_TIMES
                self.to.act(what, out, row, numbers=(impact.margin,), years=years)
            else:
                what = op.ADD_LOWER_KEPT if lower else op.ADD_KEPT
                self.to.act(what, out, row, kept, numbers=(impact.margin,), years=years)
        return out

    def _with_paid(self, effects: ByImpact, paid: ByImpact) -> dict[str, Row]:
        return {
            name: self.to.value(op.ADD, row, paid[name]) if name in paid else row
            for name, row in effects.items()
        }

    def net_of_only_one(self, item: PlannedItem, units: ByImpact) -> Row:
        """Return net of an occurrence that is the year's only one."""
        paid = self.capped(item, self.recovered(item, units)) if item.insurance else {}
        return self.net_of_one(item, units, paid)

    def alike(self, item: PlannedItem, hits: Row, units: ByImpact) -> tuple[ByImpact, Row]:
        """Return what a policy pays in a year of `hits` of one size, and net of one of them."""
        policy = item.insurance
        if policy is None:
            return {}, self.net_of_one(item, units, {})
        if policy.aggregate == "event" and item.occurrence.type == "annual":
            single = self.recovered(item, units)
            sums = {n: self.to.value(op.MULTIPLY, hits, one) for n, one in single.items()}
            return self.capped(item, sums), self.net_of_one(item, units, single)
        yearly = {n: self.to.value(op.MULTIPLY, hits, one) for n, one in units.items()}
        paid = self.capped(item, self.recovered(item, yearly))
        return paid, self.net_of_one(item, units, {})

    # ------------------------------------------------------------------ booking

    def are_net_alone(self, item: PlannedItem, caps: ByImpact) -> bool:
        """Return whether the amounts of the only impact are net, unless a policy pays."""
        only, *others = item.impacts
        return not others and not caps and only.pass_through is None and net_is_channel(item)

    def booked(
        self,
        item: PlannedItem,
        caps: ByImpact,
        *,
        hits: Row | None,
        amounts: ByImpact,
        paid: ByImpact,
    ) -> Booked:
        """Put a year on its channels and on net.

        Parameters
        ----------
        item : PlannedItem
        caps : mapping of impact to Row
            Where the effects that exposure caps hold are kept.
        hits : Row or None
            How many occurrences have the amounts; None where these are sums of the year.
        amounts, paid : mapping of impact to Row
            Signed effects, and what a policy pays in the year.
        """
        if self.are_net_alone(item, caps) and not paid:
            only = item.impacts[0]
            row = amounts[only.name]
            row = row if hits is None else self.to.value(op.MULTIPLY, hits, row)
            return Booked({only.channel: row}, row)
        channels = {one.channel: self.to.room(region=OF_CLASS) for one in item.impacts}
        net = self.to.room(region=OF_CLASS)
        for row in (*channels.values(), net):
            self.to.act(op.FILL, row, numbers=(0.0,))
        for impact in item.impacts:
            into = (channels[impact.channel], net)
            self._book(item, impact, caps.get(impact.name), into, hits, amounts, paid)
        return Booked(channels, net)

    def _book(
        self,
        item: PlannedItem,
        impact: PlannedImpact,
        cap: Row | None,
        into: tuple[Row, Row],
        hits: Row | None,
        amounts: ByImpact,
        paid: ByImpact,
    ) -> None:
        (channel, net), margin = into, (impact.margin,)
        to, name, kept = self.to, impact.name, self.kept(item, impact)
        lower = not impact.write_ups_in_net and (_cut(impact) or name in paid)
        if hits is not None and name not in paid and kept is None and not lower:
            if cap is None:
                to.act(op.BOOK, net, hits, amounts[name], channel, numbers=margin)
            else:
                to.act(op.BOOK_HELD, net, hits, amounts[name], channel, cap, numbers=margin)
            return
        effect = amounts[name] if hits is None else to.value(op.MULTIPLY, hits, amounts[name])
        if name in paid:
            effect = to.value(op.ADD, effect, paid[name])
        if kept is not None:
            effect = to.value(op.MULTIPLY, effect, kept)
        to.act(op.ADD_TO, channel, effect)
        to.act(op.ADD_LOWER if lower else op.ADD_TIMES, net, effect, numbers=margin)
        if cap is not None:
            to.act(op.COPY, cap, effect)
