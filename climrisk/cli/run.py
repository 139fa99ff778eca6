"""`climrisk run`."""

from __future__ import annotations

import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from climrisk.cli.sampling import as_share, chosen_sampling

__all__ = ["run"]


def run(
    context: typer.Context,
    study: Annotated[str, typer.Argument(help="A study folder, or the name of a bundled study.")],
    scenario: Annotated[
        list[str] | None,
        typer.Option(help="Run this scenario only; may be given several times."),
    ] = None,
    draws: Annotated[
        int | None,
        typer.Option(min=1, max=4_000_000_000, envvar="CLIMRISK_DRAWS", help="Monte Carlo draws."),
    ] = None,
    target_error: Annotated[
        float | None,
        typer.Option(
            parser=as_share,
            metavar="SHARE",
            envvar="CLIMRISK_TARGET_ERROR",
            help="Instead of --draws: add draws until the standard error of the P5 of total net in "
            "the last horizon is at most this part of it in every scenario, such as 0.5%.",
        ),
    ] = None,
    max_draws: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=4_000_000_000,
            envvar="CLIMRISK_MAX_DRAWS",
            help="Draws at which --target-error stops; 4,000,000 by default.",
        ),
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

    sampling = chosen_sampling(context, draws, target_error, max_draws)
    started = time.perf_counter()
    with closing(Studio(picture)) as studio:  # begins to load beside all that follows
        from climrisk.cli.chosen import chosen_scenarios
        from climrisk.io.atomic import check_new_folder
        from climrisk.io.briefing_file import briefing_files
        from climrisk.io.study import read_study
        from climrisk.paths import find_study

        read = read_study(study)
        beside = briefing_files(find_study(study), read)
        folder = out or Path("runs") / f"{read.name}-{datetime.now(UTC):%Y%m%d-%H%M%S}"
        scenarios = chosen_scenarios(read, scenario)
        check_new_folder(folder)  # before the time that simulating takes
        from climrisk.cli.compile_first import compile_first
        from climrisk.cli.one_run import OneRun

        compile_first(read, quiet)
        done = OneRun.simulated(read, scenarios, sampling, seed, quiet)
        done.write(folder, started, studio, beside)
    if not quiet:
        done.show()
        typer.echo(f"run folder: {folder}")
    elif done.precision is not None and not done.precision["reached"]:
        done.warn()
