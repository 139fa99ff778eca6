"""The status of each row of a standard, from what study, answers and run show."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from climrisk.domain.disclosure import Relief
from climrisk.domain.disclosure_standard import Force, Standard, StandardRow, Tier
from climrisk.domain.text import Words
from climrisk.report.disclosure import from_inventory, from_run, from_study
from climrisk.report.disclosure.evidence import Evidence, Found, Remark, Term
from climrisk.report.disclosure.from_answers import find_answer, find_statement

__all__ = ["FINDERS", "Index", "RowStatus", "Status", "disclosure_status"]

Status = Literal["done", "partial", "missing", "none_stated", "relief", "not_applicable"]

FINDERS: Final[Mapping[str, Callable[[Evidence], Found]]] = {
    "register": from_study.find_register,
    "item_horizons": from_study.find_item_horizons,
    "horizons": from_study.find_horizons,
    "evidence": from_study.find_evidence,
    "measures": from_study.find_measures,
    "scenarios": from_study.find_scenarios,
    "scenario_assumptions": from_study.find_scenario_assumptions,
    "unquantified_reasons": from_study.find_unquantified_reasons,
    "anticipated_position": from_run.find_anticipated_position,
    "anticipated_performance": from_run.find_anticipated_performance,
    "scenario_results": from_run.find_scenario_results,
    "likelihood_magnitude": from_run.find_likelihood_magnitude,
    "scope_1": from_inventory.find_scope_1,
    "scope_2": from_inventory.find_scope_2,
    "scope_3": from_inventory.find_scope_3,
    "emission_factors": from_inventory.find_emission_factors,
    "scope_2_location": from_inventory.find_scope_2_location,
    "intensity": from_inventory.find_intensity,
    "energy": from_inventory.find_energy,
    "targets": from_inventory.find_targets,
    "target_performance": from_inventory.find_target_performance,
    "ghg_target": from_inventory.find_ghg_target,
}
"""What looks for each computed need; `statement` depends on the row."""


@dataclass(frozen=True)
class RowStatus:
    """Where one row stands.

    Attributes
    ----------
    id : str
    row : StandardRow
    force : Force
        How strongly it binds the issuer in its financial year.
    status : Status
    remarks : tuple of Remark
        What is missing, why a relief is taken, what a reader should know.
    outputs : tuple of str
        Files of a run folder that hold what is there.
    sources : tuple of str
        Publications in which the company's answers stand.
    answers : tuple of Words
        The company's answers in its own words.
    """

    id: str
    row: StandardRow
    force: Force
    status: Status
    remarks: tuple[Remark, ...]
    outputs: tuple[str, ...]
    sources: tuple[str, ...]
    answers: tuple[Words, ...]


@dataclass(frozen=True)
class Index:
    """All rows of one standard.

    Attributes
    ----------
    standard : Standard
    tier : Tier
    first_day : str
        Of the financial year by which force was judged.
    rows : tuple of RowStatus
    """

    standard: Standard
    tier: Tier
    first_day: str
    rows: tuple[RowStatus, ...]

    def count(self, status: Status) -> int:
        """Return how many rows have a status."""
        return sum(row.status == status for row in self.rows)


def disclosure_status(standard: Standard, evidence: Evidence, *, year: int | None = None) -> Index:
    """Return where every row of a standard stands.

    Parameters
    ----------
    standard : Standard
    evidence : Evidence
    year : int, optional
        Calendar year in which the financial year begins, for the force of the rows; by default
        that of `disclosure.yaml`, or the study's base year where there is no such file.

    Returns
    -------
    Index
        A row is `done` where every need is met; `none_stated` where the company answers its needs
        with none; `partial` where some are met; `missing` where none is. A relief stands instead
        of `partial` or `missing`, and so does that the row does not apply.
    """
    tier, begins = _issuer(evidence)
    first_day = begins if year is None else _in_year(begins, year)
    rows = tuple(
        _row(name, row, standard.force_of(name, tier, first_day), evidence)
        for name, row in standard.rows.items()
    )
    return Index(standard, tier, first_day, rows)


def _in_year(day: str, year: int) -> str:
    """Return the same day of another year; 29 February is 1 March in one without it."""
    leapless = day[4:] == "-02-29" and not isleap(year)
    return f"{year}-03-01" if leapless else f"{year}{day[4:]}"


def _issuer(evidence: Evidence) -> tuple[Tier, str]:
    """Return the tier of the issuer and the first day of its financial year."""
    if evidence.stated is None:
        return "unlisted", f"{evidence.study.settings.base_year}-01-01"
    return evidence.stated.issuer_tier, evidence.stated.financial_year.begins


def _row(name: str, row: StandardRow, force: Force, evidence: Evidence) -> RowStatus:
    found = [_found(need, name, evidence) for need in row.needs]
    status, excuse = _excused(name, _combined(found), evidence)
    return RowStatus(
        name,
        row,
        force,
        status,
        remarks=tuple(dict.fromkeys((*excuse, *_missing_first(found)))),
        outputs=tuple(dict.fromkeys(output for one in found for output in one.outputs)),
        sources=tuple(dict.fromkeys(one.where for one in found if one.where)),
        answers=tuple(one.answer for one in found if one.answer is not None),
    )


def _found(need: str, row: str, evidence: Evidence) -> Found:
    if need == "statement":
        return find_statement(evidence, row)
    return FINDERS[need](evidence) if need in FINDERS else find_answer(evidence, need)


def _missing_first(found: list[Found]) -> list[Remark]:
    """Return what is missing, then what a reader should know of what is there."""
    ordered = sorted(found, key=lambda one: one.state not in ("lack", "part"))
    return [remark for one in ordered for remark in one.remarks]


def _combined(found: Iterable[Found]) -> Status:
    states = {one.state for one in found}
    if states == {"none"}:
        return "none_stated"
    if states <= {"have", "none"}:
        return "done"
    return "missing" if states == {"lack"} else "partial"


def _excused(name: str, status: Status, evidence: Evidence) -> tuple[Status, tuple[Remark, ...]]:
    """Put a relief, or that the row does not apply, in the place of what is not done."""
    stated = evidence.stated
    if stated is None or status in ("done", "none_stated"):
        return status, ()
    for one in stated.not_applicable:
        if one.row == name:
            return "not_applicable", (Remark("reason", (("reason", one.reason),)),)
    taken = tuple(
        Remark(
            "relief", (("relief", Term(f"disclosure.relief.{one.relief}")), ("reason", one.reason))
        )
        for one in stated.reliefs
        if name in one.rows
    )
    return ("relief", taken) if taken else (status, ())


def _relief(taken: Relief) -> Remark:
    named = Term(f"disclosure.relief.{taken.relief}")
    return Remark("relief", (("relief", named), ("reason", taken.reason)))
