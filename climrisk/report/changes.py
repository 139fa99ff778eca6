"""What changed since an earlier run of the same study."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from climrisk.errors import RunFolderError
from climrisk.i18n import percent
from climrisk.report.document import Figure, Span, Spans, State
from climrisk.report.focus import World, horizon_figure
from climrisk.report.printed import chance, difference, range_of
from climrisk.report.run_data import Cited, RunData
from climrisk.report.target_outlook import target_chance
from climrisk.report.wording import Wording

__all__ = ["Changes", "change_sentences", "compared", "trend"]

MOST_MOVERS: Final = 3
LISTED: Final = 3


@dataclass(frozen=True, eq=False)
class Changes:
    """Two runs that can be compared.

    Attributes
    ----------
    now, before : RunData
    world : World
        In which both are read.
    """

    now: RunData
    before: RunData
    world: World

    @property
    def added(self) -> list[str]:
        """Items that the earlier study did not have."""
        return [name for name in self.now.study.items if name not in self.before.study.items]

    @property
    def removed(self) -> list[str]:
        """Items that are no longer there."""
        return [name for name in self.before.study.items if name not in self.now.study.items]

    @property
    def in_both(self) -> list[str]:
        """Items that are assessed in both."""
        return [name for name in self.now.study.assessed if name in self.before.study.assessed]

    @property
    def inputs_changed(self) -> int:
        """Stated figures that are new, gone or different."""
        now, before = (
            {one["path"]: one["value"] for one in run.record["inputs"]}
            for run in (self.now, self.before)
        )
        return sum(now.get(path) != before.get(path) for path in now.keys() | before.keys())

    def moved(self, subject: str) -> float:
        """Return how a subject's expected effect a year changed; positive is good [million]."""
        years = self.now.horizons[self.world.horizon]
        now, before = (self._mean(run, subject) for run in (self.now, self.before))
        return (now.value - before.value) / years

    def is_noise(self, subject: str) -> bool:
        """Return whether a change is within two Monte Carlo standard errors of the difference."""
        now, before = (self._mean(run, subject) for run in (self.now, self.before))
        return abs(now.value - before.value) <= 2.0 * math.hypot(now.error, before.error)

    def movers(self) -> list[str]:
        """Return the items whose expected effect changed most, beyond its error."""
        beyond = [name for name in self.in_both if not self.is_noise(name)]
        return sorted(beyond, key=lambda name: -abs(self.moved(name)))[:MOST_MOVERS]

    def _mean(self, run: RunData, subject: str) -> Cited:
        return horizon_figure(run, self.world.scenario, self.world.horizon, "mean", subject=subject)


def compared(now: RunData, before: RunData, world: World) -> Changes:
    """Return two runs that can be compared.

    Raises
    ------
    RunFolderError
        If they are of different companies, currencies, price years or horizons, or the earlier
        one lacks the scenario that the paper shows first; every reason at once.
    """
    reasons = list(_reasons(now, before, world))
    if reasons:
        told = "\n".join(f"  {reason}" for reason in reasons)
        raise RunFolderError(f"{before.folder}: cannot be compared with {now.folder}:\n{told}")
    return Changes(now, before, world)


def _reasons(now: RunData, before: RunData, world: World) -> Iterator[str]:
    one, other = now.study.settings, before.study.settings
    company = one.company.code or one.company.name.best()
    earlier = other.company.code or other.company.name.best()
    if company != earlier:
        yield f"company: found {earlier}, allowed {company}"
    for name in ("currency", "price_year"):
        found, needed = getattr(other.money, name), getattr(one.money, name)
        if found != needed:
            yield f"{name}: found {found}, allowed {needed}"
    spans = {name: horizon.years for name, horizon in one.horizons.items()}
    earlier_spans = {name: horizon.years for name, horizon in other.horizons.items()}
    if spans != earlier_spans:
        yield f"horizons: found {_told(earlier_spans)}, allowed {_told(spans)}"
    if world.scenario not in before.scenarios:
        found = ", ".join(before.scenarios)
        yield f"scenario: found {found}, needed {world.scenario}"


