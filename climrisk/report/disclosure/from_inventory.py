"""What inventory and targets show: emissions by scope, factors, energy, targets."""

from __future__ import annotations

from collections.abc import Callable

from climrisk.domain.target import IN_WORDS, Target
from climrisk.ghg.account import Account, account
from climrisk.ghg.energy import energy_use
from climrisk.report.disclosure.evidence import (
    Evidence,
    Found,
    Remark,
    have,
    lack,
    none_stated,
    part,
)

__all__ = [
    "find_emission_factors",
    "find_energy",
    "find_ghg_target",
    "find_intensity",
    "find_scope_1",
    "find_scope_2",
    "find_scope_2_location",
    "find_scope_3",
    "find_target_performance",
    "find_targets",
]

EMISSIONS = "emissions.csv"
TARGETS = "targets.csv"


def _account(evidence: Evidence) -> Account:
    return account(evidence.study, evidence.inventory_year)


def find_scope_1(evidence: Evidence) -> Found:
    """Look for gross emissions of scope 1 on a line of their own."""
    return _scope(evidence, "1")


def find_scope_2(evidence: Evidence) -> Found:
    """Look for gross emissions of scope 2 on a line of their own."""
    return _scope(evidence, "2")


def _scope(evidence: Evidence, scope: str) -> Found:
    found = _account(evidence).emissions
    total = found.total(scope)
    is_combined = found.reported is not None
    if total.value is None:
        return part(EMISSIONS, key="combined_only") if is_combined else lack("no_emissions")
    if is_combined:
        return part(EMISSIONS, key="combined_reported")
    if total.lacking:
        return part(EMISSIONS, key="no_factor", items=total.lacking)
    return have(EMISSIONS)


def find_scope_3(evidence: Evidence) -> Found:
    """Look for gross emissions of scope 3, by category."""
    found = _account(evidence).emissions
    total = found.total("3")
    if total.value is None:
        return lack("no_scope_3")
    if total.lacking:
        return part(EMISSIONS, key="no_factor", items=total.lacking)
    unsorted = tuple(one.row.source_id for one in found.of("3") if one.row.category is None)
    return part(EMISSIONS, key="no_category", items=unsorted) if unsorted else have(EMISSIONS)


def find_emission_factors(evidence: Evidence) -> Found:
    """Look for named factor sets that every line can rest on."""
    found = _account(evidence).emissions
    used = [line.factor for line in found.lines if line.factor is not None]
    if not used:
        return lack("no_factors")
    lacking = found.total("1", "2", "3").lacking
    if lacking:
        return part(EMISSIONS, key="no_factor", items=lacking)
    unchecked = tuple(sorted({one.set_id for one in used if one.verified is False}))
    remarks = (Remark("unverified_factors", (("items", unchecked),)),) if unchecked else ()
    return have(EMISSIONS, "run.json", remarks=remarks)


def find_scope_2_location(evidence: Evidence) -> Found:
    """Look for scope 2 by location."""
    lines = [one for one in _account(evidence).emissions.of("2") if one.factor is not None]
    return have(EMISSIONS) if lines else lack("no_scope_2_location")


def find_intensity(evidence: Evidence) -> Found:
    """Look for an intensity of emissions."""
    stated = evidence.study.settings.intensities.values()
    is_there = any(one.scope is not None for one in stated)
    return have("study.json") if is_there else lack("no_intensity")


def find_energy(evidence: Evidence) -> Found:
    """Look for energy by source, all of it in kWh."""
    used = energy_use(_account(evidence))
    if used.total is None:
        return lack("no_energy")
    if used.without:
        return part(EMISSIONS, key="no_heat_value", items=used.without)
    return have(EMISSIONS)


def find_targets(evidence: Evidence) -> Found:
    """Look for targets, or the statement that there are none."""
    return _of_targets(evidence, lambda target: True, "no_targets")


def find_ghg_target(evidence: Evidence) -> Found:
    """Look for a target on greenhouse gas emissions that can be measured."""
    return _of_targets(evidence, _is_on_emissions, "no_ghg_target")


def find_target_performance(evidence: Evidence) -> Found:
    """Look for a year after the base year in which targets can be judged."""
    found = _of_targets(evidence, _is_measured, "no_measured_target")
    if found.state != "have":
        return found
    latest = max((row.year for row in evidence.study.inventory), default=0)
    bases = [one.base_year or 0 for one in evidence.study.targets.values() if _is_measured(one)]
    return part(TARGETS, key="base_year_only") if latest <= min(bases) else found


def _is_measured(target: Target) -> bool:
    return target.kind not in IN_WORDS


def _is_on_emissions(target: Target) -> bool:
    return _is_measured(target) and target.scope is not None


def _of_targets(evidence: Evidence, counts: Callable[[Target], bool], absent: str) -> Found:
    stated = [one for one in evidence.study.targets.values() if one.kind != "none"]
    if any(counts(one) for one in stated):
        return have(TARGETS)
    declined = [one for one in evidence.study.targets.values() if one.kind == "none"]
    if declined and not stated:
        return none_stated("targets", TARGETS, declined[0].source or "")
    return lack(absent)
