"""A board briefing out of one run folder: six pages and an appendix, without any format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from climrisk.domain.approval import Approval
from climrisk.domain.briefing import Briefing
from climrisk.io.briefing_file import read_briefing
from climrisk.names import Language
from climrisk.report.annual_means import annual_means
from climrisk.report.approval import approval_of, content_hash
from climrisk.report.blocks.decisions import decisions_section
from climrisk.report.blocks.disclosures import disclosure_appendix, untranslated_answers
from climrisk.report.blocks.items import items_section
from climrisk.report.blocks.limits import limits_section
from climrisk.report.blocks.matters import matters_section
from climrisk.report.blocks.method import glossary_section, method_section
from climrisk.report.blocks.narrative import Drift, drifts
from climrisk.report.blocks.pictures import matrix_section, pictures_section
from climrisk.report.blocks.record import record_section, run_stamp
from climrisk.report.blocks.scenarios import scenarios_section
from climrisk.report.blocks.summary import summary_section
from climrisk.report.changes import Changes, compared
from climrisk.report.document import PAGE, Document, Section
from climrisk.report.focus import chosen_world
from climrisk.report.run_data import RunData
from climrisk.report.untranslated import untranslated_texts
from climrisk.report.wording import Wording

__all__ = ["MOST_PAGES", "Paper", "briefing", "paper"]

MOST_PAGES: Final = 6
WRITERS: Final = ("page", "appendix", "contents", "draft", "source", "trace")


@dataclass(frozen=True, eq=False)
class Paper:
    """A briefing, and what stands in the way of its approval.

    Attributes
    ----------
    document : Document
    content : str
        SHA-256 of what it says.
    drifts : tuple of Drift
        Figures in the study's own sentences that moved.
    untranslated : tuple of str
        Texts that have no translation into the paper's language.
    """

    document: Document
    content: str
    drifts: tuple[Drift, ...]
    untranslated: tuple[str, ...]

    @property
    def obstacles(self) -> list[str]:
        """Why it cannot be approved, a line each; empty where it can."""
        moved = [
            f"{one.place}: the text cites {one.cited}, the run says {one.found}"
            for one in self.drifts
        ]
        language = self.document.language
        return [*moved, *(f"no text in {language}: {text}" for text in self.untranslated)]


def briefing(
    run: RunData,
    language: Language,
    *,
    since: RunData | None = None,
    approvals: Sequence[Approval] = (),
) -> Document:
    """Return the briefing of a run; see `paper`."""
    return paper(run, language, since=since, approvals=approvals).document


def paper(
    run: RunData,
    language: Language,
    *,
    since: RunData | None = None,
    approvals: Sequence[Approval] = (),
) -> Paper:
    """Write the briefing of a run in one language.

    Parameters
    ----------
    run : RunData
    language : {"en", "zh-Hant", "zh-Hans"}
    since : RunData, optional
        Earlier run; what changed since is told.
    approvals : sequence of Approval, optional
        Log of the run; the one of this very content takes away the word DRAFT.

    Returns
    -------
    Paper

    Raises
    ------
    RunFolderError
        If the run lacks a part, or cannot be compared with the earlier one.
    InvalidStudyError
        If the run's `briefing.yaml` has faults.
    """
    stated = read_briefing(run.folder, run.study)
    words = Wording(run, stated, language)
    moved = drifts(words)
    missing = untranslated_texts(run.study, stated, run.scenarios, language)
    missing += untranslated_answers(words)
    document = Document(
        title=_title(words),
        company=words.text(run.study.settings.company.name, 90),
        facts=_facts(words),
        sections=_sections(words, since, moved, missing),
        stamp=run_stamp(words, None),
        language=language,
        words={name: words.word(f"writer.{name}", page=PAGE) for name in WRITERS},
        means=(partial(annual_means, words, chosen_world(run, stated)),),
    )
    content = content_hash(document)
    approval = approval_of(approvals, language, content)
    stamped = replace(document, stamp=run_stamp(words, approval))
    return Paper(stamped, content, tuple(moved), tuple(missing))


def _sections(
    words: Wording, since: RunData | None, moved: list[Drift], missing: list[str]
) -> tuple[Section, ...]:
    world = chosen_world(words.run, words.stated)
    changes: Changes | None = None if since is None else compared(words.run, since, world)
    pages = (
        summary_section(words, world, changes),
        matrix_section(words, world),
        items_section(words, world, changes),
        scenarios_section(words, world),
        decisions_section(words, world),
        limits_section(words, world, moved, missing, since is not None),
    )
    appendix = (
        pictures_section(words, world),
        matters_section(words, world),
        *disclosure_appendix(words),
        method_section(words),
        glossary_section(words),
        record_section(words),
    )
    return (*pages, *(one for one in appendix if one is not None))


def _title(words: Wording) -> str:
    stated = words.stated.title
    return words.word("title") if stated is None else words.text(stated, 120)


def _facts(words: Wording) -> tuple[tuple[str, str], ...]:
    """Return the lines of the cover."""
    stated: Briefing = words.stated
    owner = words.word("fact.no_owner") if stated.owner is None else words.text(stated.owner, 90)
    return (
        (words.word("fact.study"), words.text(words.run.study.settings.title, 90)),
        (words.word("fact.date"), words.day(words.run.date)),
        (words.word("fact.owner"), owner),
        (words.word("fact.purpose"), words.word(f"purpose.{stated.aim}")),
    )