def _told(spans: dict[str, tuple[int, int]]) -> str:
    return ", ".join(f"{name} {first}-{last}" for name, (first, last) in spans.items())


def trend(words: Wording, changes: Changes, item: str) -> State:
    """Return how an item's expected effect moved: word, icon and colour."""
    if item not in changes.in_both:
        return State(words.word("trend.new"), "dash")
    if changes.is_noise(item):
        return State(words.word("trend.same"), "dash")
    if changes.moved(item) > 0.0:
        return State(words.word("trend.better"), "tick", "on_track")
    return State(words.word("trend.worse"), "triangle", "at_risk")


def change_sentences(words: Wording, changes: Changes) -> tuple[Spans, ...]:
    """Return what changed in sentences: net, items, movers, inputs, targets."""
    found = [
        _net(words, changes),
        *_items(words, changes),
        *_movers(words, changes),
        _inputs(words, changes),
        *_targets(words, changes),
    ]
    return tuple(found)


def _net(words: Wording, changes: Changes) -> Spans:
    world = changes.world
    years = changes.now.horizons[world.horizon]
    now, before = (
        [
            horizon_figure(run, world.scenario, world.horizon, statistic)
            for statistic in ("p5", "p95")
        ]
        for run in (changes.now, changes.before)
    )
    earlier = range_of(words, before, years)
    return words.say(
        "changes.net",
        scenario=words.scenario(world.scenario),
        horizon=words.labels.horizon(world.horizon),
        before=_in_earlier_run(words, earlier),
        now=range_of(words, now, years),
    )


def _in_earlier_run(words: Wording, figure: Span) -> Span:
    """Return a figure marked as the earlier run's: its key finds it there."""
    if not isinstance(figure, Figure):
        return figure
    told = "; ".join(filter(None, (words.word("derive.earlier"), figure.derivation)))
    return Figure(figure.text, figure.values, figure.unit, figure.keys, told)


def _inputs(words: Wording, changes: Changes) -> Spans:
    """Return how many stated figures changed, or that only random numbers did."""
    if changes.inputs_changed:
        return words.say("changes.inputs", count=str(changes.inputs_changed))
    before, now = (f"{run.record['draws']:,}" for run in (changes.before, changes.now))
    return words.say("changes.no_inputs", before=before, now=now)


def _items(words: Wording, changes: Changes) -> Iterator[Spans]:
    for kind, names in (("added", changes.added), ("removed", changes.removed)):
        if names:
            shown = words.listed(names[:LISTED])
            rest = len(names) - LISTED
            more = words.word("more", count=rest) if rest > 0 else ""
            yield words.say(f"changes.{kind}", items=(*shown, more) if more else shown)


def _movers(words: Wording, changes: Changes) -> Iterator[Spans]:
    world = changes.world
    years = changes.now.horizons[world.horizon]
    parts = []
    for name in changes.movers():
        now, before = (
            horizon_figure(run, world.scenario, world.horizon, "mean", subject=name)
            for run in (changes.now, changes.before)
        )
        change = difference(words, now, before, years, derivation=words.word("derive.earlier"))
        parts.append(words.say("changes.mover", item=words.item(name, 40), change=change))
    if parts:
        yield words.say("changes.movers", movers=words.listed(parts))


def _is_alike(now: Cited, before: Cited) -> bool:
    """Return whether two chances print alike or differ by no more than two standard errors."""
    within = abs(now.value - before.value) <= 2.0 * math.hypot(now.error, before.error)
    return within or percent(now.value) == percent(before.value)


def _targets(words: Wording, changes: Changes) -> Iterator[Spans]:
    parts = []
    for name in changes.now.study.targets:
        now, before = (
            target_chance(run, changes.world.scenario, name)
            for run in (changes.now, changes.before)
        )
        if now is None or before is None or _is_alike(now, before):
            continue
        parts.append(
            words.say(
                "changes.target",
                target=name,
                before=_in_earlier_run(words, chance(words, before, bare=True)),
                now=chance(words, now, bare=True),
            )
        )
    if parts:
        yield words.say("changes.targets", targets=words.listed(parts[:LISTED]))
