"""The appendix for reporting: anticipated financial effects, and the disclosure index."""

from __future__ import annotations

from collections.abc import Iterator

from climrisk.domain.disclosure import Disclosure, stated_answers
from climrisk.domain.text import Words
from climrisk.io.disclosure import read_disclosure
from climrisk.report.anticipated_effects import anticipated_effects
from climrisk.report.disclosure.section import disclosure_sections
from climrisk.report.document import Section
from climrisk.report.wording import Wording

__all__ = ["disclosure_appendix", "untranslated_answers"]


def disclosure_appendix(words: Wording) -> tuple[Section, ...]:
    """Return the sections of the appendix that a report's authors take their figures from.

    Raises
    ------
    InvalidStudyError
        If the run's `disclosure.yaml` has faults.
    """
    stated = read_disclosure(words.run.folder, words.run.study)
    index = disclosure_sections(words.run, words.language, stated)
    return (*anticipated_effects(words, stated), *index)


def untranslated_answers(words: Wording) -> list[str]:
    """Return what these sections print in another language than the paper's, each once."""
    stated = read_disclosure(words.run.folder, words.run.study)
    printed = [] if stated is None else _printed(stated)
    foreign = [text.best() for text in printed if text.stated(words.language) is None]
    return list(dict.fromkeys(foreign))


def _printed(stated: Disclosure) -> Iterator[Words]:
    answers = [answer for _, answer in stated_answers(stated)]
    for answer in (*answers, *stated.statements.values()):
        if answer.missing is not None:
            yield answer.missing
    if stated.strategy.financing is not None and stated.strategy.financing.text is not None:
        yield stated.strategy.financing.text
    yield from (one.reason for one in stated.reliefs)
    yield from (one.reason for one in stated.not_applicable)
