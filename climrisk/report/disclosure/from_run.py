"""What a run shows: effects by line and horizon, scenarios side by side, the matrix."""

from __future__ import annotations

from climrisk.names import Channel
from climrisk.report.disclosure.evidence import Evidence, Found, Remark, have, lack, part

__all__ = [
    "find_anticipated_performance",
    "find_anticipated_position",
    "find_likelihood_magnitude",
    "find_scenario_results",
]

SUMMARY = "summary.csv"


def find_anticipated_performance(evidence: Evidence) -> Found:
    """Look for simulated revenue and operating cost by horizon."""
    return _effects(evidence, ("revenue", "operating_cost"), "no_performance_effects")


def find_anticipated_position(evidence: Evidence) -> Found:
    """Look for simulated changes of asset values by horizon."""
    return _effects(evidence, ("asset_value",), "no_position_effects")


def _effects(evidence: Evidence, channels: tuple[Channel, ...], absent: str) -> Found:
    assessed = evidence.study.assessed
    touched = {one.channel for item in assessed.values() for one in item.impact.values()}
    if not assessed:
        return lack("nothing_assessed")
    if not touched.intersection(channels):
        return lack(absent)
    return _of_run(evidence, SUMMARY)


def find_scenario_results(evidence: Evidence) -> Found:
    """Look for results of two scenarios or more."""
    if not evidence.study.assessed:
        return lack("nothing_assessed")
    if evidence.run is None:
        return lack("needs_run")
    if len(evidence.run.scenarios) < 2:
        return part(SUMMARY, key="one_scenario_run")
    return have(SUMMARY, "differences.csv")


def find_likelihood_magnitude(evidence: Evidence) -> Found:
    """Look for likelihood and size of every item."""
    return _of_run(evidence, "matrix.csv") if evidence.study.assessed else lack("nothing_assessed")


def _of_run(evidence: Evidence, output: str) -> Found:
    """Return what a run shows of every item, if there is one."""
    if evidence.run is None:
        return lack("needs_run")
    unassessed = tuple(evidence.study.not_assessed)
    if unassessed:
        return part(output, key="not_assessed", items=unassessed)
    convergence = evidence.run.record.get("convergence") or {}
    enough = bool(convergence.get("enough", True))
    return have(output, remarks=() if enough else (Remark("too_few_draws"),))
