"""`climrisk batch`."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from climrisk.batch.estimate import Estimate
    from climrisk.batch.plan import BatchPlan
    from climrisk.batch.run import BatchState

__all__ = ["batch"]

TERMINATED = 143
"""Exit code after SIGTERM, as shells use it."""
INTERRUPTED = 130


def batch(
    file: Annotated[Path, typer.Argument(help="A batch file; see docs/batches.md.")],
    out: Annotated[
        Path | None, typer.Option(help="Folder to write; batches/<name of the file> by default.")
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(min=1, max=4096, help="Processes; one for each processor by default."),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(help="Address of a Dask scheduler that is running (extra cluster)."),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a batch that was stopped.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what it would take, and write nothing.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")] = False,
) -> None:
    """Run every run of a batch file; a run counts once its results are on the disk.

    Example: climrisk batch sweep.yaml --out batches/sweep --workers 4
    """
    if workers is not None and scheduler is not None:
        raise typer.BadParameter("give it or --scheduler", param_hint="--workers")
    from climrisk.analysis.workers import thread_count
    from climrisk.batch.planning import read_batch

    plan = read_batch(file)
    several = None if scheduler else (workers or thread_count(None))
    if dry_run:
        from climrisk.batch.estimate import estimate

        _show_estimate(plan, estimate(plan), several)
        return
    folder = out or Path("batches") / file.stem
    with _stopped_by_signals(folder), _shown(quiet) as progress:
        from climrisk.batch.run import run_batch

        state = run_batch(
            plan, folder, workers=several, scheduler=scheduler, resume=resume, progress=progress
        )
    _report(folder, state, quiet)


@contextmanager
def _stopped_by_signals(folder: Path) -> Iterator[None]:
    """Stop cleanly on SIGTERM as on Ctrl-C, and say how to go on."""
    terminated = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal terminated
        terminated = True
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        typer.echo(f"stopped; finished runs are kept in {folder}: go on with --resume", err=True)
        raise typer.Exit(TERMINATED if terminated else INTERRUPTED) from None
    finally:
        signal.signal(signal.SIGTERM, before)


class _Bar:
    """Shows how far a batch is; heeds a Ctrl-C that a library swallowed."""

    def __init__(self, bar: Any) -> None:
        self._bar = bar
        self._task = None if bar is None else bar.add_task("simulating", total=None)

    def __call__(self, state: BatchState) -> None:
        from climrisk.cli.interrupt import stop_if_interrupted

        stop_if_interrupted()
        if self._bar is None:
            return
        left = state.seconds_left
        words = f"{state.finished:,} of {state.total:,} runs"
        if left is not None:
            words += f", {state.runs_per_minute:.3g} a minute, {_duration(left)} left"
        if state.failed:
            words += f", {state.failed} failed"
        self._bar.update(
            self._task,
            description=words,
            completed=state.finished + state.failed,
            total=state.total,
        )


@contextmanager
def _shown(quiet: bool) -> Iterator[_Bar]:
    if quiet:
        yield _Bar(None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn())
    hidden = not console.is_terminal  # batch.log has the same, line by line
    with Progress(*columns, console=console, transient=True, disable=hidden) as bar:
        yield _Bar(bar)


def _report(folder: Path, state: BatchState, quiet: bool) -> None:
    """Say how the batch ended; exit 1 where runs failed."""
    if not quiet:
        typer.echo(
            f"{state.finished:,} of {state.total:,} runs finished, {state.new:,} of them now "
            f"in {_duration(state.seconds)} ({state.runs_per_minute:.3g} a minute)"
        )
        typer.echo(f"batch folder: {folder}")
    if state.failed:
        from climrisk.batch.results import open_batch
        from climrisk.cli.screen import one_line

        for name, cause in open_batch(folder).failed.items():
            typer.echo(f"{name} failed: {one_line(cause)}", err=True)
        typer.echo("mend the cause and go on with --resume: failed runs are tried again", err=True)
        raise typer.Exit(1)


def _show_estimate(plan: BatchPlan, found: Estimate, workers: int | None) -> None:
    """Print what a batch would take."""
    same = found.runs - found.distinct
    paired = ", those of every run kept" if found.keeps_draws else ", those of the base runs kept"
    pilot = " and ".join(f"{draws:,}" for draws in found.pilot_draws)
    rows = [
        ("studies", ", ".join(study.group for study in plan.studies)),
        ("runs", f"{found.runs:,}" + (f", {same:,} the same as another" if same else "")),
        ("draws", f"{found.draws:,} a run{paired}"),
        ("trial-years", f"{found.trial_years:.3g}"),
        ("rows", f"{found.rows:,} in summary.parquet, {found.headline_rows:,} in headline.csv"),
        ("disk", f"{_size(found.disk)} in results.zarr"),
        ("time", _time(found.core_seconds, workers)),
        (
            "memory",
            "not told here" if found.memory is None else f"{found.memory:,.0f} MB a process",
        ),
    ]
    for name, words in rows:
        typer.echo(f"{name:12}{words}")
    typer.echo(f"time and memory: extrapolated from pilots of {pilot} draws a study, run just now")


def _time(core_seconds: float, workers: int | None) -> str:
    alone = f"{_duration(core_seconds)} on one processor"
    if not workers or workers == 1:
        return alone
    return f"{alone}; {_duration(core_seconds / workers)} on {workers}, if they are free"


def _size(bytes_: int) -> str:
    return f"{bytes_ / 1e9:.3g} GB" if bytes_ >= 1e9 else f"{bytes_ / 1e6:.3g} MB"


def _duration(seconds: float) -> str:
    """Return a duration as people say it."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
