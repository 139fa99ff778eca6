"""An inventory under other factors, beside what was reported: a change that reduces nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from climrisk.domain.target import IN_WORDS, Target
from climrisk.ghg.account import Account
from climrisk.ghg.factors import ChosenFactor
from climrisk.ghg.ledger import Total
from climrisk.ghg.targets import ResolvedTarget, moves_with_base, resolve

__all__ = ["LineChange", "Recalculation", "RestatedTarget", "recalculate"]


@dataclass(frozen=True)
class LineChange:
    """Emissions of a source at a site before and after.

    Parameters
    ----------
    source, site, scope : str
    quantity : float
        Activity, in `unit`; the same on both sides.
    unit : str
    old, new : ChosenFactor or None
        None where no set has a factor, or the row states emissions.
    before, after : float or None
        Emissions by the study's scope 2 method [tCO2e].
    """

    source: str
    site: str
    scope: str
    quantity: float
    unit: str
    old: ChosenFactor | None
    new: ChosenFactor | None
    before: float | None
    after: float | None

    @property
    def difference(self) -> float | None:
        """After less before [tCO2e]: activity times the change of the factor."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


@dataclass(frozen=True)
class RestatedTarget:
    """A target on emissions with base and limit under either set of factors.

    Parameters
    ----------
    before, after : ResolvedTarget
        `after` has the restated base, and the limit as it was stated.
    limit : float or None
        The limit restated with the same factors, unrounded; None where it does not move.
    """

    before: ResolvedTarget
    after: ResolvedTarget
    limit: float | None


@dataclass(frozen=True)
class Recalculation:
    """One year under two choices of factors.

    Parameters
    ----------
    year : int
    reported : float or None
        The company's own total of scopes 1 and 2 [tCO2e].
    before, after : Total
        Scopes 1 and 2, as the study accounts for them and recalculated.
    lines : tuple of LineChange
    targets : tuple of RestatedTarget
        Targets on emissions whose base year it is.
    threshold : float or None
        Significance threshold of the study's policy, a fraction.
    """

    year: int
    reported: float | None
    before: Total
    after: Total
    lines: tuple[LineChange, ...]
    targets: tuple[RestatedTarget, ...]
    threshold: float | None

    @property
    def change(self) -> float | None:
        """After over before, less 1; None where either lacks what the other has."""
        if not self.before.value or self.after.value is None:
            return None
        if self.before.lacking != self.after.lacking:
            return None
        return self.after.value / self.before.value - 1.0

    @property
    def is_significant(self) -> bool | None:
        """Whether the change is beyond the policy's threshold; None without either."""
        if self.threshold is None or self.change is None:
            return None
        return abs(self.change) > self.threshold


def recalculate(
    before: Account, after: Account, targets: Mapping[str, Target] | None = None
) -> Recalculation:
    """Return an account beside the same activity under other factors.

    Source: GHG Protocol, Corporate Standard, chapter 5 (base-year recalculation).

    Parameters
    ----------
    before, after : Account
        Of the same study and year.
    targets : mapping of id to Target, optional
        Targets of the study.
    """
    settings = before.settings.emissions
    threshold = settings.recalculation_threshold
    return Recalculation(
        year=before.year,
        reported=before.emissions.reported,
        before=before.emissions.total("1", "2", method=before.method),
        after=after.emissions.total("1", "2", method=after.method),
        lines=_line_changes(before, after),
        targets=_restated(before, after, targets or {}),
        threshold=None if threshold is None else threshold.value,
    )


def _line_changes(before: Account, after: Account) -> tuple[LineChange, ...]:
    pairs = zip(before.emissions.lines, after.emissions.lines, strict=True)
    return tuple(
        LineChange(
            source=old.row.source_id,
            site=old.row.site,
            scope=old.row.scope,
            quantity=old.quantity,
            unit=old.row.unit,
            old=old.factor,
            new=new.factor,
            before=old.by(before.method),
            after=new.by(after.method),
        )
        for old, new in pairs
        if old.row.scope in ("1", "2", "3")
    )


def _restated(
    before: Account, after: Account, targets: Mapping[str, Target]
) -> tuple[RestatedTarget, ...]:
    found = []
    for name, target in targets.items():
        if target.kind in IN_WORDS or target.base_year != before.year:
            continue
        old, new = resolve(name, target, before), resolve(name, target, after)
        if old.measured.value != new.measured.value:
            found.append(RestatedTarget(old, new, _restated_limit(old, new)))
    return tuple(found)


def _restated_limit(old: ResolvedTarget, new: ResolvedTarget) -> float | None:
    """Return the limit that goes with the restated base; a limit of its own does not move."""
    if not moves_with_base(old) or not old.base or new.base is None or old.limit is None:
        return None
    if old.target.limit is None:
        return new.limit
    if old.target.kind == "not_exceed" and old.as_stated(old.base) == old.limit:
        return new.base  # the cap is the base year's own figure, rounded
    return old.limit * new.base / old.base
