"""Pictures of a run from plain data, here or in a process of their own.

Loading matplotlib and drawing take longer than a small simulation. As `python -m
climrisk.cli.drawing` this module does both beside it: it loads everything, waits for one job as
JSON on standard input and answers with the pictures on standard output. On Linux a child that it
forks draws the targets while it draws the matrices itself.
"""

from __future__ import annotations

import json
import os
import sys
from base64 import b64encode
from collections.abc import Callable
from typing import Any

from climrisk.cli.loading import quick_start

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
    matrix = pd.DataFrame(job["matrix"])
    for horizon, caption in job["captions"].items():
        fields: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in caption.items()
        }
        chart = matrix_table(
            matrix,
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
    _get_ready()
    text = sys.stdin.read()
    if text:
        json.dump(_drawn_by_two(json.loads(text)), sys.stdout)


def _get_ready() -> None:
    """Draw a word, so that matplotlib, its styles, fonts and all words of charts are at hand."""
    import climrisk.charts.matrix_page
    import climrisk.charts.target_page  # noqa: F401  both load what they need to draw
    from climrisk.charts.page import Page
    from climrisk.charts.still import png
    from climrisk.i18n.catalogue import catalogue

    catalogue("en")
    page = Page(["ready"], "en")
    for weight in ("normal", "bold"):
        page.write("ready", 0, 0, page.fitted("ready", 100, 12), weight=weight)
    png(page.figure)


def _drawn_by_two(job: dict[str, Any]) -> dict[str, str]:
    """Return the pictures of a job as text; targets are drawn beside the matrices if possible."""
    targets = {name: job[name] for name in ("targets",) if name in job}
    matrices = {name: one for name, one in job.items() if name != "targets"}
    if sys.platform != "linux" or not targets or not matrices:
        return _as_text(drawn(job))
    beside = _begun_beside(targets)
    return _as_text(drawn(matrices)) | beside()


def _begun_beside(job: dict[str, Any]) -> Callable[[], dict[str, str]]:
    """Let a child draw, which has loaded all that this process has; return what waits for it.

    A child that fails leaves nothing to read: then this process fails as well.
    """
    answer, way_back = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(answer)  # so that writing fails where nobody reads any more
        os.close(1)  # whoever waits for the end of the output waits for the parent alone
        try:
            with os.fdopen(way_back, "w", encoding="utf-8") as stream:
                json.dump(_as_text(drawn(job)), stream)
        finally:
            os._exit(0)
    os.close(way_back)

    def received() -> dict[str, str]:
        with os.fdopen(answer, encoding="utf-8") as stream:
            content = stream.read()
        os.waitpid(child, 0)
        return dict(json.loads(content))

    return received


def _as_text(pictures: dict[str, bytes]) -> dict[str, str]:
    return {name: b64encode(one).decode() for name, one in pictures.items()}


if __name__ == "__main__":
    with quick_start():
        _answer()
