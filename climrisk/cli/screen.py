"""What the command line shows of its work, on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from climrisk.cli.interrupt import stop_if_interrupted

__all__ = ["one_line", "peak_memory_mb", "progress_bar"]

Advance = Callable[[int, int], None]


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Advance]:
    """Yield what to call with finished and total work; it shows nothing where `quiet`."""
    if quiet:
        yield lambda done, total: stop_if_interrupted()
        return
    columns = (
        TextColumn("simulating"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    hidden = not console.is_terminal  # a log file would hold nothing but empty lines
    with Progress(*columns, console=console, transient=True, disable=hidden) as progress:
        task = progress.add_task("simulating", total=None)

        def advance(done: int, total: int) -> None:
            stop_if_interrupted()
            progress.update(task, completed=done, total=total)

        yield advance


def one_line(text: str) -> str:
    """Return a user's text without line breaks, so that it cannot pose as a line of climrisk's."""
    return " ".join(text.split())


def peak_memory_mb() -> float | None:
    """Return the largest memory of the process so far [MB], or None where it is not told."""
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1024
