"""`climrisk warmup`."""

from __future__ import annotations

import time
from typing import Annotated

import typer

__all__ = ["warmup"]


def warmup(
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")] = False,
) -> None:
    """Compile the simulation kernels now, so that the first run does not wait for them.

    Example: climrisk warmup
    """
    from climrisk.analysis.warm_up import warm_up
    from climrisk.cli.screen import progress_bar
    from climrisk.io.study import read_study
    from climrisk.portable.compiling import cache_folder, is_available

    started = time.perf_counter()
    with progress_bar(quiet, "compiling") as progress:
        warm_up(read_study("lx-technology-2023"), progress)
    if quiet:
        return
    seconds = time.perf_counter() - started
    if not is_available():
        typer.echo("nothing to compile: NumPy simulates")
        return
    folder = cache_folder()
    kept = "nowhere: each start compiles them anew" if folder is None else str(folder)
    typer.echo(f"kernels are ready after {seconds:.0f} s, kept in {kept}")
