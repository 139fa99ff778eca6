"""The greenhouse gas account of a study in one year: emissions, activity, denominators."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from climrisk.domain.factors import FactorSet, ordered_sets
from climrisk.domain.measured import REVENUE, Measured, scopes_of, top_and_bottom
from climrisk.domain.settings import Settings
from climrisk.domain.study import Study
from climrisk.domain.units import EMISSIONS, ENERGY, Unit, ratio_of, unit_of
from climrisk.ghg.activities import YearlyActivity, yearly_activities
from climrisk.ghg.factors import Factors
from climrisk.ghg.ledger import Ledger, Method, ledger

__all__ = ["Account", "Amount", "Denominator", "Measurement", "account"]


@dataclass(frozen=True)
class Amount:
    """A sum of sources in one unit.

    Parameters
    ----------
    value : float or None
        None where a part has no figure in the unit.
    unit : str
    reason : str
        Why there is no figure; empty where there is one.
    """

    value: float | None
    unit: str
    reason: str = ""


@dataclass(frozen=True)
class Denominator:
    """What a figure is divided by.

    Parameters
    ----------
    name : str
        Row of the inventory, or `revenue`.
    value : float
        In `unit`; area and headcount that change within the year are weighted by days.
    unit : str
    basis, source : str or None
        Of its first row.
    """

    name: str
    value: float
    unit: str
    basis: str | None
    source: str | None


@dataclass(frozen=True)
class Measurement:
    """A target's or an intensity's figure, unrounded.

    Parameters
    ----------
    value : float or None
        In the unit asked for; None where it cannot be had.
    reason : str
        Why it cannot be had; empty where it can.
    numerator : float or None
        In the unit's numerator.
    denominator : Denominator or None
    warnings : tuple of str
        What the figure lacks, or rests on.
    is_complete : bool
        Whether nothing is missing in it.
    """

    value: float | None
    reason: str
    numerator: float | None
    denominator: Denominator | None
    warnings: tuple[str, ...] = ()
    is_complete: bool = True


@dataclass(frozen=True)
class Account:
    """Emissions, activity and denominators of one year.

    Parameters
    ----------
    settings : Settings
        For the revenue lines, the method of scope 2 and the base year.
    activities : tuple of YearlyActivity
        Every row of the year, corrections and changes within the year worked in.
    emissions : Ledger
    factors : Factors
    """

    settings: Settings
    activities: tuple[YearlyActivity, ...]
    emissions: Ledger
    factors: Factors

    @property
    def year(self) -> int:
        """Year of the account."""
        return self.emissions.year

    @property
    def method(self) -> Method:
        """Method by which totals count scope 2."""
        return self.settings.emissions.scope_2

    def measure(self, measured: Measured, unit: str) -> Measurement:
        """Return a figure in a unit such as `tCO2e/m2`, with the reason where there is none."""
        try:
            above, below = top_and_bottom(unit)
        except ValueError as error:
            return Measurement(None, str(error), None, None)
        if below is not None and measured.denominator is None:
            return Measurement(None, f"no denominator is stated for {unit}", None, None)
        top = self._numerator(measured, above)
        if top.value is None or below is None or measured.denominator is None:
            return top
        found = self.denominator(measured.denominator)
        if isinstance(found, str):
            return replace(top, value=None, reason=found)
        return self._divided(replace(top, denominator=found), found, below)

    def _divided(self, top: Measurement, by: Denominator, unit: Unit) -> Measurement:
        """Return a numerator over a denominator, blank where that is 0 or in another dimension."""
        assert top.value is not None
        try:
            scaled = by.value * unit_of(by.unit).factor_to(unit)
        except ValueError as error:
            return replace(top, value=None, reason=f"{by.name}: {error}")
        if scaled == 0.0:
            return replace(top, value=None, reason=f"{by.name} is 0 in {self.year}")
        return replace(top, value=top.value / scaled)

    def _numerator(self, measured: Measured, unit: Unit) -> Measurement:
        if measured.scope is None:
            sources = self.amount(measured.sources, unit.symbol)
            none = "" if measured.sources else "no scope and no sources are stated"
            value = None if none else sources.value
            return Measurement(value, none or sources.reason, value, None)
        total = self.emissions.total(*scopes_of(measured.scope), method=self.method)
        if total.value is None:
            return Measurement(None, f"no emissions of scope {measured.scope}", None, None)
        warnings = [f"without {name}, which has no factor" for name in total.lacking]
        if total.is_combined:
            warnings.append("the company's own total of scopes 1 and 2, without a split")
        value = total.value / unit.scale
        return Measurement(value, "", value, None, tuple(warnings), total.is_complete)

    def amount(self, sources: Iterable[str], unit: str) -> Amount:
        """Return the sum of some sources over all sites, in emissions, energy or their own unit."""
        parts: list[float] = []
        for source in sources:
            own = [one for one in self.activities if one.row.source_id == source]
            own = [one for one in own if one.row.instrument is None]
            if not own:
                return Amount(None, unit, f"{source}: no row for {self.year}")
            for one in own:
                part = self._part(one, unit_of(unit))
                if isinstance(part, str):
                    return Amount(None, unit, part)
                parts.append(part)
        return Amount(math.fsum(parts), unit)

    def _part(self, one: YearlyActivity, wanted: Unit) -> float | str:
        """Return an amount in a unit, through factor or heat value, or why there is none."""
        row, own = one.row, unit_of(one.row.unit)
        if own.dimension == wanted.dimension:
            return one.quantity * own.factor_to(wanted)
        if wanted.dimension == EMISSIONS:
            lines = [line for line in self.emissions.lines if line.row is row]
            value = lines[0].by(self.method) if lines else None
            return f"{row.source_id}: no factor" if value is None else value / wanted.scale
        heat = self.factors.heat_value(row.kind) if wanted.dimension == ENERGY else None
        if heat is None or ratio_of(heat.unit).denominator.dimension != own.dimension:
            return f"{row.source_id}: found {row.unit}, asked for {wanted.symbol}"
        per = ratio_of(heat.unit)
        energy = one.quantity * own.factor_to(per.denominator) * heat.value
        return energy * per.numerator.factor_to(wanted)

    def denominator(self, name: str) -> Denominator | str:
        """Return a denominator summed over sites, or why there is none."""
        own = [one for one in self.activities if one.row.source_id == name]
        if not own and name == REVENUE:
            return self._revenue()
        if not own:
            return f"{name}: no row for {self.year}"
        first = own[0].row
        amount = self.amount([name], first.unit)
        if amount.value is None:
            return amount.reason
        return Denominator(name, amount.value, first.unit, first.basis, first.source)

    def _revenue(self) -> Denominator | str:
        lines = self.settings.revenue_lines.values()
        if not lines or self.year != self.settings.base_year:
            return f"{REVENUE}: no row for {self.year}"
        value = math.fsum(line.value.value for line in lines)
        bases = {line.value.basis for line in lines}
        basis = bases.pop() if len(bases) == 1 else None
        unit = f"{self.settings.money.label} million"
        return Denominator(REVENUE, value, unit, basis, "revenue lines of study.yaml")


def account(
    study: Study,
    year: int | None = None,
    factors: Iterable[str] | None = None,
    shelf: Mapping[str, FactorSet] | None = None,
) -> Account:
    """Return the account of a study in a year.

    Parameters
    ----------
    study : Study
    year : int, optional
        By default the study's base year.
    factors : iterable of str, optional
        Factor sets in their order; by default the study's own.
    shelf : mapping of id to FactorSet, optional
        Where the sets are taken from; by default those inside the study.

    Raises
    ------
    KeyError
        If a set is on no shelf.
    """
    names = study.settings.emissions.factors if factors is None else factors
    sets = study.factor_sets if shelf is None else shelf
    chosen = Factors(ordered_sets(names, sets), study.sites)
    when = study.settings.base_year if year is None else year
    return Account(
        study.settings,
        yearly_activities(study.inventory, when),
        ledger(study.inventory, when, chosen),
        chosen,
    )
