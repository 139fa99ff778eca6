"""From a study to what the simulation needs, in plain arrays and in id order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from climrisk.domain.correlation import tied_groups
from climrisk.domain.dependence import Group
from climrisk.domain.settings import Settings
from climrisk.domain.study import Study
from climrisk.engine.drivers import PlannedDriver, PlannedResponse, plan_driver
from climrisk.engine.latents import Tie, planned_tie
from climrisk.engine.money import SCALE_TO_STEP, money_scale
from climrisk.engine.planned import PlannedCost, PlannedItem
from climrisk.engine.planned_items import planned_costs, planned_items
from climrisk.names import BASE_YEAR_SCENARIO, CONTROLS, CURRENT, INHERENT

if TYPE_CHECKING:
    from climrisk.engine.own_cost import OwnCost

__all__ = ["Plan", "make_plan"]


@dataclass(frozen=True, eq=False)  # one plan is itself: what is derived from it can be kept
class Plan:
    """Everything that one run needs.

    Parameters
    ----------
    settings : Settings
        Money, exposures and thresholds.
    years : tuple of int
        Simulated calendar years.
    scenarios, controls : tuple of str
        What is simulated, `base_year` first.
    conditions : tuple of str
        Scenarios whose drivers are needed: the simulated ones and those of the items' frames.
    models : tuple of str
        Models that a draw picks from.
    drivers, responses : mapping by driver id
        Stated series, and hazards that respond to them.
    items, costs : tuple
        Assessed items and planned measures that cost money, in id order.
    measures : tuple of str
        Planned measures, each also simulated alone on top of the current controls.
    occurrence_ties, severity_ties : tuple of Tie
        Groups of assessed items that depend on each other.
    horizons : mapping of horizon to slice
        Positions of the horizon's years.
    discount : float64 array (year,)
        Factor of each year in the net present value.
    scale, step : float
        Size of the study and step of the money grid [million].
    abating : tuple of str
        Planned measures that act on sources of emissions.
    own_cost : OwnCost or None
        Works out own carbon cost; None where the study states none.
    """

    settings: Settings
    years: tuple[int, ...]
    scenarios: tuple[str, ...]
    controls: tuple[str, ...]
    conditions: tuple[str, ...]
    models: tuple[str, ...]
    drivers: Mapping[str, PlannedDriver]
    responses: Mapping[str, PlannedResponse]
    items: tuple[PlannedItem, ...]
    costs: tuple[PlannedCost, ...]
    measures: tuple[str, ...]
    occurrence_ties: tuple[Tie, ...]
    severity_ties: tuple[Tie, ...]
    horizons: Mapping[str, slice]
    discount: NDArray[np.float64]
    scale: float
    step: float
    abating: tuple[str, ...] = ()
    own_cost: OwnCost | None = None

    @property
    def carbon_row(self) -> int:
        """Position of own carbon cost among the entities, behind measures, where there is any."""
        return len(self.items) + 2

    @property
    def overlap_row(self) -> int:
        """Position of overlap among the kernel's entities, behind the items."""
        return len(self.items)

    @property
    def measures_row(self) -> int:
        """Position of what measures cost among the kernel's entities."""
        return len(self.items) + 1

    @property
    def entities(self) -> int:
        """Number of the kernel's entities: items, overlap and measures."""
        return len(self.items) + 2

    @property
    def exposed(self) -> tuple[str, ...]:
        """Exposures and revenue lines that an impact falls on, in id order."""
        used = {impact.subject_to for item in self.items for impact in item.impacts}
        return tuple(sorted(name for name in used if name is not None))


def make_plan(study: Study, scenarios: tuple[str, ...] | None = None) -> Plan:
    """Return the plan of a study that has been checked.

    Parameters
    ----------
    study : Study
        A study without faults.
    scenarios : tuple of str, optional
        Scenarios to simulate; the study's own by default. `base_year` is always added, first.
    """
    settings = study.settings
    items = planned_items(study)
    chosen = scenarios if scenarios is not None else settings.scenarios
    simulated = tuple(dict.fromkeys((BASE_YEAR_SCENARIO, *chosen)))
    framed = {item.conditions for item in items}
    conditions = tuple(dict.fromkeys((*simulated, *sorted(framed))))
    drivers, responses, models = _drivers(study)
    scale = money_scale(settings)
    return Plan(
        settings=settings,
        years=settings.years,
        scenarios=simulated,
        controls=(INHERENT, *CONTROLS) if _controls_stated(items) else CONTROLS,
        conditions=conditions,
        models=models,
        drivers=drivers,
        responses=responses,
        items=items,
        costs=planned_costs(study),
        measures=tuple(n for n, one in sorted(study.measures.items()) if one.status == "planned"),
        occurrence_ties=_ties(study, study.dependence.occurrence),
        severity_ties=_ties(study, study.dependence.severity),
        horizons=_horizons(settings),
        discount=_discount(settings),
        scale=scale,
        step=scale * SCALE_TO_STEP,
        abating=tuple(n for n, one in sorted(study.measures.items()) if one.on_sources),
    )


def _controls_stated(items: tuple[PlannedItem, ...]) -> bool:
    """Return whether any effect of an existing control is stated, so that `inherent` differs."""
    return any(CURRENT in one.controls or one.inverse for item in items for one in item.effects)


def _ties(study: Study, groups: tuple[Group, ...]) -> tuple[Tie, ...]:
    """Return the ties among assessed items; the others have no latent to tie."""
    assessed = set(study.assessed)
    kept = (
        group.model_copy(update={"items": tuple(one for one in group.items if one in assessed)})
        for group in groups
    )
    return tuple(planned_tie(tied) for tied in tied_groups(one for one in kept if one.items))


def _horizons(settings: Settings) -> dict[str, slice]:
    first = settings.base_year + 1
    ordered = sorted(settings.horizons.items(), key=lambda pair: pair[1].years)
    return {
        name: slice(horizon.years[0] - first, horizon.years[1] - first + 1)
        for name, horizon in ordered
    }


def _discount(settings: Settings) -> NDArray[np.float64]:
    growth = np.full(len(settings.years), 1.0 + settings.discount_rate.value)
    return np.asarray(1.0 / np.cumprod(growth))


def _drivers(
    study: Study,
) -> tuple[dict[str, PlannedDriver], dict[str, PlannedResponse], tuple[str, ...]]:
    settings = study.settings
    reference = study.scenarios[settings.reference_scenario]
    linked = study.drivers_in_use
    responses = {
        name: PlannedResponse.planned(study.responses[response])
        for name in sorted(linked)
        if (response := reference.drivers[name].response) is not None
    }
    stated = sorted((linked - set(responses)) | {one.parent for one in responses.values()})
    models = next((tuple(sorted(d.models)) for d in reference.drivers.values() if d.models), ())
    drivers = {
        name: plan_driver(
            # all of them, simulated or not: their percentiles limit the draws of each
            {s: one.drivers[name] for s, one in sorted(study.scenarios.items())},
            settings.reference_scenario,
            settings.base_year,
            settings.years,
            models,
            _conversion(settings, name),
        )
        for name in stated
    }
    return drivers, responses, models


def _conversion(settings: Settings, driver: str) -> float:
    stated = settings.conversions.get(driver)
    return 1.0 if stated is None else stated.inflation.value * stated.exchange_rate.value
