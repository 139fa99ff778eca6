"""Pictures of a run from plain data, here or in a process of their own.

Loading matplotlib and drawing take longer than a small simulation. As `python -m
climrisk.cli.drawing` this module does both beside it: it loads everything, waits for one job as
JSON on standard input and answers with the pictures on standard output.
"""

from __future__ import annotations

import json
import sys
from base64 import b64encode
from typing import Any

__all__ = ["drawn"]


def drawn(job: dict[str, Any]) -> dict[str, bytes]:
    """Return the PNG pictures of a job by file name.

    Parameters
    ----------
    job : dict
        `matrix`: the columns of `matrix.csv`; `captions`: the fields of `Caption` by horizon;
        `titles`, `scenario`, `appetite` and `not_assessed` as `matrix_table` takes them;
        `targets`: what `target_fans` takes. Without captions or targets, those are left out.

    Raises
    ------
    MissingFontError
        If no installed font has the characters of a text.
    """
    found = _matrices(job) if "captions" in job else {}
    return found | (_targets(job["targets"]) if "targets" in job else {})


def _targets(job: dict[str, Any]) -> dict[str, bytes]:
    import pandas as pd

    from climrisk.charts.still import draw_targets, png
    from climrisk.charts.target_fans import target_fans

    chart = target_fans(
        pd.DataFrame(job["rows"]),
        job["titles"],
        job["scenario_titles"],
        draws=job["draws"],
        seed=job["seed"],
        notice=job["notice"],
    )
    return {"targets.png": png(draw_targets(chart))} if chart.panels else {}


def _matrices(job: dict[str, Any]) -> dict[str, bytes]:
    import pandas as pd

    from climrisk.charts import draw_matrix, matrix_table, png
    from climrisk.charts.caption import Caption

    scenario, found = job["scenario"], dict[str, bytes]()
    for horizon, caption in job["captions"].items():
        fields: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in caption.items()
        }
        chart = matrix_table(
            pd.DataFrame(job["matrix"]),
            job["titles"],
            scenario=scenario,
            horizon=horizon,
            caption=Caption(**fields),
            appetite=job["appetite"],
            not_assessed=job["not_assessed"],
        )
        found[f"matrix-{scenario}-{horizon}.png"] = png(draw_matrix(chart))
    return found


def _answer() -> None:
    """Do the job that comes, or end quietly where none does: then the run has failed."""
    import climrisk.charts.matrix_page  # noqa: F401  loads matplotlib while the run simulates

    text = sys.stdin.read()
    if text:
        pictures = drawn(json.loads(text))
        json.dump({name: b64encode(one).decode() for name, one in pictures.items()}, sys.stdout)


if __name__ == "__main__":
    _answer()
