"""Formats with still pictures, written in a process beside the others where that saves time."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from climrisk.batch.worker_pool import end_pool, quiet_pool

if TYPE_CHECKING:
    from climrisk.report.brand import Brand
    from climrisk.report.document import Document

__all__ = ["STILL", "Beside", "Written"]

STILL: Final = ("docx", "pdf")
"""Formats that draw the same pictures, and take half of the time."""


@dataclass(frozen=True)
class Written:
    """A file.

    Attributes
    ----------
    content : bytes
    seconds : float
        What it took to write.
    """

    content: bytes
    seconds: float

    @classmethod
    def by(cls, write: Callable[[], bytes]) -> Written:
        """Return what `write` returns, and how long it took."""
        started = time.perf_counter()
        content = write()
        return cls(content, time.perf_counter() - started)


class Beside:
    """A process that writes the formats with still pictures; nothing where it would not pay.

    Parameters
    ----------
    wanted : bool
        Whether there is work for two.
    """

    def __init__(self, wanted: bool) -> None:
        self._pool = quiet_pool(1) if wanted and _pays() else None
        if self._pool is not None:
            self._pool.submit(_load)

    def __enter__(self) -> Beside:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process, whatever it is doing."""
        if self._pool is not None:
            end_pool(self._pool)

    def begin(
        self, document: Document, brand: Brand, fonts: Sequence[Path], endings: Sequence[str]
    ) -> Callable[[str], Written | None]:
        """Begin with those of `endings` that are written beside; return what waits for each.

        It returns None where the process does not write the file, or fails: whoever asks then
        writes it, and meets the error where it can be told.
        """
        chosen = [ending for ending in STILL if ending in endings]
        if self._pool is None or not chosen:
            return lambda ending: None
        without_means = replace(document, means=())  # a workbook's alone; they hold the whole run
        try:
            answer = self._pool.submit(_written, without_means, brand, tuple(fonts), chosen)
        except BrokenProcessPool:
            return lambda ending: None
        return lambda ending: _received(answer).get(ending) if ending in chosen else None


def _pays() -> bool:
    """Return whether a process is quicker: not where all is loaded, or where one core is.

    The process loads the program that started it: climrisk itself, and nobody else's.
    """
    program = Path(getattr(sys.modules["__main__"], "__file__", None) or "").stem
    is_ours = bool(sys.executable) and program in ("climrisk", "__main__")
    return is_ours and "matplotlib" not in sys.modules and (os.cpu_count() or 1) > 1


def _received(answer: Future[dict[str, Written]]) -> dict[str, Written]:
    return {} if answer.exception() is not None else answer.result()


def _load() -> None:
    """Load what the formats need while the paper is being made."""
    with suppress(ImportError):  # told by the one who asks for the file
        import typst  # noqa: F401  all three for what they load

        import climrisk.charts.still_picture
        import climrisk.report.paper.write
        import climrisk.report.typeset.pdf  # noqa: F401


def _written(
    document: Document, brand: Brand, fonts: Sequence[Path], endings: Sequence[str]
) -> dict[str, Written]:
    from climrisk.report.formats import FORMATS

    return {
        ending: Written.by(partial(FORMATS[ending], document, brand, fonts)) for ending in endings
    }
