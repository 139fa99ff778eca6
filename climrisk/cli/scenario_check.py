"""The comparison of the bundled extract with a download, in lines."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from climrisk.cli.screen import one_line
from climrisk.io.iamc_check import ABSENT_ROW, ABSENT_YEAR, DIFFERS, OTHER_UNIT, SAME

__all__ = ["summary_lines"]


def summary_lines(found: pd.DataFrame) -> Iterator[str]:
    """Yield a line for each path, its differences below it, and the totals.

    Parameters
    ----------
    found : DataFrame
        As `io.iamc_check.compared_extract` returns it.
    """
    for (scenario, driver, series), rows in found.groupby(
        ["scenario", "driver", "series"], sort=False
    ):
        yield f"{scenario} {driver} {series}: {_verdict(rows)}"
        for _, row in rows[rows["verdict"] == DIFFERS].iterrows():
            yield (
                f"  {row['year']}: bundled {row['bundled']:g}, yours {row['yours']:g} "
                f"(line {row['line']:.0f})"
            )
    counts = found["verdict"].value_counts()
    told = [f"{counts[word]} {word}" for word in _WORDS if word in counts]
    yield f"{len(found)} bundled values: {', '.join(told)}"
    if not found["yours"].notna().any():
        yield "nothing could be compared: no scenario, model, region and variable is named alike"


_WORDS = (SAME, DIFFERS, OTHER_UNIT, ABSENT_YEAR, ABSENT_ROW)


def _verdict(rows: pd.DataFrame) -> str:
    first, same = rows.iloc[0], int((rows["verdict"] == SAME).sum())
    if first["verdict"] == ABSENT_ROW:
        return f"no row of {first['variable']} in {first['region']}"
    if first["verdict"] == OTHER_UNIT:
        return f"your unit is {one_line(str(first['unit']))!r}, so that nothing is compared"
    missing = rows.loc[rows["verdict"] == ABSENT_YEAR, "year"]
    absent = f"; you have no value in {', '.join(map(str, missing))}" if len(missing) else ""
    return f"{same} of {len(rows)} values the same{absent}"
