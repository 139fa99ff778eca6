"""Anticipated financial effects: line of the statements by horizon, as ranges, for each scenario.

Rows follow the TCFD's classes of financial impact; `summary.csv` has the same figures for every
item and category.
"""

from __future__ import annotations

import math
from typing import Final

from climrisk.domain.disclosure import Disclosure
from climrisk.i18n import number_range, significant
from climrisk.names import CURRENT, NET, TOTAL
from climrisk.report.disclosure.evidence import Remark
from climrisk.report.document import (
    Block,
    Cell,
    Column,
    Figure,
    Paragraph,
    Section,
    Span,
    Spans,
    Table,
)
from climrisk.report.effect_lines import lines_table, unquantified_table
from climrisk.report.effect_rows import (
    CAPITAL,
    STATEMENTS,
    EffectRow,
    Range,
    statement_rows,
)
from climrisk.report.run_data import Cited
from climrisk.report.wording import NOTHING, Wording

__all__ = ["anticipated_effects", "effects_guide", "scenario_effects"]

PARTS: Final = ("P50", "P5", "P95")
MAX_PLANNING: Final = 120
"""Half widths of a horizon's planning."""


def anticipated_effects(words: Wording, stated: Disclosure | None = None) -> tuple[Section, ...]:
    """Return the appendix on anticipated financial effects.

    Parameters
    ----------
    words : Wording
        Run, language, and translations of what the study states in one language.
    stated : Disclosure, optional
        For what the company says of its financing, which is not simulated.

    Returns
    -------
    tuple of Section
        One that says how to read them and what has no number, then one for each scenario.
    """
    pages = (scenario_effects(words, one, stated) for one in words.run.scenarios)
    return (effects_guide(words), *pages)


def effects_guide(words: Wording) -> Section:
    """Return what the figures are, the lines behind them, and the items without a number."""
    run, labels = words.run, words.labels
    horizons = (
        labels.say(
            "disclosure.effects.horizon_years",
            horizon=labels.horizon(name),
            planning=words.plain(run.study.settings.horizons[name].planning, MAX_PLANNING),
        )
        for name in run.horizons
    )
    joined = labels.say("chart.separator").join(horizons)
    unquantified = unquantified_table(words)
    blocks: list[Block] = [
        Paragraph((_counted(words),), "lead"),
        Paragraph((labels.say("disclosure.effects.definition", horizons=joined),)),
        Paragraph((labels.say("disclosure.effects.figures"),)),
        Paragraph((labels.say("disclosure.effects.net_note"),)),
        Paragraph((labels.say("disclosure.effects.state_note"),)),
        lines_table(words),
        *([] if unquantified is None else [unquantified]),
    ]
    title = labels.say("disclosure.effects.guide_title")
    return Section("effects_guide", title, tuple(blocks), words.language, appendix=True)


def scenario_effects(words: Wording, scenario: str, stated: Disclosure | None = None) -> Section:
    """Return the table of one scenario."""
    named = words.labels.scenario(scenario)
    return Section(
        f"effects_{scenario}",
        words.labels.say("disclosure.effects.title", scenario=named),
        (_table(words, scenario, stated),),
        words.language,
        appendix=True,
    )


def _table(words: Wording, scenario: str, stated: Disclosure | None) -> Table:
    found = {
        code: statement_rows(words.run, scenario, code, channel) for code, channel in STATEMENTS
    }
    rows: list[tuple[Cell, ...]] = []
    groups = []
    for code, effects in found.items():
        groups.append(len(rows))
        numbered = [_cells(row, words) for row in effects]
        rows += [_head(words, code), *(numbered or [_untouched(words)])]
    groups.append(len(rows))
    rows += [_head(words, CAPITAL), _without_number(words, stated)]
    return Table(
        name=f"effects_{scenario}",
        title=words.labels.say("disclosure.effects.table", unit=_unit(words)),
        columns=_columns(words),
        rows=tuple(rows),
        notes=_notes(words, found[NET]),
        groups=tuple(groups),
    )


def _columns(words: Wording) -> tuple[Column, ...]:
    first = Column(words.labels.say("disclosure.effects.row"), weight=1.9)
    heads = (words.labels.horizon(name) for name in words.run.horizons)
    return (first, *(Column(head, "figure", PARTS, 1.6) for head in heads))


