"""A recalculation on the terminal: reported, as accounted for, recalculated, and why."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from climrisk.cli.open_table import open_table
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
    heads = ("figure\nits factors", "what explains the difference", "tCO2e", "less\nreported")
    table = open_table(f"Scopes 1 and 2, {found.year}", 2, *heads)
    without = _without(found.before.lacking)
    table.add_row("reported", "the company's own total", tonnes(found.reported), "")
    table.add_row(
        "by the study's factors\n" + plain(", ".join(old) or "none"),
        plain(f"rounding, and factors that the company may not have stated{without}"),
        tonnes(found.before.value),
        _less(found.before.value, found.reported, 3),
    )
    why = "factors alone"
    if found.change is not None:
        why = f"factors alone: {found.change:+.1%} against the study's own"
    table.add_row(
        "recalculated\n" + plain(", ".join(new)),
        plain(why + _without(found.after.lacking)),
        tonnes(found.after.value),
        _less(found.after.value, found.reported, 2),
    )
    return table


def _without(lacking: Sequence[str]) -> str:
    return f"; without {', '.join(lacking)}" if lacking else ""


def _less(value: float | None, reported: float | None, decimals: int) -> str:
    if value is None or reported is None:
        return "–"
    return fixed(value - reported, decimals)


def _sources(found: Recalculation) -> Table:
    table = open_table(
        f"By source, {found.year}: the same activity, other factors (tCO2e)",
        2,
        *("source\nsite, scope\nquantity", "factor before\nand after"),
        *("before", "after", "difference"),
    )
    for line in found.lines:
        table.add_row(*_cells(line))
    return table


def _cells(line: LineChange) -> tuple[str, ...]:
    quantity = plain(f"{significant(line.quantity, 12)} {line.unit}")
    return (
        "\n".join((plain(line.source), plain(f"{line.site}, scope {line.scope}"), quantity)),
        factor_words(line.old) + "\n" + factor_words(line.new),
        tonnes(line.before),
        tonnes(line.after),
        tonnes(line.difference),
    )


def _targets(restated: Sequence[RestatedTarget]) -> Table:
    table = open_table(
        "Targets on emissions: base and limit restated with the same factors",
        1,
        *("target\nunit", "base", "base\nrestated", "limit\nas stated", "limit\nrestated"),
        "as it would\nprint",
    )
    for one in restated:
        limit = one.limit
        prints = "–" if limit is None else significant(one.before.as_stated(limit), FIGURES)
        moved = "does not move" if limit is None else significant(limit, FIGURES)
        figures = (one.before.base, one.after.base, one.before.limit)
        shown = ("–" if value is None else significant(value, FIGURES) for value in figures)
        named = plain(one.before.id) + "\n" + plain(one.before.unit)
        table.add_row(named, *shown, moved, prints)
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
