"""Compiling before a first run, where nobody has done it: with a word about how long it takes."""

from __future__ import annotations

import typer

from climrisk.domain.study import Study

__all__ = ["compile_first"]


def compile_first(study: Study, quiet: bool) -> None:
    """Load the compiler, and compile all kernels unless an earlier run of this version kept them.

    The simulation could begin with NumPy meanwhile, but its numbers agree with those of compiled
    kernels within 1e-9 only, and a run keeps to one kernel.

    Parameters
    ----------
    study : Study
        Any study.
    quiet : bool
        Whether to say nothing.
    """
    from climrisk.portable.compiling import is_available, is_compiled

    if not is_available():
        return
    from climrisk.cli.loading import load_compiler

    load_compiler()
    if is_compiled():
        return
    from climrisk.analysis.warm_up import warm_up
    from climrisk.cli.screen import progress_bar

    if not quiet:
        typer.echo("compiling for this processor: once for each version, half a minute", err=True)
    with progress_bar(quiet, "compiling") as progress:
        warm_up(study, progress)
