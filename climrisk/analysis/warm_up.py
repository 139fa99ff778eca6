"""Compiling everything that simulates, before anybody waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from climrisk.analysis.run import analyse
from climrisk.domain.study import Study
from climrisk.portable.arrays import compile_loops
from climrisk.portable.compiling import is_available, mark_compiled

__all__ = ["warm_up"]

_DRAWS: Final = 256
_FUNCTIONS: Final = 160
"""About how many functions numba compiles: what progress is measured by."""


def warm_up(study: Study, progress: Callable[[int, int], None] | None = None) -> None:
    """Compile every kernel, or load it from the cache, by simulating a study once.

    Parameters
    ----------
    study : Study
        Any study: what is compiled does not depend on it.
    progress : callable, optional
        Called with how many functions are compiled, and about how many there are.
    """
    one = (study.settings.reference_scenario,)
    with _told(progress):
        compile_loops()
        analyse(study, draws=_DRAWS, scenarios=one)
    mark_compiled()


@contextmanager
def _told(progress: Callable[[int, int], None] | None) -> Iterator[None]:
    """Tell of each function that numba compiles."""
    if progress is None or not is_available():
        yield
        return
    from numba.core import event

    tell = progress

    class Compiled(event.Listener):
        done = 0

        def on_start(self, event: Any) -> None:
            """Not told of."""

        def on_end(self, event: Any) -> None:
            self.done += 1
            tell(min(self.done, _FUNCTIONS), _FUNCTIONS)

    with event.install_listener("numba:compile", Compiled()):
        yield
    tell(_FUNCTIONS, _FUNCTIONS)
