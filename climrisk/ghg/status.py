"""Where a target stands: the traffic-light rule, as stated and unrounded."""

from __future__ import annotations

from typing import Final, Literal

from climrisk.ghg.targets import ResolvedTarget

__all__ = [
    "CAP_HEADROOM",
    "NEAR_MISS",
    "Status",
    "base_year_words",
    "forecast",
    "projected_status",
    "status",
]

Status = Literal[
    "achieved", "on_track", "at_risk", "off_track", "base_year", "no_status", "none_stated"
]

NEAR_MISS: Final = 0.10
"""Share of the required change by which a reduction may be missed and still be at risk only."""
CAP_HEADROOM: Final = 0.05
"""Share of a cap by which it may be passed and still be at risk only."""


def status(
    resolved: ResolvedTarget,
    year: int,
    actual: float | None,
    *,
    as_stated: bool,
    expected: float | None = None,
    is_complete: bool = True,
) -> Status:
    """Return where a target stands.

    Achieved: the target year is reached and the figure is within the target. On track: what is
    expected meets it. At risk: it is missed by at most 10 % of the required change, or the data
    are incomplete. Off track: it is missed by more, or in the target year. A cap requires no
    change, so headroom counts: at risk up to 5 % above it. The base year itself is neither.

    Parameters
    ----------
    resolved : ResolvedTarget
    year : int
        Year of the figure.
    actual : float or None
        The figure, unrounded, in the target's unit.
    as_stated : bool
        Whether figures count as rounded to the stated decimals.
    expected : float, optional
        Figure expected in the target year; by default see `forecast`.
    is_complete : bool
        Whether nothing is missing in the figure.
    """
    if resolved.target.kind == "none":
        return "none_stated"
    if resolved.limit is None or actual is None:
        return "no_status"
    if year <= resolved.base_year:
        return "base_year"
    reached = year >= resolved.target_year
    figure = actual
    if not reached:
        figure = forecast(resolved, year, actual) if expected is None else expected
    meets = bool(resolved.met(figure, as_stated=as_stated))
    if meets and is_complete:
        return "achieved" if reached else "on_track"
    if meets:
        return "at_risk"
    near = not reached and _is_near(resolved, figure, as_stated)
    return "at_risk" if near else "off_track"


def projected_status(resolved: ResolvedTarget, figure: float, limit: float) -> Status:
    """Return where a projected figure stands, as stated: on track, at risk or off track.

    A projection achieves nothing: a figure within the limit is on track, in any year.

    Parameters
    ----------
    resolved : ResolvedTarget
        With a limit.
    figure : float
        Projected, unrounded, in the target's unit.
    limit : float
        Limit of the figure's year.
    """
    if bool(resolved.met(figure, as_stated=True, limit=limit)):
        return "on_track"
    return "at_risk" if _is_near(resolved, figure, True, limit) else "off_track"


def forecast(resolved: ResolvedTarget, year: int, actual: float) -> float:
    """Return what a straight line from the base through a later figure gives in the target year.

    Caps and bands require no change, so their latest figure is taken as it is.
    """
    if resolved.target.kind not in ("reduce_by", "reduce_to") or resolved.base is None:
        return actual
    slope = (actual - resolved.base) / (year - resolved.base_year)
    return max(resolved.base + slope * (resolved.target_year - resolved.base_year), 0.0)


def _is_near(
    resolved: ResolvedTarget, figure: float, as_stated: bool, limit: float | None = None
) -> bool:
    upper = resolved.limit if limit is None else limit
    assert upper is not None
    seen = resolved.as_stated(figure) if as_stated else figure
    above = seen - upper
    if resolved.target.kind in ("reduce_by", "reduce_to"):
        required = abs((resolved.base or 0.0) - upper)
        return above <= NEAR_MISS * required
    below = 0.0 if resolved.floor is None else resolved.floor - seen
    return max(above, below) <= CAP_HEADROOM * upper


def base_year_words(resolved: ResolvedTarget) -> str:
    """Say where the base year's own figure stands to the limit, as stated."""
    base, limit = resolved.base, resolved.limit
    if base is None or limit is None:
        return "base year"
    if resolved.target.kind in ("reduce_by", "reduce_to"):
        return "base year, the reduction is counted from here"
    if resolved.target.kind == "maintain":
        return "base year, the middle of the band"
    seen = resolved.as_stated(base)
    if seen == limit:
        return "base year, at the cap as stated"
    return f"base year, {'below' if seen < limit else 'above'} the cap as stated"
