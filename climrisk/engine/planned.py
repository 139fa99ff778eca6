"""What the kernel knows of items and measures: signs, margins, links and measures resolved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.domain.insurance import Insurance
from climrisk.domain.occurrence import Annual, Once, Ongoing
from climrisk.domain.quantities import Quantity

__all__ = [
    "PlannedCost",
    "PlannedEffect",
    "PlannedImpact",
    "PlannedItem",
    "PlannedLink",
    "net_part",
    "with_measure",
]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class PlannedLink:
    """A link with the purpose that its own uncertainty is drawn for."""

    driver: str
    acts_on: str
    form: str
    elasticity: float
    per_unit: Quantity | None
    purpose: str


@dataclass(frozen=True)
class PlannedEffect:
    """What one measure does to one target of an item.

    Parameters
    ----------
    measure : str
        Id of the measure.
    acts_on : str
        `rate`, `probability`, `severity` or an impact.
    share : Quantity
        Share taken off or added.
    sign : int
        -1 where it reduces, +1 where it raises.
    first : int
        Position of its first year; 0 for existing measures.
    controls : tuple of str
        Controls under which the estimates have to be corrected for it.
    inverse : bool
        True where the estimates reckon with an existing control that `inherent` takes away.
    """

    measure: str
    acts_on: str
    share: Quantity
    sign: int
    first: int
    controls: tuple[str, ...]
    inverse: bool = False


@dataclass(frozen=True)
class PlannedImpact:
    """One impact with its sign and its way into net.

    Parameters
    ----------
    name : str
        Id within the item.
    channel : int
        Position among the channels.
    sign : float
        -1 adverse; +1 favourable or signed.
    severity : Quantity
        Amount [million] or share, for one occurrence.
    subject_to : str or None
        Exposure or revenue line that it falls on.
    is_share : bool
        True where severity is a share of that.
    may_be_negative : bool
        True for signed amounts.
    margin : float
        Part of the effect that reaches net.
    write_ups_in_net : bool
        False for asset values that are not carried at fair value through profit.
    pass_through : Quantity or None
        Part of the effect that customers bear.
    """

    name: str
    channel: int
    sign: float
    severity: Quantity
    subject_to: str | None
    is_share: bool
    may_be_negative: bool
    margin: float
    write_ups_in_net: bool
    pass_through: Quantity | None

    @property
    def held_by_caps(self) -> bool:
        """Whether it may be a loss on an exposure, which cannot lose more than it is worth."""
        return self.subject_to is not None and (self.sign < 0 or self.may_be_negative)


@dataclass(frozen=True)
class PlannedItem:
    """One assessed item."""

    id: str
    kind: str
    category: str
    occurrence: Annual | Once | Ongoing
    per_event: bool
    conditions: str
    period: tuple[int, int]
    links: tuple[PlannedLink, ...]
    impacts: tuple[PlannedImpact, ...]
    effects: tuple[PlannedEffect, ...]
    common_factor: float
    insurance: Insurance | None

    @property
    def side(self) -> int:
        """-1 for a risk, whose bad side matters; +1 for an opportunity."""
        return -1 if self.kind == "risk" else 1

    @property
    def has_single_events(self) -> bool:
        """Whether its single occurrences are counted: those of annual risks."""
        return self.kind == "risk" and self.occurrence.type == "annual"

    def links_on(self, *targets: str) -> tuple[PlannedLink, ...]:
        """Return the links that act on any of `targets`."""
        return tuple(link for link in self.links if link.acts_on in targets)

    def effects_on(self, control: str, *targets: str) -> tuple[PlannedEffect, ...]:
        """Return the measures' effects on any of `targets` under `control`."""
        return tuple(
            effect
            for effect in self.effects
            if effect.acts_on in targets and control in effect.controls
        )


@dataclass(frozen=True)
class PlannedCost:
    """What a planned measure costs from its first year, under `controls` that hold it."""

    measure: str
    controls: tuple[str, ...]
    first: int
    capex: Quantity | None
    opex: Quantity | None


def with_measure(measure: str) -> str:
    """Return the name of the control that adds one planned measure to the current ones."""
    return f"with {measure}"


def net_part(impact: PlannedImpact, effect: Floats) -> Floats:
    """Return the part of an effect that reaches net, of the same shape [million]."""
    reaching = effect if impact.write_ups_in_net else np.minimum(effect, 0.0)
    return impact.margin * reaching
