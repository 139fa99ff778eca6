"""What a study, its answers and a run show, and how one need is found to be met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from climrisk.charts.caption import printable
from climrisk.domain.disclosure import Disclosure
from climrisk.domain.study import Study
from climrisk.domain.text import Words
from climrisk.i18n.catalogue import translate
from climrisk.names import Language
from climrisk.report.run_data import RunData

__all__ = ["Evidence", "Found", "Remark", "State", "Term", "have", "lack", "none_stated", "part"]

State = Literal["have", "part", "none", "lack"]
LISTED = 6
"""Ids that a remark lists before it counts the rest."""


@dataclass(frozen=True)
class Evidence:
    """What rows are judged by.

    Attributes
    ----------
    study : Study
    stated : Disclosure or None
        `disclosure.yaml`; None where there is none, so that all of it is blank.
    run : RunData or None
        A run of the study; None where there is none.
    """

    study: Study
    stated: Disclosure | None = None
    run: RunData | None = None

    @property
    def inventory_year(self) -> int:
        """Year of the inventory that the disclosure is about.

        It is the year in which the financial year ends, where the inventory has it, else the
        study's base year.
        """
        base = self.study.settings.base_year
        if self.stated is None:
            return base
        year = int(self.stated.financial_year.ends[:4])
        return year if any(row.year == year for row in self.study.inventory) else base


@dataclass(frozen=True)
class Term:
    """A word of climrisk's own, by its key in the catalogue of words."""

    key: str


Told = str | Words | Term | tuple[str, ...]
"""What stands in a remark: a text as it is, one in the study's languages, a word, or ids."""


@dataclass(frozen=True)
class Remark:
    """A sentence in the reader's language.

    Attributes
    ----------
    key : str
        Under `disclosure.remark` in the catalogue of words.
    values : tuple of (str, Told)
        What stands for each placeholder.
    """

    key: str
    values: tuple[tuple[str, Told], ...] = ()

    def text(self, language: Language) -> str:
        """Return the sentence, on one line and without invisible characters."""
        return translate(f"disclosure.remark.{self.key}", language, **self.fields(language))

    def fields(self, language: Language) -> dict[str, str]:
        """Return what stands for each placeholder, in words."""
        return {name: _told(value, language) for name, value in self.values}


@dataclass(frozen=True)
class Found:
    """Whether one need is met.

    Attributes
    ----------
    state : {"have", "part", "none", "lack"}
        `none` where the company states that there is none.
    remarks : tuple of Remark
        What is missing, or what a reader should know of what is there.
    outputs : tuple of str
        Files of a run folder that hold it.
    where : str
        Publication in which the company's answer stands; empty where there is none.
    answer : Words or None
        What the company says.
    """

    state: State
    remarks: tuple[Remark, ...] = ()
    outputs: tuple[str, ...] = ()
    where: str = ""
    answer: Words | None = None


def have(*outputs: str, remarks: Iterable[Remark] = ()) -> Found:
    """Return a need that is met, with the files that show it."""
    return Found("have", tuple(remarks), outputs)


def part(*outputs: str, key: str, **values: Told) -> Found:
    """Return a need that is met in part, and what is missing."""
    return Found("part", (Remark(key, tuple(values.items())),), outputs)


def lack(key: str, **values: Told) -> Found:
    """Return a need that is not met, and what is missing."""
    return Found("lack", (Remark(key, tuple(values.items())),))


def none_stated(need: str, output: str, where: str) -> Found:
    """Return a need to which the company answers that there is none."""
    told = Remark("none", (("need", Term(f"disclosure.need.{need}")),))
    return Found("none", (told,), (output,), where)


def _told(value: Told, language: Language) -> str:
    if isinstance(value, Term):
        return translate(value.key, language)
    if isinstance(value, Words):
        return printable(value.best(language))
    if isinstance(value, str):
        return printable(value)
    between = translate("disclosure.between", language)
    listed = between.join(printable(one) for one in value[:LISTED])
    if len(value) <= LISTED:
        return listed
    return translate("disclosure.and_more", language, listed=listed, count=len(value) - LISTED)
