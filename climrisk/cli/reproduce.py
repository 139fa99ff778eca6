"""`climrisk reproduce`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["reproduce"]


def reproduce(
    run: Annotated[Path, typer.Argument(help="A run folder.")],
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
) -> None:
    """Rerun a run from its own folder and compare every table; exit 1 at the first difference."""
    from climrisk import __version__
    from climrisk.analysis import analyse
    from climrisk.cli.screen import progress_bar
    from climrisk.io.csv_text import csv_bytes
    from climrisk.io.run_folder import first_difference, read_run
    from climrisk.io.run_tables import run_labels, run_tables
    from climrisk.names import BASE_YEAR_SCENARIO

    study, record = read_run(run)
    if record["climrisk"] != __version__:
        typer.echo(f"written by climrisk {record['climrisk']}, this is {__version__}", err=True)
    scenarios = tuple(name for name in record["scenarios"] if name != BASE_YEAR_SCENARIO)
    with progress_bar(quiet) as progress:
        results = analyse(
            study,
            draws=record["draws"],
            seed=record["seed"],
            scenarios=scenarios,
            progress=progress,
        )
    tables = run_tables(results, run_labels(study, scenarios))
    for name, frame in tables.items():
        difference = first_difference(run / name, csv_bytes(frame))
        if difference:
            typer.echo(difference, err=True)
            raise typer.Exit(1)
    typer.echo(
        f"{run}: reproduced, {len(tables)} tables to the last digit "
        f"(seed {record['seed']}, {record['draws']:,} draws)"
    )
