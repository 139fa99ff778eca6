"""Units of activity data: a small closed table, their dimensions, and conversion.

A unit is one of the table, an amount of money in millions (`RMB million`), or a ratio of two units
(`tCO2e/m2`, `kgCO2e/kWh`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

__all__ = ["Ratio", "Unit", "ratio_of", "unit_of", "unit_words"]

EMISSIONS: Final = "emissions"
ENERGY: Final = "energy"
MONEY: Final = "money"

_TABLE: Final[dict[str, dict[str, float]]] = {
    ENERGY: {
        "kWh": 1.0,
        "MWh": 1e3,
        "GWh": 1e6,
        "MJ": 1 / 3.6,
        "GJ": 1e3 / 3.6,
        "TJ": 1e6 / 3.6,
    },
    "volume": {"L": 1.0, "m3": 1e3},
    "mass": {"g": 1e-6, "kg": 1e-3, "t": 1.0, "kt": 1e3},
    EMISSIONS: {
        "gCO2e": 1e-6,
        "kgCO2e": 1e-3,
        "tCO2e": 1.0,
        "ktCO2e": 1e3,
        "MtCO2e": 1e6,
        "kgCO2": 1e-3,
        "tCO2": 1.0,
    },
    "area": {"m2": 1.0, "ft2": 0.09290304, "ha": 1e4},
    "distance": {"km": 1.0},
    "freight": {"tkm": 1.0},
    "travel": {"pkm": 1.0},
    "persons": {"person": 1.0},
    "devices": {"device": 1.0},
    "pieces": {"piece": 1.0},
    "vehicles": {"vehicle": 1.0},
    "orders": {"order": 1.0},
    "nights": {"night": 1.0},
    "time": {"h": 1.0},
}
"""Base units in one unit, by dimension. Emissions of CO2 alone count as CO2e of that gas."""
_SPELLINGS: Final = {
    "l": "L",
    "litre": "L",
    "liter": "L",
    "tonne": "t",
    "m²": "m2",
    "m³": "m3",
    "sqm": "m2",
    "tCO₂e": "tCO2e",
    "kgCO₂e": "kgCO2e",
}
_MONEY: Final = re.compile(r"\S{1,8} million")


@dataclass(frozen=True)
class Unit:
    """A unit and what it measures.

    Parameters
    ----------
    symbol : str
        As the table writes it.
    dimension : str
        What it measures, such as energy; money has one dimension for each currency.
    scale : float
        Base units of the dimension in one unit.
    """

    symbol: str
    dimension: str
    scale: float

    def factor_to(self, other: Unit) -> float:
        """Return what an amount in this unit is multiplied by to be in `other`.

        Raises
        ------
        ValueError
            If the dimensions differ.
        """
        if self.dimension != other.dimension:
            raise ValueError(
                f"found {self.symbol} ({self.dimension}); allowed: {units_of(other.dimension)}"
            )
        return self.scale / other.scale


@dataclass(frozen=True)
class Ratio:
    """One unit over another, such as tonnes of CO2 equivalent per square metre."""

    numerator: Unit
    denominator: Unit


_UNITS: Final = {
    symbol: Unit(symbol, dimension, scale)
    for dimension, scales in _TABLE.items()
    for symbol, scale in scales.items()
}


def unit_of(symbol: str) -> Unit:
    """Return the unit that a symbol stands for.

    Raises
    ------
    ValueError
        If the table has no such unit.
    """
    found = _UNITS.get(_SPELLINGS.get(symbol, symbol))
    if found is not None:
        return found
    if _MONEY.fullmatch(symbol):
        return Unit(symbol, f"{MONEY} in {symbol.split()[0]}", 1.0)
    spelt_alike = {known.lower(): known for known in _UNITS}
    near = spelt_alike.get(symbol.lower())
    hint = f"; did you mean {near!r}?" if near else ""
    raise ValueError(f"unknown unit {symbol!r}{hint}; allowed: {unit_words()}")


def ratio_of(symbol: str) -> Ratio:
    """Return the two units of a ratio such as `kgCO2e/kWh`.

    Raises
    ------
    ValueError
        If it is no ratio, or the table has not both units.
    """
    above, slash, below = symbol.partition("/")
    if not slash:
        raise ValueError(f"found {symbol!r}; allowed: a unit per another, such as kgCO2e/kWh")
    return Ratio(unit_of(above), unit_of(below))


def units_of(dimension: str) -> str:
    """Return the symbols of a dimension's units, in words."""
    symbols = _TABLE.get(dimension, {f"{dimension.split()[-1]} million": 1.0})
    return f"a unit of {dimension} ({', '.join(symbols)})"


def unit_words() -> str:
    """Return every symbol of the table."""
    return f"{', '.join(_UNITS)}, or an amount of money such as RMB million"
