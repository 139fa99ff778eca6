"""The emissions of a year, line by line: activity times factor, gross, avoided apart."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal

from climrisk.domain.inventory import COMBINED, Activity
from climrisk.domain.units import EMISSIONS, unit_of
from climrisk.ghg.activities import YearlyActivity, yearly_activities
from climrisk.ghg.factors import ChosenFactor, Factors
from climrisk.ghg.market import Claim, Consumption, market_based

__all__ = ["AVOIDED", "SCOPES", "EmissionLine", "Ledger", "Method", "Total", "ledger"]

SCOPES: Final = ("1", "2", "3")
AVOIDED: Final = "avoided"
Method = Literal["location", "market"]


@dataclass(frozen=True)
class EmissionLine:
    """Emissions of one source at one site.

    Parameters
    ----------
    row : Activity
        The row of the inventory: source, site, year, unit, scope, category, basis, source.
    quantity : float
        Amount of the year, in the unit of `row`.
    factor : ChosenFactor or None
        None where the row states emissions as they were reported, or no set has a factor.
    emissions : float or None
        Location-based where of scope 2 [tCO2e]; None where no set has a factor.
    market : float or None
        Market-based where of scope 2, else as `emissions` [tCO2e].
    """

    row: Activity
    quantity: float
    factor: ChosenFactor | None
    emissions: float | None
    market: float | None

    def by(self, method: Method) -> float | None:
        """Return the emissions by a method [tCO2e]."""
        return self.emissions if method == "location" else self.market


@dataclass(frozen=True)
class Total:
    """A sum of lines, with what it lacks.

    Parameters
    ----------
    value : float or None
        Sum [tCO2e]; None where nothing is stated, which is not zero.
    lacking : tuple of str
        Sources that no set has a factor for; the sum is without them.
    is_combined : bool
        True where it is the company's own total of scopes 1 and 2, which it has not split.
    """

    value: float | None
    lacking: tuple[str, ...] = ()
    is_combined: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether there is a figure and nothing is missing in it."""
        return self.value is not None and not self.lacking


@dataclass(frozen=True)
class Ledger:
    """All emissions of a year.

    Parameters
    ----------
    year : int
    lines : tuple of EmissionLine
        Scopes 1, 2, 3 and avoided, in the order of the inventory.
    reported : float or None
        The company's own total of scopes 1 and 2 [tCO2e]; never added to the lines.
    """

    year: int
    lines: tuple[EmissionLine, ...]
    reported: float | None

    def of(self, *scopes: str) -> tuple[EmissionLine, ...]:
        """Return the lines of some scopes."""
        return tuple(line for line in self.lines if line.row.scope in scopes)

    def total(self, *scopes: str, method: Method = "location") -> Total:
        """Return the gross emissions of some scopes; avoided emissions never count.

        Where a study states no line of scopes 1 and 2 but a total of both, that total stands for
        them, and is flagged.
        """
        lines = [
            line for line in self.lines if line.row.scope in scopes and line.row.scope in SCOPES
        ]
        pair = set(COMBINED.split("+"))
        if pair <= set(scopes) and self.reported is not None and not self.of(*pair):
            rest = _total(lines, method)
            return Total(math.fsum([self.reported, rest.value or 0.0]), rest.lacking, True)
        return _total(lines, method)

    def avoided(self) -> Total:
        """Return the avoided emissions, which stand apart and are never netted."""
        return _total(self.of(AVOIDED), "location")

    def grouped(
        self, key: Callable[[Activity], str], *scopes: str, method: Method = "location"
    ) -> dict[str, Total]:
        """Return the totals by site, source or category, in the order of the inventory."""
        groups: dict[str, list[EmissionLine]] = {}
        for line in self.of(*scopes):
            groups.setdefault(key(line.row), []).append(line)
        return {name: _total(lines, method) for name, lines in groups.items()}


def _total(lines: Iterable[EmissionLine], method: Method) -> Total:
    known, lacking, any_line = [], [], False
    for line in lines:
        any_line = True
        value = line.by(method)
        known.append(value or 0.0)
        if value is None:
            lacking.append(line.row.source_id)
    names = tuple(dict.fromkeys(lacking))
    return Total(math.fsum(known) if any_line and len(lacking) < len(known) else None, names)


def ledger(rows: Iterable[Activity], year: int, factors: Factors) -> Ledger:
    """Return the emissions of `year`.

    Emissions are activity times factor [tCO2e]; a row in tCO2e states them as they were reported.
    Source: GHG Protocol, Corporate Standard, chapter 6; Scope 2 Guidance, chapter 6.

    Parameters
    ----------
    rows : iterable of Activity
        The inventory, of any years.
    year : int
    factors : Factors
        Where factors come from.
    """
    stated = yearly_activities(rows, year)
    emitting = [one for one in stated if one.row.scope in (*SCOPES, AVOIDED)]
    consumed = [one for one in emitting if one.row.instrument is None]
    lines = [_line(one, factors) for one in consumed]
    combined = [
        one.quantity * unit_of(one.row.unit).scale for one in stated if one.row.scope == COMBINED
    ]
    return Ledger(
        year,
        tuple(_with_market(lines, [one for one in emitting if one.row.instrument], factors)),
        math.fsum(combined) if combined else None,
    )


def _line(one: YearlyActivity, factors: Factors) -> EmissionLine:
    row, unit = one.row, unit_of(one.row.unit)
    if unit.dimension == EMISSIONS:
        tonnes = one.quantity * unit.scale
        return EmissionLine(row, one.quantity, None, tonnes, tonnes)
    factor = factors.of(row.kind, row.site)
    tonnes_or_none = (
        None if factor is None else one.quantity * unit.scale * factor.tonnes_per_base_unit
    )
    return EmissionLine(row, one.quantity, factor, tonnes_or_none, tonnes_or_none)


def _with_market(
    lines: list[EmissionLine], instruments: list[YearlyActivity], factors: Factors
) -> Iterable[EmissionLine]:
    """Put market-based figures beside the location-based ones of scope 2."""
    purchased = [line for line in lines if line.row.scope == "2" and line.factor is not None]
    figures: dict[int, float] = {}
    for kind in dict.fromkeys(line.row.kind for line in purchased):
        own = [line for line in purchased if line.row.kind == kind]
        mix = factors.residual_mix(kind)
        found = market_based(
            [_consumption(line, mix) for line in own],
            [_claim(one) for one in instruments if one.row.kind == kind],
        )
        figures |= dict(zip(map(id, own), found, strict=True))
    for line in lines:
        market = figures.get(id(line), line.market)
        yield EmissionLine(line.row, line.quantity, line.factor, line.emissions, market)


def _consumption(line: EmissionLine, mix: ChosenFactor | None) -> Consumption:
    assert line.factor is not None
    factor = line.factor if mix is None else mix
    amount = line.quantity * unit_of(line.row.unit).scale
    return Consumption(line.row.site, amount, factor.tonnes_per_base_unit)


def _claim(one: YearlyActivity) -> Claim:
    unit = unit_of(one.row.unit)
    factor = (one.row.instrument_factor or 0.0) * unit_of("kgCO2e").scale / unit.scale
    return Claim(one.row.site, one.quantity * unit.scale, factor)
