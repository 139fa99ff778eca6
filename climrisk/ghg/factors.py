"""Choosing the emission factor of an activity at a site."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from climrisk.domain.factors import Factor, FactorSet, HeatValue
from climrisk.domain.inventory import ALL_SITES
from climrisk.domain.quantities import Quantity
from climrisk.domain.site import Site
from climrisk.domain.units import ratio_of

__all__ = ["ChosenFactor", "Factors"]


@dataclass(frozen=True)
class ChosenFactor:
    """The factor of an activity and where it comes from.

    Parameters
    ----------
    value : float
        Factor in `unit`.
    unit : str
        Emissions per unit of activity, such as kgCO2e/kWh.
    set_id : str
        Factor set.
    region : str
        Where it holds, or how regions were weighted for the whole company.
    source : str
        Publication.
    verified : bool or None
        False where nobody has checked it against its source.
    uncertainty : Quantity or None
        The factor as a range, in the same unit.
    """

    value: float
    unit: str
    set_id: str
    region: str
    source: str
    verified: bool | None
    uncertainty: Quantity | None = None

    @property
    def tonnes_per_base_unit(self) -> float:
        """Factor [tCO2e per base unit of the activity's dimension]."""
        ratio = ratio_of(self.unit)
        return self.value * ratio.numerator.scale / ratio.denominator.scale


@dataclass(frozen=True)
class Factors:
    """Factor sets in their order, and the sites whose regions they may need.

    Parameters
    ----------
    sets : sequence of FactorSet
        The first that has a factor gives it; see `domain.factors.ordered_sets`.
    sites : sequence of Site
        Sites with region and headcount.
    """

    sets: Sequence[FactorSet]
    sites: Sequence[Site] = ()

    def of(self, activity: str, site: str = ALL_SITES) -> ChosenFactor | None:
        """Return the factor of an activity at a site, or None where no set has one."""
        for one in self.sets:
            if activity in one.factors:
                return _chosen(one, one.factors[activity], one.region)
            if activity in one.regional:
                return self._regional(one, one.regional[activity], site)
        return None

    def residual_mix(self, activity: str) -> ChosenFactor | None:
        """Return the residual mix of an activity, or None where no set has one."""
        for one in self.sets:
            if activity in one.residual_mix:
                return _chosen(one, one.residual_mix[activity], one.region)
        return None

    def heat_value(self, activity: str) -> HeatValue | None:
        """Return the heat value of a fuel, or None where no set has one."""
        found = (one.heat_values.get(activity) for one in self.sets)
        return next((value for value in found if value is not None), None)

    def _regional(
        self, one: FactorSet, factors: Mapping[str, Factor], site: str
    ) -> ChosenFactor | None:
        if site != ALL_SITES:
            region = next((one.region for one in self.sites if one.id == site), None)
            found = None if region is None else factors.get(region)
            return None if found is None else _chosen(one, found, region)
        return self._by_headcount(one, factors)

    def _by_headcount(self, one: FactorSet, factors: Mapping[str, Factor]) -> ChosenFactor | None:
        """Return the mean over sites, weighted by their employees; sites without both are out."""
        weighted = [
            (float(site.employees), factors[site.region])
            for site in self.sites
            if site.employees and site.region is not None and site.region in factors
        ]
        people = math.fsum(heads for heads, _ in weighted)
        if not people:
            return None
        where = f"by headcount of {len(weighted)} sites"
        chosen = [_chosen(one, factor, where) for _, factor in weighted]
        unit = chosen[0].unit
        products = (heads * _in_unit(factor, unit) for heads, factor in weighted)
        return replace(
            chosen[0],
            value=math.fsum(products) / people,
            verified=False
            if any(each.verified is False for each in chosen)
            else chosen[0].verified,
            uncertainty=None,
        )


def _in_unit(factor: Factor, unit: str) -> float:
    own, wanted = ratio_of(factor.unit), ratio_of(unit)
    above = own.numerator.factor_to(wanted.numerator)
    return factor.value * above / own.denominator.factor_to(wanted.denominator)


def _chosen(one: FactorSet, factor: Factor, region: str | None) -> ChosenFactor:
    return ChosenFactor(
        value=factor.value,
        unit=factor.unit,
        set_id=one.id,
        region=region or one.region,
        source=factor.source or one.source or "",
        verified=factor.verified if factor.verified is not None else one.verified,
        uncertainty=factor.uncertainty,
    )
