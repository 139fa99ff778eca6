"""The disclosure index as pages of an appendix."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from climrisk.charts.caption import printable
from climrisk.domain.disclosure import Disclosure
from climrisk.domain.disclosure_standard import Standard
from climrisk.i18n.catalogue import translate
from climrisk.io.disclosure import read_standards
from climrisk.names import Language
from climrisk.report.disclosure.evidence import Evidence
from climrisk.report.disclosure.index_words import (
    counts_sentence,
    index_notes,
    issuer_sentence,
    row_words,
    status_cell,
)
from climrisk.report.disclosure.status import Index, RowStatus, disclosure_status
from climrisk.report.document import Block, Cell, Column, Paragraph, Section, Table
from climrisk.report.run_data import RunData
from climrisk.report.wording import shortened

__all__ = ["disclosure_sections", "index_sections", "judged_in_force"]

MAX_REMARKS: Final = 220
"""Half widths of what is missing in one row of a page; the whole of it stands in the CSV file."""
MAX_ROWS: Final = 17
"""Rows of a standard on one page."""


@dataclass(frozen=True)
class _Page:
    """Some rows of an index: the `number`th of `count` pages."""

    index: Index
    rows: tuple[RowStatus, ...]
    number: int
    count: int


def disclosure_sections(
    run: RunData, language: Language, stated: Disclosure | None = None
) -> tuple[Section, ...]:
    """Return the disclosure index of a briefing, for the standards that matter to it.

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
    indexes = (judged_in_force(standards[name], evidence) for name in chosen)
    return tuple(section for one in indexes for section in index_sections(one, evidence, language))


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


def index_sections(index: Index, evidence: Evidence, language: Language) -> tuple[Section, ...]:
    """Return one standard's rows as sections of the appendix, each of a page.

    Parameters
    ----------
    index : Index
        As `disclosure_status` returns it.
    evidence : Evidence
        What it was judged by.
    language : {"en", "zh-Hant", "zh-Hans"}
    """
    chunks = _chunks(index.rows)
    pages = [_Page(index, rows, one, len(chunks)) for one, rows in enumerate(chunks, 1)]
    return tuple(_section(page, evidence, language) for page in pages)


def _chunks(rows: Iterable[RowStatus]) -> list[tuple[RowStatus, ...]]:
    """Return rows page by page; a pillar goes to the next page rather than over two."""
    chunks: list[tuple[RowStatus, ...]] = [()]
    for _, group in groupby(rows, key=lambda row: row.row.pillar):
        own = tuple(group)
        if chunks[-1] and len(chunks[-1]) + len(own) > MAX_ROWS:
            chunks.append(())
        chunks[-1] += own[:MAX_ROWS]
        rest = own[MAX_ROWS:]
        chunks += [rest[at : at + MAX_ROWS] for at in range(0, len(rest), MAX_ROWS)]
    return chunks


def _section(page: _Page, evidence: Evidence, language: Language) -> Section:
    standard = printable(page.index.standard.title.best(language))
    title = translate("disclosure.index.title", language, standard=standard)
    blocks: tuple[Block, ...] = (_table(page, language),)
    if page.number == 1:
        counted = Paragraph((counts_sentence(page.index, language),), "lead")
        issuer = Paragraph((issuer_sentence(page.index, evidence, language),))
        blocks = (counted, issuer, *blocks)
    return Section(
        name=f"disclosure_{page.index.standard.id}{_suffix(page)}",
        title=title if page.count == 1 else f"{title} · {_pillars(page, language)}",
        blocks=blocks,
        language=language,
        appendix=True,
    )


def _pillars(page: _Page, language: Language) -> str:
    names = dict.fromkeys(row.row.pillar for row in page.rows)
    words = (translate(f"disclosure.pillar.{name}", language) for name in names)
    return translate("disclosure.between", language).join(words)


def _suffix(page: _Page) -> str:
    return "" if page.number == 1 else f"_{page.number}"


def _table(page: _Page, language: Language) -> Table:
    rows: list[tuple[Cell, ...]] = []
    groups: list[int] = []
    for pillar, group in groupby(page.rows, key=lambda row: row.row.pillar):
        groups.append(len(rows))
        rows.append(((translate(f"disclosure.pillar.{pillar}", language),), (), (), ()))
        rows += [_cells(row, language) for row in group]
    is_last = page.number == page.count
    notes = index_notes(page.index, language) if is_last else []
    return Table(
        name=f"index_{page.index.standard.id}{_suffix(page)}",
        title=translate("disclosure.index.table", language),
        columns=_columns(language),
        rows=tuple(rows),
        notes=tuple((note,) for note in notes),
        groups=tuple(groups),
    )


def _columns(language: Language) -> tuple[Column, ...]:
    heads = {
        name: translate(f"disclosure.index.head.{name}", language)
        for name in ("subject", "force", "status", "remarks")
    }
    return (
        Column(heads["subject"], weight=2.9),
        Column(heads["force"], weight=1.35),
        Column(heads["status"], "state", weight=1.15),
        Column(heads["remarks"], weight=3.6),
    )


def _cells(row: RowStatus, language: Language) -> tuple[Cell, ...]:
    label, force, missing, _ = row_words(row, language)
    told = shortened(missing, MAX_REMARKS)
    return (f"{row.id} {label}",), (force,), status_cell(row.status, language), (told,)
