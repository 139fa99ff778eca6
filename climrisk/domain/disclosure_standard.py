"""Catalogues of disclosure standards: paragraph ids with labels of our own, never their text."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self, get_args

from pydantic import Field, field_validator, model_validator

from climrisk.domain.base import Identifier, Provenance, Truth
from climrisk.domain.disclosure_answers import Day
from climrisk.domain.text import LocalText, Words
from climrisk.names import LANGUAGES

__all__ = [
    "COMPUTED",
    "Computed",
    "Force",
    "ForceRule",
    "Pillar",
    "ReliefKind",
    "RowId",
    "Standard",
    "StandardRow",
    "Tier",
]

Tier = Literal["large_cap", "main_board", "gem", "unlisted"]
"""Kind of issuer on the Stock Exchange of Hong Kong."""
Force = Literal["mandatory", "comply_or_explain", "voluntary", "not_in_force"]
"""How strongly a row binds an issuer in a financial year."""
Pillar = Literal["governance", "strategy", "risk_management", "metrics_targets", "environment"]
ReliefKind = Literal[
    "reasonable_information", "capabilities", "commercial_sensitivity", "financial_effects"
]
Phase = Literal["scope_1_2", "other", "encouraged", "kpi", "replaced"]
"""Group of rows that come into force together."""
Computed = Literal[
    "register",
    "item_horizons",
    "horizons",
    "evidence",
    "measures",
    "anticipated_position",
    "anticipated_performance",
    "unquantified_reasons",
    "scenarios",
    "scenario_assumptions",
    "scenario_results",
    "likelihood_magnitude",
    "scope_1",
    "scope_2",
    "scope_3",
    "emission_factors",
    "scope_2_location",
    "intensity",
    "energy",
    "targets",
    "target_performance",
    "ghg_target",
    "statement",
]
"""What the study and its run show; `statement` is the answer under the row's own id."""
COMPUTED: Final[tuple[str, ...]] = get_args(Computed)

RowId = Annotated[str, Field(pattern=r"^[A-Z][A-Za-z0-9().-]{0,23}$")]
"""Id of a row, such as `GOV-a`, `S2-16(c)` or `D28`."""
MAX_LABEL: Final = 90
"""Characters of a label; more would be a sentence of somebody's standard."""


class StandardRow(Provenance):
    """One row of a catalogue."""

    pillar: Pillar
    label: LocalText
    """Our own short label, in three languages."""
    phase: Phase = "other"
    crosswalk: tuple[str, ...] = ()
    """Rows of other standards on the same matter, as `standard/row`."""
    needs: Annotated[tuple[str, ...], Field(min_length=1)]
    """What has to be there: names of `Computed`, or fields of `disclosure.yaml`."""
    reliefs: tuple[ReliefKind, ...] = ()
    """Reliefs that may be taken."""
    verified: Truth
    """False where nobody has checked the row against the standard."""

    @field_validator("label")
    @classmethod
    def _short_in_three_languages(cls, label: Words) -> Words:
        for language in LANGUAGES:
            text = label.stated(language)
            if text is None:
                raise ValueError(f"no label in {language}; allowed: en, zh-Hant and zh-Hans")
            if len(text) > MAX_LABEL:
                raise ValueError(f"found {len(text)} characters; allowed: at most {MAX_LABEL}")
        return label


class ForceRule(Provenance):
    """From which day rows bind which issuers how strongly."""

    phase: Phase
    tiers: Annotated[tuple[Tier, ...], Field(min_length=1)]
    begins: Day
    """First day of the financial years concerned; a later rule replaces an earlier one."""
    ends: Day | None = None
    """Financial years that begin on or after this day are no longer concerned."""
    force: Force


class Standard(Provenance):
    """One version of one standard."""

    schema_version: Literal[1] = Field(alias="schema")
    """Version of the file format."""
    id: Identifier
    """Equal to the stem of the file."""
    title: LocalText
    version: LocalText
    """Which text, in force from when."""
    rows: Annotated[dict[RowId, StandardRow], Field(min_length=1)]
    force: tuple[ForceRule, ...] = ()
    """None where no listing rule is recorded: every row is then voluntary."""

    @model_validator(mode="after")
    def _sourced(self) -> Self:
        if self.source is None:
            raise ValueError("no source; allowed: where ids and rules were read")
        return self

    def force_of(self, row: str, tier: Tier, first_day: str) -> Force:
        """Return how strongly a row binds an issuer whose financial year begins on `first_day`.

        Parameters
        ----------
        row : str
            Id of a row.
        tier : Tier
        first_day : str
            Such as `2025-01-01`.

        Returns
        -------
        Force
            By the latest rule that has begun and not ended; `voluntary` where the standard has no
            rule at all or none for the tier, `not_in_force` before and after.
        """
        phase = self.rows[row].phase
        rules = [one for one in self.force if one.phase == phase and tier in one.tiers]
        if not rules:
            return "voluntary"
        begun = [one for one in rules if one.begins <= first_day]
        if not begun:
            return "not_in_force"
        latest = max(begun, key=lambda one: one.begins)
        return "not_in_force" if latest.ends and latest.ends <= first_day else latest.force
