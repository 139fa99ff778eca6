"""Compiling everything that simulates, before anybody waits for it."""

from __future__ import annotations

from collections.abc import Callable

from climrisk.analysis.run import analyse
from climrisk.domain.study import Study
from climrisk.portable.arrays import compile_loops

__all__ = ["warm_up"]

_DRAWS = 256


def warm_up(study: Study, progress: Callable[[int, int], None] | None = None) -> None:
    """Compile every kernel, or load it from the cache, by simulating a study once.

    Parameters
    ----------
    study : Study
        Any study: what is compiled does not depend on it.
    progress : callable, optional
        As for `analyse`.
    """
    compile_loops()
    one = (study.settings.reference_scenario,)
    analyse(study, draws=_DRAWS, scenarios=one, progress=progress)
