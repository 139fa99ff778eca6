"""Pictures of studies without risks, without anything, with sixty items, huge and tiny."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from climrisk.charts import matrix_table, study_labels
from climrisk.domain.item import Item
from climrisk.io.matrix_table import matrix_rows
from climrisk.report.book import xlsx_bytes
from climrisk.report.document import Document, Picture, Section
from climrisk.report.slides import pptx_bytes
from tests.charts.worlds import HOSTILE, analysed, charted_study, every_table, four_items
from tests.report.paper import paper
from tests.studies import always, cost, make_item


def sixty() -> dict[str, Item]:
    gain: dict[str, Any] = {"direction": "favourable"}
    return {
        f"R-{rank:02d}": make_item(always(), {"repair": cost(1.0 + rank)}, title=HOSTILE)
        for rank in range(40)
    } | {
        f"O-{rank:02d}": make_item(
            always(), {"won": cost(1.0 + rank, **gain)}, kind="opportunity", title="x" * 200
        )
        for rank in range(20)
    }


STUDIES: dict[str, tuple[dict[str, Item], float]] = {
    "no item": ({}, 1.0),
    "opportunities": (
        {name: one for name, one in four_items().items() if name.startswith("O")},
        1.0,
    ),
    "sixty": (sixty(), 1.0),
    "huge": (four_items(1e5), 1e5),
    "tiny": (four_items(1e-4), 1e-4),
}


def pictures_of(name: str) -> Document:
    """Return a paper whose appendix holds every picture of a study."""
    items, scale = STUDIES[name]
    study = charted_study(items, scale)
    results = analysed(study, draws=50)
    labels = study_labels(study, results)
    matrix = matrix_table(
        matrix_rows(results),
        labels.items,
        scenario="steep",
        horizon="long",
        caption=labels.caption("steep", "long"),
        appetite=labels.appetite,
    )
    charts = (matrix, *every_table(results, labels))
    blocks = tuple(Picture(f"picture_{rank}", chart) for rank, chart in enumerate(charts))
    section = Section("pictures", "Pictures", blocks, appendix=True)
    return replace(paper("en"), sections=(section,))


@pytest.mark.parametrize("name", STUDIES)
def test_slides_and_workbooks_of_hard_studies_are_written(name: str) -> None:
    document = pictures_of(name)
    assert pptx_bytes(document).startswith(b"PK")
    assert xlsx_bytes(document).startswith(b"PK")
