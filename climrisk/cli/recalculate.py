"""`climrisk recalculate`."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["recalculate"]


def recalculate(
    study: Annotated[str, typer.Argument(help="A study folder, or the name of a bundled study.")],
    factors: Annotated[
        list[str],
        typer.Option(help="Factor set; several in their order, the first with a factor gives it."),
    ],
    year: Annotated[
        int | None, typer.Option(help="Year of the inventory; the base year by default.")
    ] = None,
) -> None:
    """Show the emissions under other factors beside those reported, and log it in the study.

    Example: climrisk recalculate lx-technology-2023 --factors china_grid_2022
    """
    from datetime import UTC, datetime

    from climrisk.cli.chosen import chosen_sets, chosen_year
    from climrisk.cli.recalculation_tables import show_recalculation
    from climrisk.ghg.account import account
    from climrisk.ghg.recalculation import recalculate as recalculated
    from climrisk.io.recalculation_log import LOG, is_logged, log_recalculation
    from climrisk.io.study import read_study
    from climrisk.paths import find_study

    read, folder = read_study(study), find_study(study)
    when = chosen_year(read, read.settings.base_year if year is None else year)
    own = read.settings.emissions.factors
    sets = chosen_sets(folder, factors) | read.factor_sets
    other = (*factors, *own)  # what the chosen sets have no factor for keeps the study's own
    found = recalculated(account(read, when), account(read, when, other, sets), read.targets)
    show_recalculation(read, found, own, tuple(factors))
    if tuple(factors) == own:
        typer.echo("not logged: the study uses these factors already")
    elif not is_logged(folder):
        typer.echo("not logged: this study comes with climrisk; copy its folder to keep a log")
    else:
        log_recalculation(folder, found, own, factors, datetime.now(UTC))
        typer.echo(f"logged in {LOG}")
