"""One paper in two languages: each page in the first, then in the second."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from climrisk.i18n import translate
from climrisk.names import Language
from climrisk.report.document import Block, Document, Picture, Section, Stamp, Table

__all__ = ["bilingual"]


def bilingual(first: Document, second: Document, prevailing: Language) -> Document:
    """Return both papers as one.

    Parameters
    ----------
    first, second : Document
        The same briefing in two languages.
    prevailing : {"en", "zh-Hant", "zh-Hans"}
        Which of the two prevails where they differ.

    Returns
    -------
    Document
        A draft unless both are approved; names of sections and tables of the second language end
        in that language.

    Raises
    ------
    ValueError
        If the two have the same language, or neither is the prevailing one.
    """
    languages = (first.language, second.language)
    if len({*languages}) != 2 or prevailing not in languages:
        raise ValueError(f"found {', '.join(languages)}; prevailing {prevailing}")
    pairs = zip(first.sections, second.sections, strict=True)
    sections = chain.from_iterable((one, _named(other)) for one, other in pairs)
    facts = [
        (_both(name, second_name), _both(value, second_value))
        for (name, value), (second_name, second_value) in zip(
            first.facts, second.facts, strict=True
        )
    ]
    return replace(
        first,
        title=_both(first.title, second.title),
        company=_both(first.company, second.company),
        facts=(*facts, _prevails(languages, prevailing)),
        sections=tuple(sections),
        stamp=_stamp(first.stamp, second.stamp),
        means=(*first.means, *second.means),
    )


def _both(one: str, other: str) -> str:
    return one if one == other else f"{one} / {other}"


def _prevails(languages: tuple[Language, Language], prevailing: Language) -> tuple[str, str]:
    heads = (translate("brief.fact.prevailing", language) for language in languages)
    words = (translate(f"brief.language.{prevailing}", language) for language in languages)
    return _both(*heads), _both(*words)


def _stamp(one: Stamp, other: Stamp) -> Stamp:
    return Stamp(
        run=one.run,
        notice=_both(one.notice, other.notice),
        status=_both(one.status, other.status),
        is_draft=one.is_draft or other.is_draft,
        made=one.made,
    )


def _named(section: Section) -> Section:
    """Return a section whose names do not meet those of the other language."""
    ending = section.language.replace("-", "_").lower()
    return replace(
        section,
        name=f"{section.name}_{ending}",
        blocks=tuple(_named_block(block, ending) for block in section.blocks),
    )


def _named_block(block: Block, ending: str) -> Block:
    if isinstance(block, Table | Picture):
        return replace(block, name=f"{block.name}_{ending}")
    return block
