"""Scope 2 market-based: what instruments cover, and the residual mix for the rest."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from climrisk.domain.inventory import ALL_SITES

__all__ = ["Claim", "Consumption", "market_based"]


@dataclass(frozen=True)
class Consumption:
    """Purchased energy of one line.

    Parameters
    ----------
    site : str
        Site id, or `all`.
    amount : float
        Amount in base units, such as kWh.
    factor : float
        Factor of what no instrument covers: residual mix, else location-based [tCO2e per unit].
    """

    site: str
    amount: float
    factor: float


@dataclass(frozen=True)
class Claim:
    """What an instrument covers.

    Parameters
    ----------
    site : str
        Site id, or `all`, where it is spread over what the sites' own instruments leave.
    amount : float
        Amount covered, in base units.
    factor : float
        Factor of the instrument [tCO2e per unit]; 0 for a certificate of renewable energy.
    """

    site: str
    amount: float
    factor: float


def market_based(lines: Sequence[Consumption], claims: Sequence[Claim]) -> list[float]:
    """Return the market-based emissions of each line [tCO2e].

    Each line's uncovered part is multiplied by its own factor, each covered part by that of its
    instrument. Claims of one site are spread over its lines, and those of the whole company over
    what is then left, in proportion. Source: GHG Protocol, Scope 2 Guidance (2015), chapter 6.

    Parameters
    ----------
    lines : sequence of Consumption
        Lines of one kind of energy.
    claims : sequence of Claim
        Instruments of that kind; not more than is consumed, which reading a study has checked.
    """
    left = [line.amount for line in lines]
    covered = [0.0] * len(lines)
    for claim in sorted(claims, key=lambda one: one.site == ALL_SITES):
        places = [place for place, line in enumerate(lines) if claim.site in (ALL_SITES, line.site)]
        pool = math.fsum(left[place] for place in places)
        for place in places:
            part = claim.amount * left[place] / pool if pool else 0.0
            covered[place] += part * claim.factor
            left[place] -= part
    return [
        rest * line.factor + claimed
        for rest, line, claimed in zip(left, lines, covered, strict=True)
    ]
