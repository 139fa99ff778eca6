"""Which lines of the accounts stand behind each statement, and which items have no number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from climrisk.domain.item import Item
from climrisk.names import CARBON_COST
from climrisk.report.document import Cell, Column, Table
from climrisk.report.effect_rows import CODES
from climrisk.report.wording import NOTHING, Wording, shortened

__all__ = ["lines_table", "unquantified_table"]

MAX_ROWS: Final = 14
MAX_TEXT: Final = 300
"""Rows, and half widths of a cell, that fit beside the rest of the page."""


def lines_table(words: Wording) -> Table:
    """Return each line of the statements with the study's lines of the accounts and its items."""
    say = words.labels.say
    return Table(
        name="effect_lines",
        title=say("disclosure.effects.lines_table"),
        columns=tuple(
            Column(say(f"disclosure.effects.head.{head}"), weight=weight)
            for head, weight in (("statement", 1.0), ("lines", 2.4), ("items", 1.6))
        ),
        rows=tuple(_behind(words, channel, code) for channel, code in CODES.items()),
        notes=((say("disclosure.effects.lines_note"),),),
    )


def _behind(words: Wording, channel: str, code: str) -> tuple[Cell, ...]:
    study = words.run.study
    named = {
        name: [one.line for one in item.impact.values() if one.channel == channel]
        for name, item in study.assessed.items()
    }
    lines = dict.fromkeys(line for own in named.values() for line in own)
    told = [words.plain(line) for line in lines]
    if channel == "operating_cost" and study.settings.carbon_cost:
        told.append(words.labels.say(f"disclosure.effects.subject.{CARBON_COST}"))
    statement = words.labels.say(f"disclosure.effects.code.{code}")
    items = (name for name, own in named.items() if own)
    return (statement,), (_listed(words, told),), (_listed(words, items),)


def unquantified_table(words: Wording) -> Table | None:
    """Return the items without a number with status, reason and statements; None without any."""
    unassessed = words.run.study.not_assessed
    if not unassessed:
        return None
    say = words.labels.say
    rest = len(unassessed) - MAX_ROWS
    heads = (("item", 2.0), ("status", 1.0), ("reason", 2.0), ("affected", 1.4))
    return Table(
        name="effects_without_number",
        title=say("disclosure.effects.items_table"),
        columns=tuple(
            Column(say(f"disclosure.effects.head.{head}"), weight=weight) for head, weight in heads
        ),
        rows=tuple(
            _unquantified(words, name, item) for name, item in list(unassessed.items())[:MAX_ROWS]
        ),
        notes=((say("disclosure.effects.more_items", count=rest),),) if rest > 0 else (),
    )


def _unquantified(words: Wording, name: str, item: Item) -> tuple[Cell, ...]:
    say, stated = words.labels.say, item.quantification
    status = "blank" if stated is None else stated.status
    reason = "" if stated is None or stated.reason is None else words.plain(stated.reason, 120)
    codes = dict.fromkeys(CODES[one.channel] for one in item.impact.values())
    return (
        (words.item(name),),
        (say(f"disclosure.effects.quantification.{status}"),),
        (reason or NOTHING,),
        (_listed(words, codes) if codes else say("disclosure.effects.unknown_lines"),),
    )


def _listed(words: Wording, names: Iterable[str]) -> str:
    joined = words.labels.say("disclosure.between").join(names)
    return shortened(joined, MAX_TEXT) or NOTHING
