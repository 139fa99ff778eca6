"""`climrisk run`."""

from __future__ import annotations

import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["run"]


def run(
    study: Annotated[str, typer.Argument(help="A study folder, or the name of a bundled study.")],
    scenario: Annotated[
        list[str] | None,
        typer.Option(help="Run this scenario only; may be given several times."),
    ] = None,
    draws: Annotated[
        int | None,
        typer.Option(min=1, max=4_000_000_000, envvar="CLIMRISK_DRAWS", help="Monte Carlo draws."),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(
            min=0, max=2**64 - 1, envvar="CLIMRISK_SEED", help="Seed of the random numbers."
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder to write; runs/<study>-<time> by default.")
    ] = None,
    picture: Annotated[bool, typer.Option(help="Draw the matrix (needs the extra report).")] = True,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")] = False,
) -> None:
    """Simulate a study and write its run folder: the answer first, then every figure.

    Example: climrisk run lx-technology-2023 --draws 100000 --out runs/lx
    """
    from climrisk.cli.pictures import Studio

    started = time.perf_counter()
    with closing(Studio(picture)) as studio:  # begins to load beside all that follows
        from climrisk.cli.chosen import chosen_scenarios
        from climrisk.io.atomic import check_new_folder
        from climrisk.io.study import read_study

        read = read_study(study)
        folder = out or Path("runs") / f"{read.name}-{datetime.now(UTC):%Y%m%d-%H%M%S}"
        scenarios = chosen_scenarios(read, scenario)
        check_new_folder(folder)  # before the time that simulating takes
        from climrisk.cli.one_run import OneRun

        done = OneRun.simulated(read, scenarios, draws, seed, quiet)
        done.write(folder, started, studio)
    if not quiet:
        done.show()
        typer.echo(f"run folder: {folder}")
