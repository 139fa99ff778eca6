"""The disclosure index in words: counts, force, what is missing, where it stands."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from climrisk.charts.caption import printable
from climrisk.charts.roles import Role
from climrisk.i18n.catalogue import translate
from climrisk.i18n.dates import written_day
from climrisk.names import Language
from climrisk.report.disclosure.evidence import Evidence, Remark
from climrisk.report.disclosure.status import Index, RowStatus, Status
from climrisk.report.document import State

__all__ = ["counts_sentence", "index_notes", "issuer_sentence", "row_words", "status_cell"]

Icon = Literal["tick", "triangle", "cross", "dash"]
STATES: Final[dict[Status, tuple[Icon, Role | None]]] = {
    "done": ("tick", "on_track"),
    "partial": ("triangle", "at_risk"),
    "missing": ("cross", "off_track"),
    "none_stated": ("dash", None),
    "relief": ("dash", None),
    "not_applicable": ("dash", None),
}
CAVEATS: Final = ("meaning", "licence")
"""What an index is not."""
BLANK: Final = "blank"
"""Remark of a field that is left out; all of a row are told in one sentence."""


def counts_sentence(index: Index, language: Language) -> str:
    """Return how many rows have each status."""
    counted = [
        translate(
            "disclosure.index.count",
            language,
            count=index.count(status),
            status=translate(f"disclosure.status.{status}", language),
        )
        for status in STATES
        if index.count(status)
    ]
    joined = translate("disclosure.between", language).join(counted)
    return translate("disclosure.index.counts", language, count=len(index.rows), counts=joined)


def issuer_sentence(index: Index, evidence: Evidence, language: Language) -> str:
    """Return for whom and when force was judged, and whether the company has answered at all."""
    tier = translate(f"disclosure.tier.{index.tier}", language)
    first = written_day(date.fromisoformat(index.first_day), language)
    told = translate("disclosure.index.issuer", language, tier=tier, day=first)
    sentences = [told[:1].upper() + told[1:]]
    if evidence.stated is None:
        sentences.append(translate("disclosure.index.no_file", language))
    elif evidence.stated.financial_year.begins != index.first_day:
        own = written_day(date.fromisoformat(evidence.stated.financial_year.begins), language)
        sentences.append(translate("disclosure.index.own_year", language, day=own))
    return (" " if language == "en" else "").join(sentences)


def index_notes(index: Index, language: Language) -> list[str]:
    """Return version, how many rows nobody has checked, and what the index is not."""
    unchecked = sum(not row.row.verified for row in index.rows)
    notes = [
        translate(
            "disclosure.index.version", language, version=index.standard.version.best(language)
        )
    ]
    if unchecked:
        told = {"count": unchecked, "all": len(index.rows)}
        notes.append(translate("disclosure.index.unverified", language, **told))
    return [*notes, *(translate(f"disclosure.index.{key}", language) for key in CAVEATS)]


def row_words(row: RowStatus, language: Language) -> tuple[str, str, str, str]:
    """Return label, force, what is missing, and where it stands, in words."""
    after = "; " if language == "en" else "；"
    return (
        printable(row.row.label.best(language)),
        translate(f"disclosure.force.{row.force}", language),
        after.join(_sentences(row.remarks, language)),
        after.join(printable(one) for one in (*row.outputs, *row.sources)),
    )


def _sentences(remarks: tuple[Remark, ...], language: Language) -> list[str]:
    """Return remarks in words; all that is blank in one sentence, where the first of it stands."""
    blank = [one for one in remarks if one.key == BLANK]
    others = [one for one in remarks if one.key != BLANK or one is blank[0]]
    between = translate("disclosure.between", language)
    needs = between.join(str(one.fields(language)["need"]) for one in blank)
    return [
        translate(f"disclosure.remark.{BLANK}", language, need=needs)
        if one.key == BLANK
        else one.text(language)
        for one in others
    ]


def status_cell(status: Status, language: Language) -> State:
    """Return a status as word, icon and colour."""
    icon, role = STATES[status]
    return State(translate(f"disclosure.status.{status}", language), icon, role)
