"""What the command line shows of its work, on standard error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from climrisk.batch.memory import peak_memory_mb
from climrisk.cli.interrupt import stop_if_interrupted

__all__ = ["Shown", "one_line", "peak_memory_mb", "progress_bar"]


class Shown:
    """What long work calls as it goes.

    Parameters
    ----------
    bar : Progress or None
        Where it is shown; None shows nothing.
    words : str
        What is being done.
    """

    def __init__(self, bar: Progress | None = None, words: str = "") -> None:
        self._bar = bar
        self._task = None if bar is None else bar.add_task(words, total=None)

    def __call__(self, done: int, total: int) -> None:
        """Show finished and total work; raises the Ctrl-C that a library swallowed."""
        stop_if_interrupted()
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done, total=total)

    def told(self, draws: int, error: float) -> None:
        """Show the draws so far and the largest relative error of the P5 of total net."""
        if self._bar is not None and self._task is not None:
            words = f"simulating: P5 within {100 * error:.2g} % after {draws:,} draws"
            self._bar.update(self._task, description=words)


@contextmanager
def progress_bar(quiet: bool, words: str = "simulating") -> Iterator[Shown]:
    """Yield what to call with finished and total work; it shows nothing where `quiet`."""
    if quiet:
        yield Shown()
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    hidden = not console.is_terminal  # a log file would hold nothing but empty lines
    with Progress(*columns, console=console, transient=True, disable=hidden) as bar:
        yield Shown(bar, words)


def one_line(text: str) -> str:
    """Return a user's text without line breaks, so that it cannot pose as a line of climrisk's."""
    return " ".join(text.split())
