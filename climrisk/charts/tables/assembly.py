"""A chart table put together, or the reason why there is nothing to draw."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from climrisk.charts.labels import StudyLabels
from climrisk.charts.roles import Role
from climrisk.charts.table import Axis, ChartTable, Mark, Ranges
from climrisk.charts.tables.selection import QUANTILE_NAMES

__all__ = ["assembled", "level_axis", "ranges_of"]


def assembled(
    labels: StudyLabels,
    name: str,
    *,
    title: str,
    subtitle: str,
    alt: Callable[[], str],
    x: Axis,
    y: Axis,
    marks: Callable[[], Iterable[Mark]],
    data: pd.DataFrame,
    unit: str,
    notes: tuple[str, ...] = (),
    empty: str | None = None,
) -> ChartTable:
    """Return a chart table with the study's notice.

    `alt` and `marks` are only asked for where something is drawn; else `empty` stands for both.
    """
    return ChartTable(
        name=name,
        title=title,
        subtitle=subtitle,
        alt=alt() if empty is None else empty,
        x=x,
        y=y,
        marks=tuple(marks()) if empty is None else (),
        data=data,
        unit=unit,
        notes=notes,
        notice=labels.notice,
        empty=empty,
        language=labels.language,
    )


def level_axis(words: Iterable[str]) -> Axis:
    """Return the vertical axis of level bars: a word at 0, -1, -2, ..., downwards."""
    texts = tuple(words)
    return Axis("", ticks=tuple(-1.0 * place for place in range(len(texts))), tick_texts=texts)


def ranges_of(data: pd.DataFrame, roles: Iterable[Role], texts: Iterable[str]) -> Ranges:
    """Return the ranges of `p5, p50, p95` with their `mean`, one below the other."""
    low, middle, high = (data[name].to_numpy(dtype=np.float64) for name in QUANTILE_NAMES)
    places = -np.arange(len(data), dtype=np.float64)
    mean = data["mean"].to_numpy(dtype=np.float64)
    return Ranges(places, low, middle, high, mean, tuple(roles), "", tuple(texts))
