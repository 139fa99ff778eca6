"""Energy in kWh: purchased energy as it is, fuels by their net heat value."""

from __future__ import annotations

import math
from dataclasses import dataclass

from climrisk.domain.units import EMISSIONS, ENERGY, unit_of
from climrisk.ghg.account import Account

__all__ = ["EnergyUse", "energy_use"]


@dataclass(frozen=True)
class EnergyUse:
    """Energy of a year.

    Parameters
    ----------
    sources : dict of str to float
        Energy of each source over all sites [kWh].
    converted : tuple of str
        Sources that a heat value turned into energy.
    without : tuple of str
        Sources of scopes 1 and 2 that have neither a unit of energy nor a heat value.
    """

    sources: dict[str, float]
    converted: tuple[str, ...]
    without: tuple[str, ...]

    @property
    def total(self) -> float | None:
        """Energy of all sources [kWh]; None where none is stated."""
        return math.fsum(self.sources.values()) if self.sources else None


def energy_use(found: Account) -> EnergyUse:
    """Return the energy of scopes 1 and 2; rows that state emissions have none."""
    units = {
        one.row.source_id: unit_of(one.row.unit)
        for one in found.activities
        if one.row.scope in ("1", "2") and one.row.instrument is None
    }
    asked = {name: unit for name, unit in units.items() if unit.dimension != EMISSIONS}
    amounts = {name: found.amount([name], "kWh").value for name in asked}
    known = {name: value for name, value in amounts.items() if value is not None}
    return EnergyUse(
        sources=known,
        converted=tuple(name for name in known if asked[name].dimension != ENERGY),
        without=tuple(name for name in asked if name not in known),
    )
