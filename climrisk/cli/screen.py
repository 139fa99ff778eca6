"""What the command line shows of its work, on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

__all__ = ["one_line", "peak_memory_mb", "progress_bar"]

Advance = Callable[[int, int], None]


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Advance | None]:
    """Yield what to call with finished and total work; nothing is shown where `quiet`."""
    if quiet:
        yield None
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
        yield lambda done, total: progress.update(task, completed=done, total=total)


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
