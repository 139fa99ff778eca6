"""The tables of a batch: `headline.csv` and `summary.parquet`."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
import pandas as pd

from climrisk.errors import MissingExtraError
from climrisk.io.atomic import write_atomically
from climrisk.io.csv_text import csv_bytes

if TYPE_CHECKING:
    import pyarrow

__all__ = ["check_installed", "write_headline", "write_summary"]

FORMULA_SIGNS = ("=", "+", "-", "@")


def check_installed() -> None:
    """Refuse a batch whose tables could not be written, before it is simulated.

    Raises
    ------
    MissingExtraError
        If Zarr or pyarrow is not installed.
    """
    if find_spec("zarr") is None or find_spec("pyarrow") is None:
        raise MissingExtraError("a batch", "batch")


def write_headline(path: Path, frame: pd.DataFrame) -> None:
    """Write a frame as CSV in which no text is a formula.

    Parameters
    ----------
    path : Path
    frame : DataFrame

    Raises
    ------
    OSError
        If it cannot be written; what was there before is kept.
    """
    texts = [name for name in frame.columns if any(isinstance(one, str) for one in frame[name])]
    safe = frame.assign(**{name: frame[name].map(_as_text) for name in texts})
    write_atomically(path, csv_bytes(safe.rename(columns=_as_text)))


def write_summary(path: Path, frames: Iterable[pd.DataFrame], notice: str) -> int:
    """Write frames one after the other as one Parquet file, and return its rows.

    Parameters
    ----------
    path : Path
    frames : iterable of DataFrame
        Of the same columns; one is in memory at a time.
    notice : str
        Kept in the file's metadata.

    Raises
    ------
    OSError
        If it cannot be written; what was there before is kept.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = 0

    def written(stream: BinaryIO) -> None:
        nonlocal rows
        writer = None
        for frame in frames:
            table = _table(pa, frame, notice)
            if writer is None:
                writer = pq.ParquetWriter(stream, table.schema, compression="zstd")
            writer.write_table(table)
            rows += len(frame)
        if writer is not None:
            writer.close()

    write_atomically(path, written)
    return rows


def _table(pa: pyarrow, frame: pd.DataFrame, notice: str) -> pyarrow.Table:
    """Return a frame as a table; repeated words are kept once."""
    texts = [name for name in frame.columns if frame[name].dtype != np.float64]
    schema = pa.schema(
        [
            (name, pa.dictionary(pa.int32(), pa.string()) if name in texts else pa.float64())
            for name in frame.columns
        ],
        metadata={"notice": notice, "unit": "million"},
    )
    return pa.Table.from_pandas(frame, schema=schema, preserve_index=False)


def _as_text(value: object) -> object:
    """Return a text on one line that no spreadsheet runs; anything else as it is."""
    if not isinstance(value, str):
        return value
    line = " ".join(value.split())
    return f"'{line}" if line.startswith(FORMULA_SIGNS) else line
