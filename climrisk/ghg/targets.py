"""Targets resolved against an account: what is measured, from which base, up to which limit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from climrisk.domain.target import IN_WORDS, Target
from climrisk.ghg.account import Account, Measurement
from climrisk.ghg.rounding import COARSE_STEP, at_most_as_stated, half_up, prints_alike, step_share

__all__ = ["CROSS_CHECK", "ResolvedTarget", "moves_with_base", "resolve", "resolve_all"]

CROSS_CHECK: Final = 0.005
"""How far a stated figure may be from the inventory's before readers are told of the gap."""


@dataclass(frozen=True)
class ResolvedTarget:
    """A target with its figures; `None` where there is none, with the reason beside it.

    Parameters
    ----------
    id : str
    target : Target
        As declared: kind, sources or scope, denominator, stated decimals.
    measured : Measurement
        Figure of the base year, unrounded.
    base : float or None
        Figure of the base year that limits are relative to: measured, else as stated.
    limit : float or None
        Highest figure that meets the target, as stated where it is.
    floor : float or None
        Lowest figure that meets it, of kind maintain.
    reason : str
        Why the target cannot be judged; empty where it can.
    """

    id: str
    target: Target
    measured: Measurement
    base: float | None
    limit: float | None
    floor: float | None
    reason: str

    @property
    def unit(self) -> str:
        """Unit of all figures."""
        return self.target.unit or ""

    @property
    def base_year(self) -> int:
        """Base year; 0 where the company states that it has no target."""
        return self.target.base_year or 0

    @property
    def target_year(self) -> int:
        """Target year; 0 where the company states that it has no target."""
        return self.target.target_year or 0

    @property
    def base_as_stated(self) -> float | None:
        """Base value as the company prints it, else the base rounded as the limit is."""
        if self.target.base_value is not None:
            return self.target.base_value.value
        return None if self.base is None else self.as_stated(self.base)

    def as_stated(self, value: float) -> float:
        """Return a figure rounded half up to the stated decimals, if there are any."""
        decimals = self.target.stated_decimals
        return value if decimals is None else half_up(value, decimals)

    def limit_in(self, year: int) -> float | None:
        """Return the limit of a year: a milestone's, or the target's from its year on."""
        if year in self.target.milestones:
            return self.target.milestones[year]
        return self.limit if year >= self.target_year else None

    def met(
        self, values: ArrayLike, *, as_stated: bool, limit: float | None = None
    ) -> NDArray[np.bool_]:
        """Return which figures meet the target.

        Parameters
        ----------
        values : array_like
            Figures in the target's unit, unrounded, of any shape.
        as_stated : bool
            Whether figures are rounded half up to the stated decimals before they are compared;
            otherwise figure and limit are compared as they are.
        limit : float, optional
            Another limit, such as a milestone's.

        Raises
        ------
        ValueError
            If the target has no limit.
        """
        upper = self.limit if limit is None else limit
        if upper is None:
            raise ValueError(f"{self.id}: {self.reason or 'no limit'}")
        decimals = self.target.stated_decimals if as_stated else None
        below = at_most_as_stated(values, upper, decimals)
        if self.floor is None:
            return below
        floor = (
            self.floor
            if decimals is None
            else prints_alike(self.as_stated(self.floor), decimals)[0]
        )
        return np.asarray(below & (np.asarray(values, dtype=np.float64) >= floor))

    def base_warning(self) -> str:
        """Say where the base as stated is not the inventory's; empty where it is, or unknown."""
        stated, measured = self.target.base_value, self.measured.value
        if stated is None or measured is None or self.as_stated(measured) == stated.value:
            return ""
        if abs(measured - stated.value) <= CROSS_CHECK * abs(stated.value):
            return ""
        found = f"the base is stated as {stated.value:g} {self.unit}"
        return f"{self.id}: {found}, the inventory of {self.base_year} gives {measured:.4g}"

    def rounding_warning(self) -> str:
        """Say what a coarse limit hides; empty where its last decimal is fine enough."""
        decimals = self.target.stated_decimals
        if self.limit is None or decimals is None:
            return ""
        step = step_share(self.limit, decimals)
        if step <= COARSE_STEP:
            return ""
        low, high = prints_alike(half_up(self.limit, decimals), decimals)
        below = self.measured.denominator
        tonnes = (
            f" ({low * below.value:,.0f} to {high * below.value:,.0f} {self.unit.split('/')[0]})"
            if below is not None
            else ""
        )
        growth = ""
        if self.base and high > self.base:
            growth = f"; growth of {high / self.base - 1:.1%} still prints so"
        return (
            f"{self.id}: one step of the last decimal is {step:.0%} of the limit: anything from "
            f"{low:g} to below {high:g} {self.unit}{tonnes} prints as "
            f"{self.limit:.{decimals}f}{growth}"
        )


def resolve_all(targets: dict[str, Target], base: Account) -> dict[str, ResolvedTarget]:
    """Return every target resolved; see `resolve`."""
    return {name: resolve(name, target, base) for name, target in targets.items()}


def resolve(name: str, target: Target, base: Account) -> ResolvedTarget:
    """Return a target with its base and its limit.

    Parameters
    ----------
    name : str
    target : Target
    base : Account
        Account of the target's base year.
    """
    nothing = Measurement(None, "in words only", None, None)
    if target.kind in IN_WORDS or target.unit is None:
        words = "the company states that it has none" if target.kind == "none" else nothing.reason
        return ResolvedTarget(name, target, nothing, None, None, None, words)
    if target.base_year != base.year:
        raise ValueError(f"{name}: base year {target.base_year}, account of {base.year}")
    measured = base.measure(target, target.unit)
    stated = None if target.base_value is None else target.base_value.value
    figure = stated if measured.value is None else measured.value
    limit, floor = _limits(target, figure)
    reason = "" if limit is not None else f"no figure of {target.base_year}: {measured.reason}"
    return ResolvedTarget(name, target, measured, figure, limit, floor, reason)


def _limits(target: Target, base: float | None) -> tuple[float | None, float | None]:
    if target.limit is not None:
        return target.limit, None
    if base is None:
        return None, None
    if target.kind == "maintain":
        band = target.band or 0.0
        return base * (1.0 + band), base * (1.0 - band)
    return base * (1.0 - (target.reduction or 0.0)), None


def moves_with_base(resolved: ResolvedTarget) -> bool:
    """Return whether the limit is relative to the base year, so that it is restated with it."""
    target = resolved.target
    if target.kind in ("reduce_by", "maintain") or target.limit is None:
        return True
    return target.kind == "not_exceed"
