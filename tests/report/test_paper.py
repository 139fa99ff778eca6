"""The made-up paper holds every kind of part, so that a writer that reads it back has met all."""

from __future__ import annotations

from typing import get_args

import pytest

from climrisk.names import LANGUAGES, Language
from climrisk.report.document import Block, Paragraph, State, Table, figures_of
from tests.report.paper import bilingual, paper


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("hostile", [False, True])
def test_it_has_every_kind_of_block_state_and_column(language: Language, hostile: bool) -> None:
    made = paper(language, hostile=hostile)
    blocks = [block for section in made.sections for block in section.blocks]
    tables = [block for block in blocks if isinstance(block, Table)]
    cells = [cell for table in tables for row in table.rows for cell in row]
    assert {type(block) for block in blocks} == set(get_args(Block))
    styles = {block.style for block in blocks if isinstance(block, Paragraph)}
    assert styles == {"normal", "lead", "note", "warning"}
    icons = {cell.icon for cell in cells if isinstance(cell, State)}
    assert icons == {"tick", "triangle", "cross", "dash"}
    kinds = {column.kind for table in tables for column in table.columns}
    assert kinds == {"text", "figure", "state"}
    assert any(table.groups for table in tables)
    assert all(len(row) == len(table.columns) for table in tables for row in table.rows)
    assert len(made.pages) == 6
    assert all(any(True for _ in figures_of(one)) for one in (made.pages[0], made.appendix[0]))


def test_names_are_unique_in_a_paper() -> None:
    for made in (paper(), bilingual()):
        names = [section.name for section in made.sections]
        assert len(set(names)) == len(names)
