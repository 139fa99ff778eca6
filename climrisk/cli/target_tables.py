"""Where targets stand, on the terminal."""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.table import Table

from climrisk.cli.open_table import open_table
from climrisk.cli.path_lines import path_lines
from climrisk.cli.plain_cells import FIGURES, plain
from climrisk.domain.study import Study
from climrisk.domain.target import IN_WORDS
from climrisk.ghg.account import Account, account
from climrisk.ghg.status import Status, base_year_words, status
from climrisk.ghg.targets import ResolvedTarget, resolve
from climrisk.i18n.numerals import fixed, significant

__all__ = ["show_targets"]

WORDS: Final[dict[Status, str]] = {
    "achieved": "✓ achieved",
    "on_track": "✓ on track",
    "at_risk": "▲ at risk",
    "off_track": "✗ off track",
    "base_year": "– base year",
    "no_status": "– no status",
    "none_stated": "– none stated",
}
KINDS: Final = {
    "reduce_by": "reduce by",
    "reduce_to": "reduce to",
    "not_exceed": "not exceed",
    "maintain": "maintain",
    "qualitative": "in words",
    "none": "none",
}


def show_targets(study: Study, latest: Account) -> None:
    """Print every target with its base, limit, status and pathway.

    Parameters
    ----------
    study : Study
    latest : Account
        Account of the year whose figures are judged.
    """
    console = Console(highlight=False, emoji=False)
    if not study.targets:
        console.print("targets: blank; targets.yaml states none, and not that there are none")
        return
    found = [_resolved(study, name) for name in study.targets]
    console.print(_table(study, found, latest))
    for one in found:
        console.print(plain(f"{one.id}: {one.target.title.best()}"), soft_wrap=True)
    for line in _remarks(study, found, latest):
        console.print(plain(line), soft_wrap=True)


def _resolved(study: Study, name: str) -> ResolvedTarget:
    target = study.targets[name]
    return resolve(name, target, account(study, target.base_year))


def _figure(value: float | None) -> str:
    return "–" if value is None else significant(value, FIGURES)


def _table(study: Study, found: list[ResolvedTarget], latest: Account) -> Table:
    table = open_table(
        f"Targets, as seen from 31 December {latest.year}",
        2,
        *("target\nkind\nunit", "status as stated\nand unrounded", "base, stated\nand unrounded"),
        *("limit", f"{latest.year},\nunrounded", "years"),
    )
    for one in found:
        words = one.target.kind in IN_WORDS
        years = "" if one.target.kind == "none" else f"{one.base_year} to\n{one.target_year}"
        base, unrounded, limit = ("", "", "–") if words else _base_and_limit(one)
        table.add_row(
            "\n".join((plain(one.id), KINDS[one.target.kind], plain(one.unit))).rstrip(),
            "\n".join(_status(one, latest, as_stated=stated) for stated in (True, False)),
            "–" if words else f"{base}\n{unrounded}",
            limit,
            "–" if words else _figure(_actual(one, latest)[0]),
            years,
        )
    return table


def _base_and_limit(one: ResolvedTarget) -> list[str]:
    decimals = one.target.stated_decimals
    stated, limit = one.base_as_stated, one.limit
    if decimals is None:
        return [_figure(stated), _figure(one.base), _limit(one, _figure(limit))]
    shown = ["–" if value is None else fixed(value, decimals) for value in (stated, limit)]
    return [shown[0], _figure(one.base), _limit(one, shown[1])]


def _limit(one: ResolvedTarget, upper: str) -> str:
    return upper if one.floor is None else f"{_figure(one.floor)} to {upper}"


def _actual(one: ResolvedTarget, latest: Account) -> tuple[float | None, bool]:
    """Return the figure of the latest year and whether nothing is missing in it."""
    measured = latest.measure(one.target, one.unit)
    return measured.value, measured.is_complete


def _status(one: ResolvedTarget, latest: Account, *, as_stated: bool) -> str:
    if one.target.kind in IN_WORDS:
        return WORDS[status(one, latest.year, None, as_stated=as_stated)]
    actual, is_complete = _actual(one, latest)
    found = status(one, latest.year, actual, as_stated=as_stated, is_complete=is_complete)
    if found != "base_year" or not as_stated:
        return WORDS[found]
    return f"– {base_year_words(one)}"


def _remarks(study: Study, found: list[ResolvedTarget], latest: Account) -> list[str]:
    lines = []
    for one in found:
        if one.target.kind == "none":
            lines.append(f"{one.id}: {one.reason} ({one.target.source or 'no source'})")
        elif one.reason:
            lines.append(f"{one.id}: {one.reason}")
        elif one.limit is not None and one.base is not None and _looks_breached(one):
            lines.append(
                f"{one.id}: the base year's unrounded {_figure(one.base)} is above the stated "
                f"{_figure(one.limit)}: a matter of rounding, not a breach"
            )
        found_warnings = (one.base_warning(), one.rounding_warning())
        lines += [f"warning: {words}" for words in found_warnings if words]
        lines += _milestones(study, one)
        lines += path_lines(study, one, latest)
    unseen = [one.id for one in found if one.base_year > latest.year]
    return [*lines, *(f"{name}: base year after {latest.year}" for name in unseen)]


def _looks_breached(one: ResolvedTarget) -> bool:
    if one.target.kind != "not_exceed" or one.base is None or one.limit is None:
        return False
    return one.base > one.limit and bool(one.met(one.base, as_stated=True))


def _milestones(study: Study, one: ResolvedTarget) -> list[str]:
    lines = []
    stated = {row.year for row in study.inventory}
    for year, limit in sorted(one.target.milestones.items()):
        if year not in stated:
            lines.append(f"{one.id}: milestone {year}: {limit:g} {one.unit}; no data yet")
            continue
        figure = account(study, year).measure(one.target, one.unit).value
        met = figure is not None and bool(one.met(figure, as_stated=True, limit=limit))
        verdict = "no figure" if figure is None else "met" if met else "missed"
        lines.append(f"{one.id}: milestone {year}: {limit:g} {one.unit}; {verdict}")
    return lines
