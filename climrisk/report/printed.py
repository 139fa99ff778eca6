"""How figures of a run are printed: two significant figures, units, and where they come from."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

from climrisk.i18n import money, money_range, number_range, percent, significant
from climrisk.report.document import Figure, Span, Spans
from climrisk.report.run_data import Cited
from climrisk.report.wording import NOTHING, Wording

__all__ = [
    "amount",
    "band_word",
    "chance",
    "cost",
    "difference",
    "largest_error",
    "of_company",
    "range_of",
    "ratio",
    "stated_amount",
]

BANDS: Final = (
    (0.10, "very_unlikely"),
    (0.33, "unlikely"),
    (0.66, "even"),
    (0.90, "likely"),
    (1.01, "very_likely"),
)
"""Disjoint bands after the IPCC's likelihood terms, by their upper edge."""


def amount(words: Wording, cited: Cited, years: int = 1, *, bare: bool = False) -> Span:
    """Return an amount, per year of its horizon where `years` says how many it sums.

    Parameters
    ----------
    words : Wording
    cited : Cited
        Undiscounted sum over the horizon, present value, or a single year's effect [million].
    years : int, default 1
        What it is divided by.
    bare : bool, default False
        Whether the unit is left to the column's head.
    """
    if not cited.known:
        return NOTHING
    value = cited.value / years
    text = significant(value) if bare else money(value, words.labels.currency, words.language)
    return Figure(text, (value,), unit(words, years), (cited.key,), _divided(words, years))


def cost(words: Wording, cited: Cited, years: int = 1) -> Span:
    """Return what something costs as a positive amount, from its effect on net."""
    if not cited.known:
        return NOTHING
    value = abs(cited.value) / years
    text = money(value, words.labels.currency, words.language)
    told = "; ".join(filter(None, (words.word("derive.size"), _divided(words, years))))
    return Figure(text, (value,), unit(words, years), (cited.key,), told)


def range_of(words: Wording, ends: Iterable[Cited], years: int = 1, *, bare: bool = False) -> Span:
    """Return a range of two cited ends, the bad one first; see `amount`."""
    low, high = ends
    if not (low.known and high.known):
        return NOTHING
    span = low.value / years, high.value / years
    language, currency = words.language, words.labels.currency
    text = number_range(*span, language) if bare else money_range(*span, currency, language)
    return Figure(text, span, unit(words, years), (low.key, high.key), _divided(words, years))


def difference(
    words: Wording, one: Cited, other: Cited, years: int = 1, *, derivation: str, size: bool = False
) -> Span:
    """Return one amount less the other, or its size alone where the sentence says which way.

    The key is that of the first; `derivation` says what is taken off.
    """
    if not (one.known and other.known):
        return NOTHING
    value = (one.value - other.value) / years
    shown = abs(value) if size else value
    text = money(shown, words.labels.currency, words.language)
    steps = (
        words.word("derive.less", figure=other.key, what=derivation),
        _divided(words, years),
        words.word("derive.size") if size else "",
    )
    told = "; ".join(filter(None, steps))
    return Figure(text, (shown,), unit(words, years), (one.key,), told)


def chance(words: Wording, cited: Cited, *, bare: bool = False) -> Span:
    """Return a probability as word and percentage, or as the percentage alone where `bare`."""
    if not cited.known:
        return NOTHING
    share = percent(cited.value)
    text = share if bare else words.word("chance", word=band_word(words, cited.value), share=share)
    return Figure(text, (cited.value,), "1", (cited.key,))


def band_word(words: Wording, share: float) -> str:
    """Return the word of the band that a probability lies in, as it is printed: 9.8% is 10%."""
    printed = math.floor(100.0 * share + 0.5) / 100.0
    name = next(name for edge, name in BANDS if printed < edge)
    return words.labels.say(f"likelihood.{name}")


def ratio(cited: Cited) -> Span:
    """Return a plain number to two significant figures."""
    if not cited.known:
        return NOTHING
    return Figure(significant(cited.value), (cited.value,), "1", (cited.key,))


def of_company(words: Wording, cited: Cited, years: int, name: str) -> Span:
    """Return an amount a year in percent of a figure that the study states of the company."""
    stated = words.run.study.settings.headline_figures[name].value
    if not cited.known or stated <= 0.0:
        return NOTHING
    value = cited.value / years / stated
    path = f"study.json/settings.headline_figures.{name}.value"
    told = (_divided(words, years), words.word("derive.percent", figure=path))
    text = f"{significant(100.0 * value)}%"
    return Figure(text, (value,), "1", (cited.key,), "; ".join(filter(None, told)))


def stated_amount(words: Wording, path: str, value: float) -> Figure:
    """Return an amount that the study states, with its place in `study.json`."""
    text = money(value, words.labels.currency, words.language, decimals=_decimals(value))
    return Figure(text, (value,), unit(words, 1), (f"study.json/{path}",))


def largest_error(words: Wording, cited: Iterable[tuple[Cited, int]]) -> Spans:
    """Return the sentence with the largest Monte Carlo standard error of several amounts.

    Parameters
    ----------
    words : Wording
    cited : iterable of (Cited, int)
        Figures, and the number of years that each is divided by.
    """
    errors = [(one.error / years, one, years) for one, years in cited if one.error == one.error]
    if not errors:
        return (words.word("no_error"),)
    value, worst, years = max(errors, key=lambda one: one[0])
    told = (words.word("derive.error"), _divided(words, years))
    figure = Figure(
        money(value, words.labels.currency, words.language),
        (value,),
        unit(words, years),
        (worst.key,),
        "; ".join(filter(None, told)),
    )
    return words.say("error", amount=figure)


def unit(words: Wording, years: int) -> str:
    """Return the unit of amounts, a year where they are divided by several."""
    per = words.labels.unit if years == 1 else words.labels.unit_a_year
    return words.labels.say("chart.real", unit=per, price_year=words.labels.price_year)


def _divided(words: Wording, years: int) -> str:
    return "" if years == 1 else words.word("derive.years", years=years)


def _decimals(value: float) -> int:
    """Return the decimals that a stated amount was given with, at most four."""
    text = f"{value:.4f}".rstrip("0")
    return len(text.partition(".")[2])
