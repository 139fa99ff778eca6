"""Which world a paper shows first, and the totals that it cites from every world."""

from __future__ import annotations

from dataclasses import dataclass

from climrisk.domain.briefing import Briefing
from climrisk.names import CURRENT, NET, TOTAL
from climrisk.report.run_data import Cited, RunData

__all__ = ["World", "chosen_world", "horizon_figure", "ordered_scenarios"]


@dataclass(frozen=True)
class World:
    """The scenario and horizon that a paper shows first.

    Attributes
    ----------
    scenario : str
    horizon : str
    worst, mildest : str
        Scenarios with the lowest and highest expected total net in the last horizon.
    last : str
        The last horizon.
    control : str
    """

    scenario: str
    horizon: str
    worst: str
    mildest: str
    last: str
    control: str = CURRENT


def chosen_world(run: RunData, stated: Briefing) -> World:
    """Return the world that the study chose, else the worst scenario and the middle horizon."""
    order, horizons = ordered_scenarios(run), list(run.horizons)
    wanted = stated.focus.scenario
    return World(
        scenario=wanted if wanted in order and wanted is not None else order[0],
        horizon=stated.focus.horizon or horizons[len(horizons) // 2],
        worst=order[0],
        mildest=order[-1],
        last=horizons[-1],
    )


def ordered_scenarios(run: RunData, control: str = CURRENT) -> list[str]:
    """Return the scenarios by expected total net in the last horizon, worst first."""
    last = list(run.horizons)[-1]
    mean = {
        name: horizon_figure(run, name, last, "mean", control=control).value
        for name in run.scenarios
    }
    return sorted(run.scenarios, key=lambda name: mean[name])


def horizon_figure(
    run: RunData,
    scenario: str,
    horizon: str,
    statistic: str,
    *,
    subject: str = TOTAL,
    control: str = CURRENT,
    channel: str = NET,
) -> Cited:
    """Return one statistic of a subject in a horizon: an undiscounted sum, or a probability."""
    return run.cite(
        "summary.csv",
        scenario=scenario,
        control=control,
        horizon=horizon,
        subject=subject,
        channel=channel,
        statistic=statistic,
    )
