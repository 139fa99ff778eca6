"""Texts of a study that have no translation into a paper's language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from climrisk.domain.briefing import Briefing
from climrisk.domain.study import Study
from climrisk.domain.text import Words
from climrisk.names import Language

__all__ = ["untranslated_texts"]

_HAN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LATIN: Final = re.compile(r"[A-Za-z]{2}")


def untranslated_texts(
    study: Study, stated: Briefing, scenarios: tuple[str, ...], language: Language
) -> list[str]:
    """Return the texts of a paper that stand in another language than its own, each once.

    Parameters
    ----------
    study : Study
    stated : Briefing
        Its own texts, and translations of texts that the study states in one language.
    scenarios : tuple of str
        Scenarios of the run.
    language : {"en", "zh-Hant", "zh-Hans"}
    """
    missing = [
        words.best() for words in _words(study, stated, scenarios) if words.stated(language) is None
    ]
    missing += [text for text in _plain(study) if _is_foreign(text, stated, language)]
    return list(dict.fromkeys(missing))


def _words(study: Study, stated: Briefing, scenarios: tuple[str, ...]) -> Iterator[Words]:
    settings = study.settings
    yield settings.company.name
    yield settings.title
    if settings.notice is not None:
        yield settings.notice
    lines = settings.exposures | settings.revenue_lines
    yield from (exposure.title for exposure in lines.values())
    yield from (item.title for item in study.items.values())
    yield from (measure.title for measure in study.measures.values())
    yield from (target.title for target in study.targets.values())
    yield from (study.scenarios[name].title for name in scenarios)
    yield from (study.scenarios[name].key_assumptions[0] for name in scenarios)
    yield from filter(None, (stated.title, stated.owner))
    yield from (words for _, words in stated.passages())


def _plain(study: Study) -> Iterator[str]:
    """Yield texts that a study states in one language only."""
    yield from (item.owner for item in study.items.values() if item.owner is not None)
    yield from (horizon.planning for horizon in study.settings.horizons.values())
    yield from (one.line for item in study.assessed.values() for one in item.impact.values())
    grounds = (item.quantification for item in study.not_assessed.values())
    yield from (one.reason for one in grounds if one is not None and one.reason is not None)


def _is_foreign(text: str, stated: Briefing, language: Language) -> bool:
    """Return whether a text has no translation and is written in another script."""
    words = stated.words.get(text)
    if words is not None:
        return words.stated(language) is None
    if language == "en":
        return bool(_HAN.search(text))
    return bool(_LATIN.search(text)) and not _HAN.search(text)