def _head(words: Wording, code: str) -> tuple[Cell, ...]:
    named = words.labels.say(f"disclosure.effects.code.{code}")
    return ((named,), *((),) * len(words.run.horizons))


def _cells(row: EffectRow, words: Wording) -> tuple[Cell, ...]:
    key = f"total.{row.control}" if row.subject == TOTAL else f"subject.{row.subject}"
    named = words.labels.say(f"disclosure.effects.{key}")
    return ((named,), *((_figure(one, words),) for one in row.ranges.values()))


def _figure(found: Range, words: Wording) -> Span:
    """Return the median with its range in brackets, a year."""
    cited = (found.p50, found.p5, found.p95)
    p50, p5, p95 = (one.value / found.years for one in cited)
    span = number_range(p5, p95, words.language)
    return Figure(
        words.labels.say("disclosure.effects.figure", median=significant(p50), range=span),
        (p50, p5, p95),
        _unit(words),
        tuple(one.key for one in cited),
        _divided(words, found.years),
    )


def _unit(words: Wording) -> str:
    labels = words.labels
    return labels.say("chart.real", unit=labels.unit_a_year, price_year=labels.price_year)


def _divided(words: Wording, years: int) -> str:
    return "" if years == 1 else words.word("derive.years", years=years)


def _without_number(words: Wording, stated: Disclosure | None) -> tuple[Cell, ...]:
    """Return the row of capital and financing: why it has no number, or what the company says."""
    say = words.labels.say
    answer = None if stated is None else stated.strategy.financing
    if answer is None:
        told = say("disclosure.effects.cf_reason")
    elif answer.none or answer.text is None:
        told = say("disclosure.effects.cf_none")
    else:
        told = say("disclosure.effects.cf_stated", text=words.text(answer.text))
    return _no_number(words, told)


def _untouched(words: Wording) -> tuple[Cell, ...]:
    return _no_number(words, words.labels.say("disclosure.effects.untouched"))


def _no_number(words: Wording, told: str) -> tuple[Cell, ...]:
    cell = (words.labels.say("disclosure.effects.no_number"),)
    return ((told,), *(cell,) * len(words.run.horizons))


def _notes(words: Wording, net: list[EffectRow]) -> tuple[Spans, ...]:
    say, word = words.labels.say, words.labels.word
    counts = words.run.horizons.items()
    years = say("disclosure.between").join(
        say("disclosure.effects.years", horizon=word("horizon", name), count=count)
        for name, count in counts
    )
    return (
        (say("disclosure.effects.unit"),),
        (say("disclosure.effects.sums", years=years),),
        (say("disclosure.effects.short_note"),),
        *_errors(words, net),
        *(((_counted(words),),) if words.run.study.not_assessed else ()),
    )


def _errors(words: Wording, net: list[EffectRow]) -> list[Spans]:
    """Return the sentence on the Monte Carlo errors of total net under current controls."""
    totals = [row for row in net if row.subject == TOTAL and row.control == CURRENT]
    if not totals:
        return []
    spans: list[Span] = [words.labels.say("disclosure.effects.error_note")]
    for horizon, found in totals[0].ranges.items():
        spans.append(words.labels.word("horizon", horizon))
        for mark, cited in ((" P5", found.p5), (", P50", found.p50), (", P95", found.p95)):
            spans += [f"{mark} ±", _error(cited, found.years, words)]
        spans.append(words.labels.say("chart.separator"))
    return [tuple(spans[:-1])]


def _error(cited: Cited, years: int, words: Wording) -> Span:
    if not math.isfinite(cited.error):
        return NOTHING
    value = cited.error / years
    told = "; ".join(filter(None, (words.word("derive.error"), _divided(words, years))))
    return Figure(significant(value), (value,), _unit(words), (cited.key,), told)


def _counted(words: Wording) -> str:
    """Return how many items have no number and are in no figure."""
    say, study = words.labels.say, words.run.study
    if not study.items:
        return say("disclosure.effects.no_items")
    if not study.not_assessed:
        return say("disclosure.effects.all_counted")
    named = tuple(study.not_assessed)
    counts = (("count", str(len(named))), ("all", str(len(study.items))))
    return Remark("not_counted", (("items", named), *counts)).text(words.language)
