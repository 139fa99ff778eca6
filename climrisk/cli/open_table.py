"""Tables that 80 columns hold: no frames, and cells of several lines in the place of columns."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.table import Table

__all__ = ["open_table"]


def open_table(title: str, left: int, *heads: str) -> Table:
    """Return an empty table with a line below its heads.

    Parameters
    ----------
    title : str
        In rich's markup; users' text has to be escaped.
    left : int
        The first column, which is never broken, and as many after it stand at the left as this
        says in all; the others at the right, and not broken either.
    *heads : str
        A line end in a head begins a new line.
    """
    table = Table(title=f"\n{title}", title_justify="left", box=SIMPLE_HEAD, show_edge=False)
    table.padding, table.pad_edge, table.collapse_padding = (0, 1), False, True
    for place, head in enumerate(heads):
        is_left = place < left
        whole = place == 0 or not is_left
        table.add_column(head, justify="left" if is_left else "right", no_wrap=whole)
    return table
