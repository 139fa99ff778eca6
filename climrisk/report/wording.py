"""The words of a paper in one language: the catalogue's, the study's, and figures among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from string import Formatter
from typing import Final
from unicodedata import east_asian_width

from climrisk.charts.caption import printable
from climrisk.charts.labels import StudyLabels
from climrisk.domain.briefing import Briefing
from climrisk.domain.text import Words
from climrisk.i18n.catalogue import catalogue
from climrisk.i18n.dates import written_day
from climrisk.names import Language
from climrisk.report.document import Span, Spans
from climrisk.report.run_data import RunData

__all__ = ["NOTHING", "Wording", "shortened", "spans"]

NOTHING: Final = "–"
"""Printed where there is no figure."""
ELLIPSIS: Final = "…"


@dataclass(frozen=True, eq=False)
class Wording:
    """Words of one paper.

    Attributes
    ----------
    run : RunData
    stated : Briefing
        What the study adds to its papers.
    language : {"en", "zh-Hant", "zh-Hans"}
    """

    run: RunData
    stated: Briefing
    language: Language

    @cached_property
    def labels(self) -> StudyLabels:
        """Titles, units and captions of the study."""
        return self.run.labels(self.language)

    def word(self, key: str, **values: object) -> str:
        """Return a text of the catalogue's part `brief`."""
        return self.labels.say(f"brief.{key}", **values)

    def has(self, key: str) -> bool:
        """Return whether the catalogue's part `brief` has a text."""
        return f"brief.{key}" in catalogue(self.language)

    def say(self, key: str, **values: Span | Spans) -> Spans:
        """Return a sentence of the catalogue's part `brief` with figures in it."""
        return spans(catalogue(self.language)[f"brief.{key}"], values)

    def text(self, words: Words, limit: int = 160) -> str:
        """Return a text of the study, in the language it has where it is not translated."""
        return shortened(printable(words.best(self.language)), limit)

    def plain(self, text: str, limit: int = 60) -> str:
        """Return a text that the study states in one language, translated where it says how."""
        words = self.stated.words.get(text)
        return shortened(printable(text if words is None else words.best(self.language)), limit)

    def item(self, name: str, limit: int = 72) -> str:
        """Return id and title of an item; a long title is cut, the id stays whole."""
        return shortened(self.labels.item(name), max(limit, len(name) + 2))

    def measure(self, name: str, limit: int = 72) -> str:
        """Return id and title of a measure; a long title is cut, the id stays whole."""
        return shortened(self.labels.measure(name), max(limit, len(name) + 2))

    def scenario(self, name: str, limit: int = 44) -> str:
        """Return the title of a scenario."""
        return shortened(self.labels.scenario(name), limit)

    def period(self, horizon: str) -> str:
        """Return a horizon as a sentence names it: `medium term (2027–2030)`."""
        name = self.labels.word("horizon", horizon)
        named = name[:1].lower() + name[1:]
        return self.word("period", horizon=named, years=self.labels.span(horizon))

    def day(self, day: date) -> str:
        """Return a day in words."""
        return written_day(day, self.language)

    def listed(self, parts: Iterable[Span | Spans], separator: str = "chart.separator") -> Spans:
        """Return parts one after the other, parted as the language does."""
        between = self.labels.say(separator)
        found: list[Span] = []
        for part in parts:
            found += ([between] if found else []) + list(_as_spans(part))
        return _joined(found)


def spans(template: str, values: Mapping[str, Span | Spans]) -> Spans:
    """Return a text with its `{placeholders}` filled by texts and figures.

    Raises
    ------
    KeyError
        If a placeholder has no value.
    """
    found: list[Span] = []
    for literal, name, _, _ in Formatter().parse(template):
        found += [literal] if literal else []
        found += [] if name is None else _as_spans(values[name])
    return _joined(found)


def shortened(text: str, limit: int) -> str:
    """Return a text of at most `limit` half widths, cut with an ellipsis; Chinese counts double."""
    if sum(map(_width, text)) <= limit:
        return text
    kept, width = "", 1
    for char in text:
        width += _width(char)
        if width > limit:
            break
        kept += char
    return f"{kept.rstrip()}{ELLIPSIS}"


def _width(char: str) -> int:
    return 2 if east_asian_width(char) in "WF" else 1


def _as_spans(value: Span | Spans) -> Spans:
    return value if isinstance(value, tuple) else (value,)


def _joined(parts: Iterable[Span]) -> Spans:
    """Return spans with neighbouring texts put together."""
    found: list[Span] = []
    for part in parts:
        before = found[-1] if found else None
        if isinstance(part, str) and isinstance(before, str):
            found[-1] = before + part
        else:
            found.append(part)
    return tuple(found)
