"""A recalculation on the terminal: reported, as accounted for, recalculated, and why."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from climrisk.cli.plain_cells import FIGURES, factor_words, plain, tonnes
from climrisk.domain.study import Study
from climrisk.ghg.recalculation import LineChange, Recalculation, RestatedTarget
from climrisk.i18n.numerals import fixed, significant

__all__ = ["NO_REDUCTION", "show_recalculation"]

NO_REDUCTION = "A change of factors is not a reduction: the activity is the same."


def show_recalculation(
    study: Study, found: Recalculation, old: Sequence[str], new: Sequence[str]
) -> None:
    """Print a recalculation.

    Parameters
    ----------
    study : Study
    found : Recalculation
    old, new : sequence of str
        Factor sets before and after.
    """
    console = Console(highlight=False, emoji=False)
    if study.settings.notice is not None:
        console.print(f"[bold]{plain(study.settings.notice.best())}[/bold]")
    console.print(_totals(found, old, new))
    console.print(_sources(found))
    if found.targets:
        console.print(_targets(found.targets))
    for line in (NO_REDUCTION, *_remarks(found)):
        console.print(plain(line), soft_wrap=True)


def _totals(found: Recalculation, old: Sequence[str], new: Sequence[str]) -> Table:
    table = Table(title=f"Scopes 1 and 2, {found.year} (tCO2e)")
    table.add_column("figure", overflow="fold")
    for head in ("tCO2e", "less reported"):
        table.add_column(head, justify="right", overflow="fold")
    table.add_column("what explains it", overflow="fold")
    without = _without(found.before.lacking)
    table.add_row("reported", tonnes(found.reported), "", "the company's own total")
    table.add_row(
        plain(f"study's factors: {', '.join(old) or 'none'}"),
        tonnes(found.before.value),
        _less(found.before.value, found.reported, 3),
        plain(f"rounding, and factors that the company may not have stated{without}"),
    )
    why = "factors alone"
    if found.change is not None:
        why = f"factors alone: {found.change:+.1%} against the study's own"
    table.add_row(
        plain(f"recalculated: {', '.join(new)}"),
        tonnes(found.after.value),
        _less(found.after.value, found.reported, 2),
        plain(why + _without(found.after.lacking)),
    )
    return table


def _without(lacking: Sequence[str]) -> str:
    return f"; without {', '.join(lacking)}" if lacking else ""


def _less(value: float | None, reported: float | None, decimals: int) -> str:
    if value is None or reported is None:
        return "–"
    return fixed(value - reported, decimals)


def _sources(found: Recalculation) -> Table:
    table = Table(title=f"By source, {found.year}: the same activity, other factors")
    for head in ("source", "site", "scope"):
        table.add_column(head, overflow="fold")
    for head in ("quantity", "before (tCO2e)", "after (tCO2e)", "difference"):
        table.add_column(head, justify="right", overflow="fold")
    for head in ("factor before", "factor after"):
        table.add_column(head, overflow="fold")
    for line in found.lines:
        table.add_row(*_cells(line))
    return table


def _cells(line: LineChange) -> tuple[str, ...]:
    return (
        plain(line.source),
        plain(line.site),
        line.scope,
        plain(f"{significant(line.quantity, 12)} {line.unit}"),
        tonnes(line.before),
        tonnes(line.after),
        tonnes(line.difference),
        factor_words(line.old),
        factor_words(line.new),
    )


def _targets(restated: Sequence[RestatedTarget]) -> Table:
    table = Table(title="Targets on emissions: base and limit restated with the same factors")
    for head in ("target", "unit"):
        table.add_column(head, overflow="fold")
    for head in ("base", "base restated", "limit as stated", "limit restated", "as it would print"):
        table.add_column(head, justify="right", overflow="fold")
    for one in restated:
        limit = one.limit
        prints = "–" if limit is None else significant(one.before.as_stated(limit), FIGURES)
        moved = "does not move" if limit is None else significant(limit, FIGURES)
        figures = (one.before.base, one.after.base, one.before.limit)
        shown = ("–" if value is None else significant(value, FIGURES) for value in figures)
        table.add_row(plain(one.before.id), plain(one.before.unit), *shown, moved, prints)
    return table


def _remarks(found: Recalculation) -> list[str]:
    lines = []
    if found.targets:
        lines.append(
            "a limit relative to the base year moves with it; whoever keeps the old limit beside "
            "the new factors has moved the goal, not the emissions"
        )
    if found.threshold is None:
        lines.append(
            "no recalculation policy: state emissions.recalculation_threshold in study.yaml"
        )
    elif found.is_significant:
        lines.append(
            f"beyond the policy's threshold of {found.threshold:.0%}: the base year is to be "
            "restated (GHG Protocol, base-year recalculation)"
        )
    elif found.is_significant is not None:
        lines.append(f"within the policy's threshold of {found.threshold:.0%}: the base year stays")
    return lines
