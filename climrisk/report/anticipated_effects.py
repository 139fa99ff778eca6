"""Anticipated financial effects: line of the statements by horizon, as ranges, for each scenario.

Rows follow the TCFD's classes of financial impact; `summary.csv` has the same figures for every
item and category.
"""

from __future__ import annotations

from typing import Final

from climrisk.charts.caption import printable
from climrisk.charts.labels import StudyLabels
from climrisk.domain.disclosure import Disclosure
from climrisk.i18n import number_range, significant
from climrisk.names import CURRENT, NET, TOTAL
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
from climrisk.report.run_data import Cited, RunData
from climrisk.report.wording import Wording

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
        Paragraph((_counted(run, labels),), "lead"),
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
    run, labels = words.run, words.labels
    title = labels.say("disclosure.effects.title", scenario=labels.scenario(scenario))
    table = _table(run, scenario, labels, stated)
    return Section(f"effects_{scenario}", title, (table,), words.language, appendix=True)


def _table(run: RunData, scenario: str, labels: StudyLabels, stated: Disclosure | None) -> Table:
    rows: list[tuple[Cell, ...]] = []
    groups = []
    net: list[EffectRow] = []
    for code, channel in STATEMENTS:
        found = statement_rows(run, scenario, code, channel)
        net = found if channel == NET else net
        groups.append(len(rows))
        rows.append(_head(run, labels.say(f"disclosure.effects.code.{code}")))
        rows += [_cells(row, labels) for row in found]
    groups.append(len(rows))
    rows.append(_head(run, labels.say(f"disclosure.effects.code.{CAPITAL}")))
    rows.append(_without_number(run, labels, stated))
    return Table(
        name=f"effects_{scenario}",
        title=labels.say("disclosure.effects.table", unit=_unit(labels)),
        columns=_columns(run, labels),
        rows=tuple(rows),
        notes=_notes(run, labels, net),
        groups=tuple(groups),
    )


def _columns(run: RunData, labels: StudyLabels) -> tuple[Column, ...]:
    first = Column(labels.say("disclosure.effects.row"), weight=1.9)
    horizons = (Column(labels.horizon(name), "figure", PARTS, 1.6) for name in run.horizons)
    return (first, *horizons)


def _head(run: RunData, text: str) -> tuple[Cell, ...]:
    return ((text,), *((),) * len(run.horizons))


def _cells(row: EffectRow, labels: StudyLabels) -> tuple[Cell, ...]:
    is_total = row.subject == TOTAL
    key = f"total.{row.control}" if is_total else f"subject.{row.subject}"
    words = labels.say(f"disclosure.effects.{key}")
    return ((words,), *((_figure(one, labels),) for one in row.ranges.values()))


def _figure(found: Range, labels: StudyLabels) -> Span:
    """Return the median with its range in brackets, a year."""
    cited = (found.p50, found.p5, found.p95)
    p50, p5, p95 = (one.value / found.years for one in cited)
    span = number_range(p5, p95, labels.language)
    return Figure(
        labels.say("disclosure.effects.figure", median=significant(p50), range=span),
        (p50, p5, p95),
        _unit(labels),
        tuple(one.key for one in cited),
        labels.say("disclosure.effects.derivation", count=found.years),
    )


def _unit(labels: StudyLabels) -> str:
    return labels.say("chart.real", unit=labels.unit_a_year, price_year=labels.price_year)


def _without_number(
    run: RunData, labels: StudyLabels, stated: Disclosure | None
) -> tuple[Cell, ...]:
    """Return the row of capital and financing: why it has no number, or what the company says."""
    answer = None if stated is None else stated.strategy.financing
    if answer is None:
        words = labels.say("disclosure.effects.cf_reason")
    elif answer.none or answer.text is None:
        words = labels.say("disclosure.effects.cf_none")
    else:
        text = printable(answer.text.best(labels.language))
        words = labels.say("disclosure.effects.cf_stated", text=text)
    no_number = labels.say("disclosure.effects.no_number")
    return ((words,), *((no_number,),) * len(run.horizons))


def _notes(run: RunData, labels: StudyLabels, net: list[EffectRow]) -> tuple[Spans, ...]:
    years = labels.say("disclosure.between").join(
        labels.say("disclosure.effects.years", horizon=labels.word("horizon", name), count=count)
        for name, count in run.horizons.items()
    )
    return (
        (labels.say("disclosure.effects.unit"),),
        (labels.say("disclosure.effects.sums", years=years),),
        (labels.say("disclosure.effects.short_note"),),
        *_errors(labels, net),
        *(() if not run.study.not_assessed else ((_counted(run, labels),),)),
    )


def _errors(labels: StudyLabels, net: list[EffectRow]) -> list[Spans]:
    """Return the sentence on the Monte Carlo errors of total net under current controls."""
    totals = [row for row in net if row.subject == TOTAL and row.control == CURRENT]
    if not totals:
        return []
    spans: list[Span] = [labels.say("disclosure.effects.error_note")]
    between = labels.say("chart.separator")
    for horizon, found in totals[0].ranges.items():
        spans.append(labels.word("horizon", horizon))
        for name, cited in (("P5", found.p5), ("P50", found.p50), ("P95", found.p95)):
            spans += [f" {name} ±", _error(cited, found.years, labels)]
        spans.append(between)
    return [tuple(spans[:-1])]


def _error(cited: Cited, years: int, labels: StudyLabels) -> Span:
    if cited.error != cited.error:
        return "–"
    derivation = labels.say("disclosure.effects.error_derivation", count=years)
    value = cited.error / years
    return Figure(significant(value), (value,), _unit(labels), (cited.key,), derivation)


def _counted(run: RunData, labels: StudyLabels) -> str:
    """Return how many items have no number and are in no figure."""
    unassessed, every = list(run.study.not_assessed), len(run.study.items)
    if not every:
        return labels.say("disclosure.effects.no_items")
    if not unassessed:
        return labels.say("disclosure.effects.all_counted")
    shown = labels.say("disclosure.between").join(map(printable, unassessed[:6]))
    rest = len(unassessed) - 6
    listed = shown if rest <= 0 else labels.say("disclosure.and_more", listed=shown, count=rest)
    told = {"count": len(unassessed), "all": every, "items": listed}
    return labels.say("disclosure.effects.not_counted", **told)
