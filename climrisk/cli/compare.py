"""`climrisk compare`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["compare"]

MOST_SHOWN = 60
"""Rows that are printed; all of them go to --out."""


def compare(
    a: Annotated[Path, typer.Argument(help="A run folder, a batch folder, or BATCH/RUN.")],
    b: Annotated[Path, typer.Argument(help="What it is held against.")],
    out: Annotated[Path | None, typer.Option(help="CSV file to write, every row.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")] = False,
) -> None:
    """Compare runs on the same draws: what A comes to less what B does, with its error.

    Both are simulated again from the studies that they keep. The last column is the probability
    that A comes to more than B in a draw.

    Example: climrisk compare batches/sweep/r3 runs/first
    """
    from climrisk.batch.comparison import compare as compared

    found = compared(a, b)
    if out is not None:
        from climrisk.io.batch_tables import write_headline

        write_headline(out, found.table)
    if quiet:
        return
    for line in _lines(found.table):
        typer.echo(line)
    for remark in found.remarks:
        typer.echo(remark)
    if out is not None:
        typer.echo(f"written: {out}")


def _lines(table: pd.DataFrame) -> list[str]:
    """Return the table as text: under current controls, by pair of runs."""
    lines = []
    shown = table[table["control"] == "current"]
    for (one, other), rows in shown.groupby(["run_a", "run_b"], sort=False):
        lines.append(f"{one} less {other}: net of the total, current controls [million]")
        for row in rows.head(MOST_SHOWN).itertuples():
            lines.append(
                f"  {row.scenario:24}{row.horizon:10}{row.difference:12,.4g} ± "
                f"{row.difference_se:<10.2g}P(more) {row.exceeds:.3f} ± {row.exceeds_se:.2g}"
            )
    return lines
