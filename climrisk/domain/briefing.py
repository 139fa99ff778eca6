"""What a study adds to its briefings: purpose, decisions, sentences, brand; no number of a run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, field_validator, model_validator

from climrisk.domain.base import Declaration, Identifier, Number, Truth
from climrisk.domain.colour import AA_GRAPHICS, AA_TEXT, HexColour, contrast
from climrisk.domain.text import LocalText, Words
from climrisk.names import LANGUAGES, Language

__all__ = [
    "BRIEFING_FILE",
    "Briefing",
    "BriefingBrand",
    "Citation",
    "Decision",
    "Focus",
    "Option",
    "Page",
    "Purpose",
    "cited_names",
    "parted",
    "texts_of",
]

BRIEFING_FILE: Final = "briefing.yaml"
Purpose = Literal["decision", "discussion", "information"]
Page = Literal["summary", "matrix", "items", "scenarios", "decisions", "limits"]
"""The six pages of a briefing."""

_REFERENCE: Final = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_PAPER: Final = "#FFFFFF"


def _at_most(length: int) -> Callable[[Words], Words]:
    """Return a check that no language's text is longer than its place on the page."""

    def check(words: Words) -> Words:
        for language in LANGUAGES:
            text = words.stated(language) or ""
            if len(text) > length:
                raise ValueError(
                    f"found {len(text)} characters in {language}; allowed: at most {length}, "
                    "so that it fits its page"
                )
        return words

    return check


Heading = Annotated[LocalText, AfterValidator(_at_most(90))]
Sentence = Annotated[LocalText, AfterValidator(_at_most(220))]
Passage = Annotated[LocalText, AfterValidator(_at_most(600))]


class Citation(Declaration):
    """A figure of the run that a sentence cites as `{{name}}`, and what it was when written."""

    key: str
    """Key of `climrisk explain`, such as `summary.csv/scenario=ndcs/.../statistic=mean`."""
    per_year: Truth = False
    """Whether it is printed per year of its horizon; it is the horizon's sum otherwise."""
    value: Number
    """What was printed when the sentence was written, in the figure's unit."""

    @field_validator("key")
    @classmethod
    def _of_a_table(cls, key: str) -> str:
        if not re.fullmatch(r"[a-z]+\.csv(/[^/=]+=[^/]*)+(/[a-z0-9_]+)?", key):
            raise ValueError(f"found {key[:80]!r}; allowed: file.csv/column=value/...")
        return key


class Option(Declaration):
    """One way to decide; cost and benefit of its measures are taken from the run."""

    text: Sentence
    measures: tuple[Identifier, ...] = Field(default=(), max_length=5)
    """Planned measures that it would carry out."""


class Decision(Declaration):
    """A decision that the board is asked for."""

    ask: Sentence
    options: tuple[Option, ...] = Field(default=(), max_length=3)
    recommendation: Sentence | None = None
    """What its owner recommends; climrisk recommends nothing."""


class Focus(Declaration):
    """The world that the paper shows first; the worst scenario and the middle horizon if empty."""

    scenario: Identifier | None = None
    horizon: Identifier | None = None


class BriefingBrand(Declaration):
    """The company's own look; files lie in the study's folder `brand`."""

    logo: Annotated[str, Field(pattern=r"^brand/[A-Za-z0-9_-]{1,64}\.png$")] | None = None
    """`brand/NAME.png`."""
    logo_vector: Annotated[str, Field(pattern=r"^brand/[A-Za-z0-9_-]{1,64}\.svg$")] | None = None
    """`brand/NAME.svg`: the same logo, for formats that draw it."""
    template: Annotated[str, Field(pattern=r"^brand/[A-Za-z0-9_-]{1,64}\.pptx$")] | None = None
    """`brand/NAME.pptx`: slides begin from it."""
    primary: HexColour | None = None
    """Colour of headings."""
    accent: HexColour | None = None
    """Colour of lines."""

    @model_validator(mode="after")
    def _seen_on_paper(self) -> BriefingBrand:
        for name, least in (("primary", AA_TEXT), ("accent", AA_GRAPHICS)):
            colour = getattr(self, name)
            if colour is not None and contrast(colour, _PAPER) < least:
                found = f"{name}: found {colour}, contrast {contrast(colour, _PAPER):.1f} on white"
                raise ValueError(f"{found}; allowed: {least:g} or more (WCAG AA)")
        return self

    @property
    def files(self) -> tuple[str, ...]:
        """The files that it names."""
        return tuple(filter(None, (self.logo, self.logo_vector, self.template)))


class Briefing(Declaration):
    """Everything in `briefing.yaml`."""

    schema_version: Literal[1] = Field(default=1, alias="schema")
    """Version of the file format."""
    title: Heading | None = None
    owner: Heading | None = None
    """Who puts the paper before the board, as a role."""
    purpose: Purpose | None = None
    """Decision where decisions are stated, else information."""
    focus: Focus = Focus()
    decisions: tuple[Decision, ...] = Field(default=(), max_length=4)
    narrative: dict[Page, Passage] = Field(default_factory=dict)
    """The company's own sentences by page; on `scenarios`, its conclusion on resilience."""
    figures: dict[Identifier, Citation] = Field(default_factory=dict)
    """Figures that sentences cite as `{{name}}`."""
    words: dict[str, LocalText] = Field(default_factory=dict)
    """Translations of texts that other files state in one language, such as owners."""
    prevailing: Language | None = None
    """Language that prevails in bilingual papers."""
    brand: BriefingBrand = BriefingBrand()

    @model_validator(mode="after")
    def _cites_what_it_declares(self) -> Briefing:
        for place, words in self.passages():
            for name in (one for text in texts_of(words) for one in cited_names(text)):
                if name not in self.figures:
                    known = ", ".join(self.figures) or "none is declared"
                    raise ValueError(
                        f"{place}: found unknown figure {{{{{name}}}}}; allowed, from figures: "
                        f"{known}"
                    )
        return self

    def passages(self) -> Iterator[tuple[str, Words]]:
        """Yield every text that may cite figures, with its place in the file."""
        yield from ((f"narrative.{page}", words) for page, words in self.narrative.items())
        for number, one in enumerate(self.decisions, start=1):
            yield f"decisions[{number}].ask", one.ask
            for place, option in enumerate(one.options, start=1):
                yield f"decisions[{number}].options[{place}].text", option.text
            if one.recommendation is not None:
                yield f"decisions[{number}].recommendation", one.recommendation

    @property
    def aim(self) -> Purpose:
        """The purpose stated, or the one that follows from its decisions."""
        return self.purpose or ("decision" if self.decisions else "information")


def texts_of(words: Words) -> Iterator[str]:
    """Yield the texts of all languages."""
    stated = (words.stated(language) for language in LANGUAGES)
    yield from (text for text in stated if text is not None)


def cited_names(text: str) -> list[str]:
    """Return the names in double braces, in order."""
    return [str(one) for one in _REFERENCE.findall(text)]


def parted(text: str) -> list[str]:
    """Return text and names in turn: the first, third, ... parts are text, the others names."""
    return _REFERENCE.split(text)
