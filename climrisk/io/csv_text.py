"""Frames as CSV text: each distinct text is quoted once, each number printed in full."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

__all__ = ["csv_bytes"]


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Return a frame as CSV in UTF-8, the same bytes on every system.

    Numbers are printed so that reading them gives back the same bits; missing values are empty;
    texts are quoted only where they must be (RFC 4180, but for line ends of one character).
    """
    names = [_quoted(str(name)) for name in frame.columns]
    columns = [_cells(frame[name]) for name in frame.columns]
    lines = [",".join(names), *map(",".join, zip(*columns, strict=True))]
    return ("\n".join(lines) + "\n").encode()


def _cells(column: pd.Series[Any]) -> list[str]:
    """Return the cells of a column as they stand between commas."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return _worded(column.cat.codes.to_numpy(), column.cat.categories)
    if column.dtype == np.float64:
        cells = list(map(repr, column.tolist()))
        for place in np.flatnonzero(column.isna().to_numpy()):
            cells[place] = ""
        return cells
    return _worded(*pd.factorize(column))


def _worded(codes: NDArray[np.integer[Any]], texts: Iterable[Any]) -> list[str]:
    """Return the cells of a column by the places of their texts; -1 is a missing value."""
    words = np.array([*(_quoted(str(text)) for text in texts), ""], dtype=object)
    return list(words[codes])


def _quoted(text: str) -> str:
    """Return a text as the csv module writes it within a row."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([text, ""])
    return line.getvalue()[: -len(",\n")]
