"""`climrisk targets`."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["targets"]


def targets(
    study: Annotated[str, typer.Argument(help="A study folder, or the name of a bundled study.")],
    year: Annotated[
        int | None, typer.Option(help="Year of the inventory; its latest by default.")
    ] = None,
    draws: Annotated[
        int | None,
        typer.Option(min=0, help="Draws of the projection; 0 for none, the study's by default."),
    ] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Seed; the study's by default.")] = None,
) -> None:
    """Show emissions, intensities, where each target stands, and how likely it is to be met.

    Example: climrisk targets lx-technology-2023
    """
    from climrisk.analysis.projection import project
    from climrisk.cli.chosen import chosen_year
    from climrisk.cli.emission_tables import show_emissions
    from climrisk.cli.target_outlook import show_outlook
    from climrisk.cli.target_tables import show_targets
    from climrisk.ghg.account import account
    from climrisk.io.study import read_study

    read = read_study(study)
    found = account(read, chosen_year(read, year))
    show_emissions(read, found)
    show_targets(read, found)
    if draws != 0:
        show_outlook(read, project(read, draws=draws, seed=seed))
