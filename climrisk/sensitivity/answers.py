"""All questions of one study at once: a table for each method, and why a method has no answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import pandas as pd

from climrisk.domain.study import Study
from climrisk.errors import MissingExtraError, QuestionRefusedError
from climrisk.names import ALL_YEARS, CURRENT
from climrisk.sensitivity.expected_sobol import expected_sobol
from climrisk.sensitivity.measure_information import value_of_information
from climrisk.sensitivity.shares import input_shares, item_shares
from climrisk.sensitivity.sobol import BASE_POINTS
from climrisk.sensitivity.tornado import tornado

__all__ = ["FILES", "METHODS", "Answers", "Sought", "answers"]

FILES: Final = {
    "tornado": ("tornado.csv",),
    "shares": ("item_shares.csv", "input_shares.csv"),
    "sobol": ("sobol.csv",),
    "information": ("information.csv",),
}
"""Method -> the tables that it fills."""
METHODS: Final = tuple(FILES)
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Sought:
    """What is asked.

    Parameters
    ----------
    scenarios : tuple of str
    methods : tuple of str
        Of `METHODS`.
    control, horizon : str
        As `sensitivity.asked.asked` takes them; value of information has its own.
    measures : tuple of str
        Measures to be decided on; all planned ones where empty.
    draws, seed : int or None
        The study's own where None.
    model : str or None
        Climate-economy model of Sobol indices.
    tied_together : bool
        Whether Sobol indices take tied inputs as one.
    base_points : int
        Of Sobol indices.
    """

    scenarios: tuple[str, ...]
    methods: tuple[str, ...] = METHODS
    control: str = CURRENT
    horizon: str = ALL_YEARS
    measures: tuple[str, ...] = ()
    draws: int | None = None
    seed: int | None = None
    model: str | None = None
    tied_together: bool = False
    base_points: int = BASE_POINTS


@dataclass(frozen=True)
class Answers:
    """Tables by file name, and why methods gave none.

    Parameters
    ----------
    tables : mapping of file name to DataFrame
        Rows of all scenarios.
    refused : mapping of method to str
        Why a method has no answer.
    """

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


def answers(study: Study, sought: Sought, progress: Progress | None = None) -> Answers:
    """Return the answers; a method that has none for this study is told, not raised.

    Parameters
    ----------
    study : Study
    sought : Sought
    progress : callable, optional
        Called with finished and total work of each part in turn.
    """
    found = Answers()
    for method in sought.methods:
        asks = _asks(study, sought, method, progress)
        try:
            for name, ask in zip(FILES[method], asks, strict=True):
                parts = [ask(scenario) for scenario in sought.scenarios]
                found.tables[name] = pd.concat(parts, ignore_index=True)
        except (QuestionRefusedError, MissingExtraError) as error:
            found.refused[method] = str(error)
    return found


def _asks(
    study: Study, sought: Sought, method: str, progress: Progress | None
) -> Sequence[Callable[[str], pd.DataFrame]]:
    """Return what gives each table of a method for one scenario."""
    figure: dict[str, Any] = {
        "control": sought.control,
        "horizon": sought.horizon,
        "seed": sought.seed,
    }
    drawn = {**figure, "draws": sought.draws}
    if method == "tornado":
        return (partial(tornado, study, **drawn, progress=progress),)
    if method == "shares":
        return (partial(item_shares, study, **drawn), partial(input_shares, study, **drawn))
    if method == "sobol":
        own: dict[str, Any] = {"model": sought.model, "tied_together": sought.tied_together}
        points = sought.base_points
        return (partial(expected_sobol, study, **figure, **own, base_points=points),)
    return (
        partial(
            value_of_information,
            study,
            measures=sought.measures,
            draws=sought.draws,
            seed=sought.seed,
            progress=progress,
        ),
    )
