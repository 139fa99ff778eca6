"""The company's own sentences, with figures that remember what they were."""

from __future__ import annotations

from dataclasses import dataclass

from climrisk.charts.caption import printable
from climrisk.domain.briefing import Citation, Page, cited_names, parted
from climrisk.domain.text import Words
from climrisk.errors import RunFolderError
from climrisk.i18n import money, percent, significant
from climrisk.report.document import Figure, Paragraph, Span, Spans
from climrisk.report.wording import NOTHING, Wording

__all__ = ["Drift", "asked", "drifts", "narrative"]


@dataclass(frozen=True)
class Drift:
    """A sentence's figure that the run no longer bears out.

    Attributes
    ----------
    place : str
        Where the sentence stands in `briefing.yaml`.
    cited : str
        What the sentence was written with.
    found : str
        What the run says; a dash where it has no such figure.
    """

    place: str
    cited: str
    found: str


def narrative(words: Wording, page: Page) -> tuple[Paragraph, ...]:
    """Return the paragraph that the study states for a page; none where it states none."""
    stated = words.stated.narrative.get(page)
    return () if stated is None else (Paragraph(asked(words, stated)),)


def asked(words: Wording, stated: Words) -> Spans:
    """Return a stated text with the run's figures in the places of its references."""
    found: list[Span] = []
    for position, part in enumerate(parted(stated.best(words.language))):
        if position % 2 == 0:
            found += [_one_line(part)] if part else []
        else:
            found.append(_figure(words, words.stated.figures[part]))
    return tuple(found)


def drifts(words: Wording) -> list[Drift]:
    """Return the figures whose printed digits moved since the sentences were written."""
    found = []
    for place, stated in words.stated.passages():
        for name in dict.fromkeys(cited_names(stated.best(words.language))):
            citation = words.stated.figures[name]
            now, then = _now(words, citation), _then(words, citation)
            if now != then:
                found.append(Drift(place, then, now))
    return found


def _figure(words: Wording, citation: Citation) -> Span:
    read = _read(words, citation)
    if read is None:
        return NOTHING
    value, unit = read
    years = _years(words, citation)
    derivation = "" if years == 1 else words.word("derive.years", years=years)
    return Figure(_printed(words, value, unit), (value,), unit, (citation.key,), derivation)


def _now(words: Wording, citation: Citation) -> str:
    read = _read(words, citation)
    return NOTHING if read is None else _printed(words, *read)


def _then(words: Wording, citation: Citation) -> str:
    read = _read(words, citation)
    return _printed(words, citation.value, "" if read is None else read[1])


def _read(words: Wording, citation: Citation) -> tuple[float, str] | None:
    """Return value and unit of a cited figure in this run; None where it has none."""
    try:
        found = words.run.at(citation.key)
    except RunFolderError:
        return None
    return (found.value / _years(words, citation), found.unit) if found.known else None


def _years(words: Wording, citation: Citation) -> int:
    if not citation.per_year:
        return 1
    parts = dict(part.split("=", 1) for part in citation.key.split("/") if "=" in part)
    return words.run.horizons.get(parts.get("horizon", ""), 1)


def _printed(words: Wording, value: float, unit: str) -> str:
    if " million" in unit:
        return money(value, words.labels.currency, words.language)
    if unit in ("", "1"):
        return percent(value) if 0.0 <= value <= 1.0 else significant(value)
    return f"{significant(value)} {unit}"


def _one_line(text: str) -> str:
    """Return text without breaks, keeping the spaces beside figures."""
    inner = printable(text)
    before = " " if text[:1].isspace() and inner else ""
    after = " " if text[-1:].isspace() and inner else ""
    return f"{before}{inner}{after}" or " "
