"""An answer in words: the company's text, and the figures that it states, in three languages."""

from __future__ import annotations

from collections.abc import Iterator

from climrisk.domain.disclosure_answers import (
    CapitalDeployed,
    CarbonPriceAnswer,
    Exposed,
    FinancialEffects,
    PayLink,
    Statement,
)
from climrisk.domain.text import Words
from climrisk.i18n import money, significant, translate
from climrisk.names import LANGUAGES, Language

__all__ = ["figures_in_words"]

FIGURES = 6
"""Significant figures of what a company states: more than it can mean, so that none is lost."""


def figures_in_words(answer: Statement, currency: str) -> Words | None:
    """Return the figures of an answer; None where it has none.

    Parameters
    ----------
    answer : Statement
    currency : str
        ISO 4217 code of the study's amounts.
    """
    told = {
        name: translate("chart.separator", name).join(_figures(answer, currency, name))
        for name in LANGUAGES
    }
    return Words.model_validate(told) if told["en"] else None


def _figures(answer: Statement, currency: str, language: Language) -> Iterator[str]:
    if isinstance(answer, CarbonPriceAnswer):
        yield from _price(answer, language)
    elif isinstance(answer, Exposed):
        yield from _exposed(answer, currency, language)
    elif isinstance(answer, CapitalDeployed) and answer.amount is not None:
        yield _amount(answer.amount, currency, language)
    elif isinstance(answer, PayLink) and answer.share is not None:
        yield _percent(answer.share)
    elif isinstance(answer, FinancialEffects):
        for one in answer.amounts:
            yield f"{one.code} {_amount(one.amount, currency, language)}"


def _price(answer: CarbonPriceAnswer, language: Language) -> Iterator[str]:
    if answer.value is not None:
        price = f"{answer.currency} {significant(answer.value, FIGURES)}"
        yield translate("disclosure.answer.price", language, price=price, year=answer.year)
    if answer.use is not None:
        yield answer.use.best(language)


def _exposed(answer: Exposed, currency: str, language: Language) -> Iterator[str]:
    if answer.amount is not None:
        yield _amount(answer.amount, currency, language)
    if answer.share is not None and answer.of is not None:
        whole = answer.of.best(language)
        yield translate("disclosure.answer.share", language, share=_percent(answer.share), of=whole)


def _amount(amount: float, currency: str, language: Language) -> str:
    decimals = len(f"{amount:.4f}".rstrip("0").partition(".")[2])
    return money(amount, currency, language, decimals=decimals)


def _percent(share: float) -> str:
    return f"{significant(100.0 * share, FIGURES)}%"
