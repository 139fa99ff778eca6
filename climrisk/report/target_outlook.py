"""What a run says about each target: base, latest figure, forecast, chance, status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from climrisk.domain.target import IN_WORDS, Target
from climrisk.names import CURRENT
from climrisk.report.run_data import Cited, RunData

__all__ = ["PAST", "Outlook", "past_figure", "target_chance", "target_outlook"]

PAST: Final = ("reported", "recalculated")
"""Bases of a past year's figure, the company's own first."""


@dataclass(frozen=True)
class Outlook:
    """One target in one scenario under current controls.

    Attributes
    ----------
    target : Target
    due : mapping of column to Cited, or None
        The row of its year; None where that year is not simulated or nothing is measured.
    status : str
        `on_track`, `at_risk`, `off_track`, or empty where there is none.
    """

    target: Target
    due: dict[str, Cited] | None
    status: str

    @property
    def chance(self) -> Cited:
        """Chance of meeting it as stated, where it is due in a simulated year."""
        return (self.due or {})["probability_met_stated"]


def target_outlook(run: RunData, scenario: str, name: str) -> Outlook:
    """Return the outlook of one target."""
    target = run.study.targets[name]
    address = _due(run, scenario, name)
    if address is None:
        return Outlook(target, None, "")
    columns = (
        "projected_p5",
        "projected_p50",
        "projected_p95",
        "probability_met_stated",
        "probability_met_unrounded",
        "limit",
    )
    due = {column: run.cite("targets.csv", column, **address) for column in columns}
    return Outlook(target, due, run.text("targets.csv", "status", **address))


def target_chance(run: RunData, scenario: str, name: str) -> Cited | None:
    """Return the chance of meeting a target as stated in its year; None where it has none."""
    if name not in run.study.targets:
        return None
    address = _due(run, scenario, name)
    if address is None:
        return None
    return run.cite("targets.csv", "probability_met_stated", **address)


def past_figure(run: RunData, name: str) -> tuple[str, str, Cited] | None:
    """Return year, basis and figure of the latest past year; None where there is none."""
    if not run.has_table("targets.csv"):
        return None
    rows = run.table("targets.csv")
    past = rows[(rows["target"] == name) & (rows["scenario"] == "") & rows["basis"].isin(PAST)]
    past = past[past["base_value"].notna() & (past["year"] != "")]
    if past.empty:
        return None
    year = max(past["year"], key=int)
    for basis in PAST:
        address = {"target": name, "scenario": "", "control": "", "year": year, "basis": basis}
        if run.has("targets.csv", **address):
            return year, basis, run.cite("targets.csv", "base_value", **address)
    return None


def _due(run: RunData, scenario: str, name: str) -> dict[str, object] | None:
    target = run.study.targets[name]
    if target.kind in IN_WORDS or target.target_year is None or not run.has_table("targets.csv"):
        return None
    address: dict[str, object] = {
        "target": name,
        "scenario": scenario,
        "control": CURRENT,
        "year": target.target_year,
        "basis": "projected",
    }
    return address if run.has("targets.csv", **address) else None
