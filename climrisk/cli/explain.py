"""`climrisk explain`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["explain"]


def explain(
    run: Annotated[Path, typer.Argument(help="A run folder.")],
    key: Annotated[
        str,
        typer.Argument(
            help="file/column=value/..., such as summary.csv/scenario=ndcs/..., or study.json/PATH"
        ),
    ],
    draw: Annotated[
        int | None, typer.Option(min=0, help="Tell the story of this draw instead of the nearest.")
    ] = None,
) -> None:
    """Say where a printed figure comes from: definition, parts, inputs, drivers, error, story.

    Example: climrisk explain runs/lx summary.csv/scenario=ndcs/control=current/horizon=long/
    subject=total/channel=net/statistic=p5
    """
    from climrisk.cli.explanation import explanation, stated_explanation
    from climrisk.io.run_figures import find_figure
    from climrisk.io.run_folder import read_run
    from climrisk.io.stated_figure import STATED, find_stated

    if key.startswith(STATED):
        for line in stated_explanation(find_stated(run, key)):
            typer.echo(line)
        return
    figure = find_figure(run, key)
    study, record = read_run(run)
    for line in explanation(study, record, figure, draw):
        typer.echo(line)
