"""From a study to the plan of a run, own carbon cost included."""

from __future__ import annotations

from dataclasses import replace

from climrisk.analysis.projection.own_cost import OwnCarbonCost
from climrisk.analysis.projection.plan import make_projection_plan
from climrisk.domain.study import Study
from climrisk.engine.plan import Plan, make_plan

__all__ = ["planned_run"]


def planned_run(study: Study, scenarios: tuple[str, ...] | None = None) -> Plan:
    """Return the plan of a study that has been checked.

    Parameters
    ----------
    study : Study
    scenarios : tuple of str, optional
        Scenarios to simulate; the study's own by default. `base_year` is always added, first.
    """
    plan = make_plan(study, scenarios)
    if not study.settings.carbon_cost:
        return plan
    return replace(plan, own_cost=OwnCarbonCost(make_projection_plan(study), plan.step))
