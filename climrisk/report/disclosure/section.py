"""The disclosure index as pages of an appendix."""

from __future__ import annotations

from typing import Final, Literal

from climrisk.charts.caption import printable
from climrisk.charts.roles import Role
from climrisk.domain.disclosure import Disclosure
from climrisk.domain.disclosure_standard import Standard
from climrisk.i18n.catalogue import translate
from climrisk.io.disclosure import read_standards
from climrisk.names import Language
from climrisk.report.disclosure.evidence import Evidence, Remark
from climrisk.report.disclosure.status import Index, RowStatus, Status, disclosure_status
from climrisk.report.document import Cell, Column, Paragraph, Section, State, Table
from climrisk.report.run_data import RunData
from climrisk.report.wording import shortened

__all__ = [
    "counts_sentence",
    "disclosure_sections",
    "index_notes",
    "index_section",
    "issuer_sentence",
    "judged_in_force",
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
BLANK: Final = "blank"
MAX_REMARKS: Final = 220
"""Half widths of what is missing in one row of a page; the whole of it stands in the CSV file."""


def disclosure_sections(
    run: RunData, language: Language, stated: Disclosure | None = None
) -> tuple[Section, ...]:
    """Return the disclosure index of a briefing, a section for each standard that matters to it.

    Parameters
    ----------
    run : RunData
    language : {"en", "zh-Hant", "zh-Hans"}
    stated : Disclosure, optional
        What the company states; without it, all of that is blank.

    Returns
    -------
    tuple of Section
        Issuers see the code of the exchange, judged by its first year where their own is earlier;
        others IFRS S2; both the 11 rows of the TCFD.
    """
    evidence = Evidence(run.study, stated, run)
    is_issuer = stated is not None and stated.issuer_tier != "unlisted"
    chosen = ("hkex_2025", "tcfd") if is_issuer else ("ifrs_s2", "tcfd")
    standards = read_standards()
    return tuple(
        index_section(judged_in_force(standards[name], evidence), evidence, language)
        for name in chosen
    )


def judged_in_force(standard: Standard, evidence: Evidence) -> Index:
    """Return the index of the company's own year, or of the standard's first year if that is later.

    A standard that is about to apply is shown with the force that it will have.
    """
    own = disclosure_status(standard, evidence)
    first = min((rule.begins for rule in standard.force), default=own.first_day)
    if own.first_day >= first:
        return own
    year = int(first[:4]) + (first[4:] > own.first_day[4:])
    return disclosure_status(standard, evidence, year=year)


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
            _table(index, language),
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
    sentences = [told[:1].upper() + told[1:]]
    if evidence.stated is None:
        sentences.append(translate("disclosure.index.no_file", language))
    elif evidence.stated.financial_year.begins != index.first_day:
        own = evidence.stated.financial_year.begins
        sentences.append(translate("disclosure.index.own_year", language, day=own))
    return (" " if language == "en" else "").join(sentences)


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


def _table(index: Index, language: Language) -> Table:
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
        title=translate("disclosure.index.table", language),
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
        Column(heads["label"], weight=2.2),
        Column(heads["force"], weight=1.35),
        Column(heads["status"], "state", weight=1.15),
        Column(heads["remarks"], weight=3.6),
    )


def _cells(row: RowStatus, language: Language) -> tuple[Cell, ...]:
    label, force, missing, _ = row_words(row, language)
    return (
        (row.id,),
        (label,),
        (force,),
        status_cell(row.status, language),
        (shortened(missing, MAX_REMARKS),),
    )


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
