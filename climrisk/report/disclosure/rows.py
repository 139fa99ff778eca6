"""The disclosure index as a tidy table, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pandas as pd

from climrisk.charts.caption import printable
from climrisk.names import Language
from climrisk.report.disclosure.index_words import row_words
from climrisk.report.disclosure.status import Index, RowStatus

__all__ = ["INDEX_COLUMNS", "index_frame"]

INDEX_COLUMNS: Final = [
    "standard",
    "version",
    "row",
    "pillar",
    "label",
    "force",
    "status",
    "remarks",
    "answers",
    "where",
    "crosswalk",
    "verified",
    "source",
    "notice",
]
FORMULA_SIGNS: Final = ("=", "+", "-", "@")


def index_frame(indexes: Iterable[Index], language: Language, notice: str = "") -> pd.DataFrame:
    """Return a row for each row of each standard.

    Parameters
    ----------
    indexes : iterable of Index
    language : {"en", "zh-Hant", "zh-Hans"}
        Of label, remarks and force; ids, status and pillar are names of climrisk.
    notice : str
        The study's notice.

    Returns
    -------
    DataFrame
        Texts that a spreadsheet would run as formulas begin with an apostrophe.
    """
    rows = [
        _fields(index, row, language) | {"notice": notice}
        for index in indexes
        for row in index.rows
    ]
    frame = pd.DataFrame(rows, columns=INDEX_COLUMNS)
    return frame.map(_as_text)


def _fields(index: Index, row: RowStatus, language: Language) -> dict[str, str]:
    label, force, remarks, where = row_words(row, language)
    return {
        "standard": index.standard.id,
        "version": index.standard.version.best(language),
        "row": row.id,
        "pillar": row.row.pillar,
        "label": label,
        "force": force,
        "status": row.status,
        "remarks": remarks,
        "answers": " ".join(printable(one.best(language)) for one in row.answers),
        "where": where,
        "crosswalk": " ".join(row.row.crosswalk),
        "verified": "yes" if row.row.verified else "no",
        "source": row.row.source or index.standard.source or "",
    }


def _as_text(text: str) -> str:
    line = " ".join(text.split())
    return f"'{line}" if line.startswith(FORMULA_SIGNS) else line
