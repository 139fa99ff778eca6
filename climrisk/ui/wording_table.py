"""Tables of words on a page: they grow with large text, and typed words stay text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from climrisk.ui.safe import plain

__all__ = ["show_table"]

SCROLLED = """<style>
[data-testid=stMarkdownContainer]:has(table) {overflow-x: auto;}
[data-testid=stMarkdownContainer] th {text-align: left; vertical-align: bottom;}
[data-testid=stMarkdownContainer] td {vertical-align: top; font-variant-numeric: tabular-nums;}
[class*=st-key-table] td {min-width: 5.2rem; padding: 0.35rem 0.5rem;}
[class*=st-key-even] table {table-layout: fixed; width: 100%; min-width: 620px;}
[class*=st-key-even] th:first-child {width: 25%;}
[class*=st-key-even] :is(th, td) {padding: 0.35rem 0.4rem; font-size: 0.875rem; hyphens: auto;}
</style>"""
EVEN = "even"


def show_table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], *, name: str = "", even: bool = False
) -> None:
    """Show a table of words; a row of a single cell heads the rows below it.

    Parameters
    ----------
    heads : sequence of str
    rows : iterable of sequence of str
    name : str
        Of the table on its page.
    even : bool
        Whether all columns but the first are equally wide.
    """
    st.html(SCROLLED)
    lines = [[_cell(head) for head in heads], ["---"] * len(heads)]
    for row in rows:
        cells = [_cell(one) for one in row]
        missing = len(heads) - len(cells)
        lines.append([f"**{cells[0]}**", *[""] * missing] if missing else cells)
    with st.container(key=f"{EVEN if even else 'table'}_{name}"):
        st.markdown("\n".join(f"| {' | '.join(line)} |" for line in lines))


def _cell(text: str) -> str:
    return " ".join(plain(text).split())
