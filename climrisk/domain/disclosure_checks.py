"""Checks of a disclosure against the standards' catalogues and against the study."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from climrisk.domain.disclosure import SECTIONS, Disclosure, stated_answers
from climrisk.domain.disclosure_answers import FinancialEffects, Statement
from climrisk.domain.disclosure_standard import COMPUTED, Standard
from climrisk.domain.finding import Finding, unknown
from climrisk.domain.study import Study

__all__ = ["DISCLOSURE_FILE", "STATED", "check_disclosure", "check_standards"]

DISCLOSURE_FILE: Final = "disclosure.yaml"
STATED: Final = tuple(
    f"{section}.{name}"
    for section in SECTIONS
    for name in Disclosure.model_fields[section].annotation.model_fields  # type: ignore[union-attr]
)
"""Fields of `disclosure.yaml` that hold an answer, as catalogues name them."""


def check_standards(standards: Mapping[str, Standard]) -> list[Finding]:
    """Return what is wrong across catalogues: unknown needs, unknown rows of other standards.

    Parameters
    ----------
    standards : mapping of id to Standard
    """
    rows = {f"{name}/{row}" for name, one in standards.items() for row in one.rows}
    known = {*COMPUTED, *STATED}
    found = []
    for name, one in standards.items():
        for row, stated in one.rows.items():
            place = ("rows", row)
            for number, need in enumerate(stated.needs):
                if need not in known:
                    where = (*place, "needs", number)
                    found.append(unknown(f"{name}.yaml", where, "need", need, known))
            for number, other in enumerate(stated.crosswalk):
                if other not in rows:
                    where = (*place, "crosswalk", number)
                    found.append(unknown(f"{name}.yaml", where, "row", other, rows))
    return found


def check_disclosure(
    stated: Disclosure, standards: Mapping[str, Standard], study: Study | None
) -> list[Finding]:
    """Return what is wrong across declarations.

    Parameters
    ----------
    stated : Disclosure
    standards : mapping of id to Standard
        For the ids of rows and the reliefs that they allow.
    study : Study or None
        For the ids of items and sources, and its own carbon price; None where it has faults.
    """
    return [
        *_unknown_rows(stated, standards),
        *_refused_reliefs(stated, standards),
        *([] if study is None else _against_study(stated, study)),
    ]


def _unknown_rows(stated: Disclosure, standards: Mapping[str, Standard]) -> Iterator[Finding]:
    every = {row for one in standards.values() for row in one.rows}
    asking = {
        row
        for one in standards.values()
        for row, entry in one.rows.items()
        if "statement" in entry.needs
    }
    for row in stated.statements:
        if row not in every:
            yield unknown(DISCLOSURE_FILE, ("statements", row), "row", row, every)
        elif row not in asking:
            found = f"row {row}, which has fields of its own"
            allowed = f"allowed: {', '.join(sorted(asking))}"
            yield Finding(DISCLOSURE_FILE, ("statements", row), found, allowed)
    for number, one in enumerate(stated.not_applicable):
        if one.row not in every:
            place = ("not_applicable", number, "row")
            yield unknown(DISCLOSURE_FILE, place, "row", one.row, every)


def _refused_reliefs(stated: Disclosure, standards: Mapping[str, Standard]) -> Iterator[Finding]:
    allowing = {row: entry.reliefs for one in standards.values() for row, entry in one.rows.items()}
    for number, one in enumerate(stated.reliefs):
        for position, row in enumerate(one.rows):
            place = ("reliefs", number, "rows", position)
            if row not in allowing:
                yield unknown(DISCLOSURE_FILE, place, "row", row, allowing)
            elif one.relief not in allowing[row]:
                listed = ", ".join(allowing[row]) or "no relief"
                yield Finding(
                    DISCLOSURE_FILE, place, f"{one.relief} for {row}", f"allowed: {listed}"
                )


def _against_study(stated: Disclosure, study: Study) -> Iterator[Finding]:
    yield from _relieved_items(stated, study)
    for name, answer in stated_answers(stated):
        yield from _named_by(answer, tuple(name.split(".")), study)
    for row, answer in stated.statements.items():
        yield from _named_by(answer, ("statements", row), study)
    yield from _other_carbon_price(stated, study)


def _relieved_items(stated: Disclosure, study: Study) -> Iterator[Finding]:
    for number, one in enumerate(stated.reliefs):
        for position, name in enumerate(one.items):
            place = ("reliefs", number, "items", position)
            if name not in study.items:
                yield unknown(DISCLOSURE_FILE, place, "item", name, study.items)
            elif one.relief == "commercial_sensitivity" and study.items[name].kind == "risk":
                yield Finding(DISCLOSURE_FILE, place, f"{name}, a risk", "allowed: opportunities")


def _named_by(answer: Statement, place: tuple[str | int, ...], study: Study) -> Iterator[Finding]:
    sources = {row.source_id for row in study.inventory}
    for position, source in enumerate(answer.inventory):
        if source not in sources:
            where = (*place, "inventory", position)
            yield unknown(DISCLOSURE_FILE, where, "source of inventory.csv", source, sources)
    amounts = answer.amounts if isinstance(answer, FinancialEffects) else ()
    for number, amount in enumerate(amounts):
        for position, name in enumerate(amount.items):
            if name not in study.items:
                where = (*place, "amounts", number, "items", position)
                yield unknown(DISCLOSURE_FILE, where, "item", name, study.items)


def _other_carbon_price(stated: Disclosure, study: Study) -> Iterator[Finding]:
    own, answer = study.settings.internal_carbon_price, stated.metrics.internal_carbon_price
    if own is None or answer is None:
        return
    place = ("metrics", "internal_carbon_price")
    if answer.none:
        allowed = f"allowed: the {own.value:g} of study.yaml, or leave it out there"
        yield Finding(DISCLOSURE_FILE, (*place, "none"), "none: true", allowed)
    elif (
        answer.value is not None
        and answer.currency == study.settings.money.currency
        and answer.year == study.settings.money.price_year
        and answer.value != own.value
    ):
        allowed = f"allowed: {own.value:g}, the internal_carbon_price of study.yaml"
        yield Finding(DISCLOSURE_FILE, (*place, "value"), f"found {answer.value:g}", allowed)
