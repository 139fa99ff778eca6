"""What unnamed people said of one quantity, a range each, and their pool."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from climrisk.charts.roles import Role
from climrisk.charts.table import Axis, ChartTable, Ranges
from climrisk.domain.elicitation.estimate import Range
from climrisk.domain.elicitation.question import LEVELS, Interval
from climrisk.domain.quantities import Quantity
from climrisk.domain.quantities.percentiles import percentiles
from climrisk.i18n import significant, translate
from climrisk.names import Language

__all__ = ["voices_table"]

Floats = NDArray[np.float64]
MOST_ON_ONE_SCALE: Final = 30.0
"""Ratio of the highest to the lowest bound beyond which the axis is logarithmic."""


def voices_table(
    voices: Sequence[Range],
    pool: Quantity,
    *,
    own: Sequence[bool] = (),
    interval: Interval,
    title: str,
    unit: str,
    language: Language = "en",
) -> ChartTable:
    """Return ranges as they were said, in the order given, with their pool on top.

    Parameters
    ----------
    voices : sequence of Range
        One for each person.
    pool : Quantity
        Their pool.
    own : sequence of bool
        Which voice is the reader's own; none where empty.
    interval : {"p10-p90", "p5-p95"}
        What low and high mean; the pool is drawn between the same percentiles.
    title : str
        What is estimated, in the reader's words.
    unit : str
        Unit of the values.
    language : {"en", "zh-Hant", "zh-Hans"}, default "en"
    """
    below, above = LEVELS[interval]
    low, middle, high = (float(one) for one in percentiles(pool, (below, 0.5, above)))
    said = np.array([(one.low, one.best, one.high, one.best) for one in voices])
    rows = np.vstack([said, [low, middle, high, pool.mean()]])
    marked = list(own) or [False] * len(voices)
    names = _names(marked, language)
    texts = [" · ".join(dict.fromkeys(map(significant, row[:3]))) for row in rows]
    place = np.arange(len(rows), dtype=np.float64)
    roles: list[Role] = ["limit" if one else "neutral" for one in marked]
    return ChartTable(
        name="voices",
        title=title,
        subtitle=translate("chart.voices.subtitle", language, odds=_odds(interval, language)),
        alt=translate(
            "chart.voices.alt", language, title=title, count=len(voices), low=significant(low),
            middle=significant(middle), high=significant(high), unit=unit,
        ),
        x=_axis(rows, unit),
        y=Axis("", ticks=tuple(place.tolist()), tick_texts=tuple(names)),
        marks=(_ranges(place, rows, (*roles, "total"), texts),),
        data=pd.DataFrame({"voice": names, "low": rows[:, 0], "best": rows[:, 1],
                           "high": rows[:, 2]}),
        unit=unit,
        language=language,
    )  # fmt: skip


def _ranges(place: Floats, rows: Floats, roles: tuple[Role, ...], texts: list[str]) -> Ranges:
    low, middle, high, mean = rows.T
    return Ranges(place, low, middle, high, mean, roles, "", tuple(texts))


def _names(own: Sequence[bool], language: Language) -> list[str]:
    """Return the rows' words: a voice has no number that could follow a person."""
    words = ["own" if one else "voice" for one in own]
    return [translate(f"chart.voices.{word}", language) for word in (*words, "pool")]


def _odds(interval: Interval, language: Language) -> str:
    return translate(f"workshop.question.{interval}", language)


def _axis(rows: Floats, unit: str) -> Axis:
    least, most = float(rows.min()), float(rows.max())
    if not (least > 0.0 and most > MOST_ON_ONE_SCALE * least):
        return Axis(unit)
    powers = np.arange(np.floor(np.log10(least)), np.ceil(np.log10(most)) + 1)
    ticks = tuple(float(f"1e{power:.0f}") for power in powers)
    texts = tuple(f"{tick:,.0f}" if tick >= 1 else f"{tick:g}" for tick in ticks)
    limits = (least / 1.3, most * 1.3)
    return Axis(unit, logarithmic=True, ticks=ticks, tick_texts=texts, limits=limits)
