"""Which lines of the accounts stand behind each statement, and which items have no number."""

from __future__ import annotations

from typing import Final

from climrisk.charts.caption import printable
from climrisk.charts.labels import StudyLabels
from climrisk.domain.item import Item
from climrisk.domain.study import Study
from climrisk.names import CARBON_COST
from climrisk.report.document import Cell, Column, Table
from climrisk.report.effect_rows import CODES

__all__ = ["lines_table", "status_of", "unquantified_table"]

MAX_ROWS: Final = 14
MAX_TEXT: Final = 300
"""Rows, and characters of a cell, that fit beside the rest of the page."""


def lines_table(study: Study, labels: StudyLabels) -> Table:
    """Return each line of the statements with the study's lines of the accounts and its items."""
    heads = ("statement", "lines", "items")
    rows: list[tuple[Cell, ...]] = []
    for channel, code in CODES.items():
        named = {
            name: [one.line for one in item.impact.values() if one.channel == channel]
            for name, item in study.assessed.items()
        }
        touched = [name for name, lines in named.items() if lines]
        lines = list(dict.fromkeys(line for own in named.values() for line in own))
        if channel == "operating_cost" and study.settings.carbon_cost:
            lines.append(labels.word("subject", CARBON_COST))
        rows.append(
            (
                (labels.say(f"disclosure.effects.code.{code}"),),
                (_listed(labels, lines),),
                (_listed(labels, touched),),
            )
        )
    return Table(
        name="effect_lines",
        title=labels.say("disclosure.effects.lines_table"),
        columns=tuple(
            Column(labels.say(f"disclosure.effects.head.{head}"), weight=weight)
            for head, weight in zip(heads, (1.0, 2.4, 1.6), strict=True)
        ),
        rows=tuple(rows),
        notes=((labels.say("disclosure.effects.lines_note"),),),
    )


def unquantified_table(study: Study, labels: StudyLabels) -> Table | None:
    """Return the items without a number with status, reason and statements; None without any."""
    unassessed = study.not_assessed
    if not unassessed:
        return None
    shown = list(unassessed.items())[:MAX_ROWS]
    rest = len(unassessed) - len(shown)
    more = labels.say("disclosure.effects.more_items", count=rest)
    return Table(
        name="effects_without_number",
        title=labels.say("disclosure.effects.items_table"),
        columns=tuple(
            Column(labels.say(f"disclosure.effects.head.{head}"), weight=weight)
            for head, weight in (("item", 2.0), ("status", 1.0), ("reason", 2.0), ("affected", 1.4))
        ),
        rows=tuple(_unquantified(name, item, labels) for name, item in shown),
        notes=((more,),) if rest else (),
    )


def status_of(item: Item, labels: StudyLabels) -> tuple[str, str]:
    """Return why an item has no number: the status in words, and the reason as the study says."""
    stated = item.quantification
    status = "blank" if stated is None else stated.status
    reason = "" if stated is None or stated.reason is None else stated.reason
    return labels.say(f"disclosure.effects.quantification.{status}"), printable(reason)


def _unquantified(name: str, item: Item, labels: StudyLabels) -> tuple[Cell, ...]:
    status, reason = status_of(item, labels)
    codes = dict.fromkeys(CODES[one.channel] for one in item.impact.values())
    unknown = labels.say("disclosure.effects.unknown_lines")
    affected = _listed(labels, list(codes)) if codes else unknown
    return (_short(labels.item(name)),), (status,), (_short(reason) or "–",), (affected,)


def _listed(labels: StudyLabels, names: list[str]) -> str:
    return _short(labels.say("disclosure.between").join(map(printable, names))) or "–"


def _short(text: str) -> str:
    return text if len(text) <= MAX_TEXT else f"{text[: MAX_TEXT - 1].rstrip()}…"
