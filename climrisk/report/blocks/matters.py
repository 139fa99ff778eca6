"""What matters most, in the appendix, where `climrisk sensitivity` was asked about the run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pandas as pd

from climrisk.charts.table import ChartTable
from climrisk.charts.tables.information import information_table
from climrisk.charts.tables.tornado import tornado_table
from climrisk.errors import RunFolderError
from climrisk.io.answer_folder import FOLDER, read_answers
from climrisk.report.document import Picture, Section
from climrisk.report.focus import World
from climrisk.report.wording import Wording

__all__ = ["matters_section"]

MOST_DECISIONS: Final = 3
"""Measures whose pictures are shown: those before which most is worth knowing."""


def matters_section(words: Wording, world: World) -> Section | None:
    """Return the tornado of the world that the briefing is about, and what is worth knowing.

    None where nobody asked, or not about this scenario.

    Raises
    ------
    RunFolderError
        If the answers in the run folder are about another run, or damaged.
    """
    tables = read_answers(words.run.folder, words.run.record)
    try:
        charts = list(_charts(tables, words, world))
    except (KeyError, IndexError, TypeError):
        folder = words.run.folder / FOLDER
        raise RunFolderError(f"{folder}: not what climrisk sensitivity writes") from None
    if not charts:
        return None
    pictures = tuple(Picture(f"{chart.name}-{n}", chart) for n, chart in enumerate(charts, 1))
    return Section("matters", words.word("page.matters"), pictures, words.language, appendix=True)


def _charts(tables: dict[str, pd.DataFrame], words: Wording, world: World) -> Iterator[ChartTable]:
    own = {
        name: rows
        for name, table in tables.items()
        if len(rows := table[table["scenario"] == world.scenario])
    }
    if "tornado.csv" in own:
        yield tornado_table(own["tornado.csv"], words.labels)
    if "information.csv" in own:
        worth = own["information.csv"]
        largest = worth.groupby("measure")["value"].max().nlargest(MOST_DECISIONS)
        for measure in largest[largest > 0.0].index:
            yield information_table(worth[worth["measure"] == measure], words.labels)
