"""Instructions for how often an item occurs: links, measures and the laws of occurrence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from climrisk.domain.occurrence import Annual, Once
from climrisk.domain.quantities import Quantity
from climrisk.domain.quantities.constant import Constant
from climrisk.engine import fused_operations as op
from climrisk.engine.assembly import KEPT, OF_CLASS, OF_YEAR, Assembly, Row
from climrisk.engine.frequency import LARGEST_RATE
from climrisk.engine.plan import Plan
from climrisk.engine.planned import PlannedEffect, PlannedItem, PlannedLink
from climrisk.engine.worlds import Worlds
from climrisk.names import BASE_YEAR_SCENARIO

__all__ = ["Frequency", "known"]

Floats = NDArray[np.float64]
FREQUENCY = ("rate", "probability")


def known(to: Assembly, stated: Quantity | None, owner: str, purpose: str, key: object) -> Row:
    """Return the row of a quantity's values at each draw's quantile of knowledge."""
    assert stated is not None
    if isinstance(stated, Constant):
        return to.value(op.FILL, numbers=(stated.value,))
    quantile = (owner, purpose)
    return to.feed((key, quantile), lambda world: stated.ppf(world.knowledge[quantile]))


class Frequency:
    """Instructions of one plan, written to one assembly.

    Parameters
    ----------
    plan : Plan
    to : Assembly
    """

    def __init__(self, plan: Plan, to: Assembly) -> None:
        self.plan = plan
        self.to = to

    # ------------------------------------------------------------------ links and measures

    def moved(
        self, item: PlannedItem, links: Iterable[PlannedLink], scenario: str
    ) -> tuple[Row, Row]:
        """Return what links multiply and what they add."""
        terms = [(link.form, self._term(item, link, scenario)) for link in links]
        return (
            self.to.product([row for form, row in terms if form == "ratio"]),
            self.to.sum([row for form, row in terms if form != "ratio"]),
        )

    def _term(self, item: PlannedItem, link: PlannedLink, scenario: str) -> Row:
        path = self._path(scenario, link.driver)
        if link.form == "ratio":
            response = self._response(link, path)
            if item.conditions == BASE_YEAR_SCENARIO:
                return response
            return self.to.value(op.DIVIDE, response, self._origin(item, link))
        per_unit = known(self.to, link.per_unit, item.id, link.purpose, "per_unit")
        if link.form == "level":
            return self.to.value(op.MULTIPLY, per_unit, path)
        framed = item.conditions != BASE_YEAR_SCENARIO
        origin = self._origin(item, link) if framed else self._base(link.driver)
        return self.to.value(op.DIFFERENCE, per_unit, path, origin)

    def _path(self, scenario: str, driver: str) -> Row:
        if scenario == BASE_YEAR_SCENARIO:
            return self._base(driver)
        return self.to.feed(
            ("path", scenario, driver),
            lambda world: world.climate.paths[scenario, driver],
            moves=True,
            holds=OF_CLASS,
            alike=self._is_flat(driver),
        )

    def _base(self, driver: str) -> Row:
        return self.to.feed(
            ("base", driver),
            lambda world: world.climate.base[driver],
            alike=self._is_flat(driver),
        )

    def _response(self, link: PlannedLink, path: Row) -> Row:
        if link.elasticity == 1.0:  # what a power of 1 is, to the last bit
            return self.to.value(op.DIVIDE, path, self._base(link.driver))
        numbers = (link.elasticity,)
        return self.to.value(op.RESPONSE, path, self._base(link.driver), numbers=numbers)

    def _is_flat(self, driver: str) -> bool:
        """Return whether a driver is the same in every draw."""
        response = self.plan.responses.get(driver)
        stated = self.plan.drivers[driver if response is None else response.parent]
        return all(one.values.shape[0] == 1 for one in (stated.base, *stated.own.values()))

    def _origin(self, item: PlannedItem, link: PlannedLink) -> Row:
        """Return the mean of a link's response or driver in the item's frame."""
        key = ("origin", item.id, link.driver, link.form, link.elasticity)
        return self.to.remembered(key, KEPT, lambda: self._mean_in_frame(item, link))

    def _mean_in_frame(self, item: PlannedItem, link: PlannedLink) -> Row:
        first, last = (max(year - self.plan.years[0], -1) for year in item.period)
        path = self._path(item.conditions, link.driver)
        years = range(max(first, 0), min(last + 1, len(self.plan.years)))
        rows = [self._base(link.driver)] * (first < 0) + [path.in_year(year) for year in years]
        if link.form == "ratio":
            rows = [self._response(link, row) for row in rows]
        total = self.to.sum(rows)
        return self.to.value(op.DIVIDE_BY_NUMBER, total, numbers=(float(len(rows)),))

    def left(self, item: PlannedItem, effects: tuple[PlannedEffect, ...]) -> Row:
        """Return what measures leave of their target; it changes where one of them starts."""
        if not effects:
            return self.to.one
        key = ("left", item.id, tuple((one.measure, one.acts_on, one.sign) for one in effects))
        return self.to.remembered(key, OF_YEAR, lambda: self._product_of(item, effects))

    def _product_of(self, item: PlannedItem, effects: tuple[PlannedEffect, ...]) -> Row:
        out = self.to.room()
        starts = sorted({0, *(one.first for one in effects)})
        for start in starts:
            year = range(start, start + 1)
            self.to.act(op.FILL, out, numbers=(1.0,), years=year)
            for one in effects:
                if one.first <= start:
                    self.to.act(op.MULTIPLY_BY, out, self._change(item, one), years=year)
        return out if len(starts) == 1 else Row(out.place, False, OF_YEAR)

    def _change(self, item: PlannedItem, effect: PlannedEffect) -> Row:
        def read(world: Worlds) -> Floats:
            share = effect.share.ppf(world.knowledge[effect.measure, "effect"])
            change = 1.0 + effect.sign * share
            return 1.0 / change if effect.inverse else change

        key = ("change", item.id, effect.measure, effect.acts_on, effect.sign)
        return self.to.feed(key, read)

    # ------------------------------------------------------------------ laws of occurrence

    def likely(self, item: PlannedItem, scenario: str, control: str) -> Row:
        """Return what `engine.occurrences.intensity` returns."""
        often = self._often(item, scenario)
        effects = item.effects_on(control, *FREQUENCY)
        found = self.to.product([often, self.left(item, effects)]) if effects else often
        law = item.occurrence
        if not isinstance(law, Annual):
            return found
        if law.law == "bernoulli":
            return self.to.value(op.AT_MOST_ONE, found) if effects else found
        return self.to.remembered(
            ("bounded", found), found.holds, lambda: self._bounded(item, found)
        )

    def _often(self, item: PlannedItem, scenario: str) -> Row:
        times, plus = self.moved(item, item.links_on(*FREQUENCY), scenario)
        law = item.occurrence
        if not isinstance(law, Annual):
            return times
        if law.law == "bernoulli":
            return self.to.value(op.CHANCE, self._log_none(item), times)
        if (times, plus) == (self.to.one, self.to.zero):
            return self._likelihood(item)
        return self.to.value(op.LINEAR_FROM_ZERO, self._likelihood(item), times, plus)

    def _bounded(self, item: PlannedItem, rate: Row) -> Row:
        numbers = (float(self.plan.items.index(item)), LARGEST_RATE)
        when = self.to.when(rate.holds)
        self.to.act(
            op.REFUSE_LARGE, replace(rate, narrow=rate.alike), rate, numbers=numbers, years=when
        )
        return rate

    def _likelihood(self, item: PlannedItem) -> Row:
        stated = item.occurrence.likelihood
        return known(self.to, stated, item.id, "likelihood", "likelihood")

    def _log_none(self, item: PlannedItem) -> Row:
        return self.to.value(op.LOG_NONE, self._likelihood(item))

    def latent(self, item: PlannedItem) -> Row:
        """Return the uniforms that decide occurrence."""
        yearly = isinstance(item.occurrence, Annual)
        return self.to.feed(("latent", item.id), lambda world: world.latents[item.id], moves=yearly)

    def counted(
        self, item: PlannedItem, likely: Row
    ) -> tuple[int, tuple[Row, Row], tuple[float, ...]]:
        """Return the instruction for counts of an annual item, its operands and its numbers."""
        law = item.occurrence
        assert isinstance(law, Annual)
        operands = (self.latent(item), likely)
        if law.law == "bernoulli":
            return op.BERNOULLI, operands, ()
        if law.contagion is not None:
            return op.NEGATIVE_BINOMIAL, operands, (law.contagion,)
        return op.COUNT_ALIKE if likely.alike else op.POISSON, operands, ()

    def is_counted_alike(self, item: PlannedItem, likely: Row) -> bool:
        """Return whether the limits of one rate tell the counts of all draws."""
        return self.counted(item, likely)[0] == op.COUNT_ALIKE

    def happening(self, item: PlannedItem, likely: Row) -> tuple[Row, Row]:
        """Return counts, or the part of the effect that is there, and their mean given likely."""
        if isinstance(item.occurrence, Annual):
            what, operands, numbers = self.counted(item, likely)
            return self.to.value(what, *operands, numbers=numbers), likely
        if not isinstance(item.occurrence, Once):
            return likely, likely
        holds = max(likely.holds, OF_YEAR)
        part = self.to.remembered(
            ("once", item.id, likely), holds, lambda: self._once(item, likely)[0]
        )
        return part, part + 1

    def _once(self, item: PlannedItem, ratio: Row) -> tuple[Row, Row]:
        """Write what occurs once; return its part and, behind it, the part's mean."""
        law, to = item.occurrence, self.to
        assert isinstance(law, Once)
        first, last = (year - self.plan.years[0] for year in law.window)
        window = range(first, last + 1)
        lasts = to.years if law.lasts == "to_end" else law.lasts
        rows = to.room(2)
        part = Row(rows.place, False, OF_YEAR)
        mean = part + 1
        hazard, by_then, started, chance = (to.room() for _ in range(4))
        starts = to.room(moves=True)
        for row, value in ((hazard, 0.0), (by_then, 0.0), (started, float("inf")), (mean, 0.0)):
            to.act(op.FILL, row, numbers=(value,), years=range(1))
        to.act(op.ADD_QUOTIENT, hazard, ratio, numbers=(float(len(window)),), years=window)
        to.act(op.CHANCE, chance, self._log_none(item), hazard, years=window)
        to.act(op.SUBTRACT, starts, chance, by_then, years=window)
        to.act(op.COPY, by_then, chance, years=window)
        to.act(op.START, started, self.latent(item), by_then, years=window)
        to.act(op.PART, part, started, numbers=(float(lasts), float(law.ramp)))
        if law.ramp == 1 and lasts >= to.years:
            to.act(op.ADD_TO, mean, starts, years=window)
            return part, mean
        to.act(op.FILL, mean, numbers=(0.0,))
        for year in window:
            there = range(year, min(year + lasts, to.years))
            numbers = (float(year), float(law.ramp))
            to.act(op.ADD_AGED, mean, starts.in_year(year), numbers=numbers, years=there)
        return part, mean
