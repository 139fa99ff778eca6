"""The disclosure index as pages of an appendix."""

from __future__ import annotations

from typing import Final, Literal

from climrisk.charts.caption import printable
from climrisk.charts.roles import Role
from climrisk.i18n.catalogue import translate
from climrisk.names import Language
from climrisk.report.disclosure.evidence import Evidence
from climrisk.report.disclosure.status import Index, RowStatus, Status
from climrisk.report.document import Cell, Column, Paragraph, Section, State, Table

__all__ = [
    "counts_sentence",
    "index_notes",
    "index_section",
    "issuer_sentence",
    "row_words",
    "status_cell",
]

Icon = Literal["tick", "triangle", "cross", "dash"]
STATES: Final[dict[Status, tuple[Icon, Role | None]]] = {
    "done": ("tick", "on_track"),
    "partial": ("triangle", "at_risk"),
    "missing": ("cross", "off_track"),
    "none_stated": ("dash", None),
    "relief": ("dash", None),
    "not_applicable": ("dash", None),
}
MAX_REMARKS: Final = 150
"""Characters of what is missing in one row of a page; the whole of it stands in the CSV file."""


def index_section(index: Index, evidence: Evidence, language: Language) -> Section:
    """Return one standard's rows as a section of the appendix.

    Parameters
    ----------
    index : Index
        As `disclosure_status` returns it.
    evidence : Evidence
        What it was judged by.
    language : {"en", "zh-Hant", "zh-Hans"}
    """
    standard = printable(index.standard.title.best(language))
    return Section(
        name=f"disclosure_{index.standard.id}",
        title=translate("disclosure.index.title", language, standard=standard),
        blocks=(
            Paragraph((counts_sentence(index, language),), "lead"),
            Paragraph((issuer_sentence(index, evidence, language),)),
            _table(index, standard, language),
        ),
        language=language,
        appendix=True,
    )


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
    told = translate("disclosure.index.issuer", language, tier=tier, day=index.first_day)
    sentence = told[:1].upper() + told[1:]
    if evidence.stated is not None:
        return sentence
    gap = " " if language == "en" else ""
    return f"{sentence}{gap}{translate('disclosure.index.no_file', language)}"


def row_words(row: RowStatus, language: Language) -> tuple[str, str, str, str]:
    """Return label, force, what is missing, and where it stands, in words."""
    after = "; " if language == "en" else "；"
    return (
        printable(row.row.label.best(language)),
        translate(f"disclosure.force.{row.force}", language),
        after.join(remark.text(language) for remark in row.remarks),
        after.join(printable(one) for one in (*row.outputs, *row.sources)),
    )


def status_cell(status: Status, language: Language) -> State:
    """Return a status as word, icon and colour."""
    icon, role = STATES[status]
    return State(translate(f"disclosure.status.{status}", language), icon, role)


def _table(index: Index, standard: str, language: Language) -> Table:
    rows: list[tuple[Cell, ...]] = []
    groups: list[int] = []
    for row in index.rows:
        pillar = translate(f"disclosure.pillar.{row.row.pillar}", language)
        if (pillar,) not in [rows[place][0] for place in groups]:
            groups.append(len(rows))
            rows.append(((pillar,), (), (), (), ()))
        rows.append(_cells(row, language))
    return Table(
        name=f"index_{index.standard.id}",
        title=translate("disclosure.index.table", language, standard=standard),
        columns=_columns(language),
        rows=tuple(rows),
        notes=tuple((note,) for note in index_notes(index, language)),
        groups=tuple(groups),
    )


def _columns(language: Language) -> tuple[Column, ...]:
    heads = {
        name: translate(f"disclosure.index.head.{name}", language)
        for name in ("row", "label", "force", "status", "remarks")
    }
    return (
        Column(heads["row"], weight=0.7),
        Column(heads["label"], weight=1.9),
        Column(heads["force"], weight=1.0),
        Column(heads["status"], "state", weight=0.9),
        Column(heads["remarks"], weight=3.5),
    )


def _cells(row: RowStatus, language: Language) -> tuple[Cell, ...]:
    label, force, missing, _ = row_words(row, language)
    return ((row.id,), (label,), (force,), status_cell(row.status, language), (_short(missing),))


def _short(text: str) -> str:
    return text if len(text) <= MAX_REMARKS else f"{text[: MAX_REMARKS - 1].rstrip()}…"


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
    return [*notes, translate("disclosure.index.licence", language)]
