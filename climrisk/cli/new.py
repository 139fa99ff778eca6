"""`climrisk new`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["new"]


def new(
    folder: Annotated[Path, typer.Argument(help="Folder to make; must not exist.")],
    source: Annotated[
        str, typer.Option("--from", help="Study whose structure is copied, numbers left blank.")
    ] = "lx-technology-2023",
) -> None:
    """Make a study to fill in: the structure of another one, with its numbers left blank."""
    from climrisk.io.blank import write_blank_study
    from climrisk.io.study import read_study
    from climrisk.paths import find_study

    own_scenarios = sorted((find_study(source) / "scenarios").glob("*.yaml"))
    write_blank_study(read_study(source), folder, own_scenarios)
    typer.echo(f"{folder}: a study with its numbers left blank")
    typer.echo(
        "next: give revenue, exposures and thresholds in study.yaml, then frame, "
        "occurrence and impact of each item in register.yaml"
    )
    typer.echo(f"check with: climrisk validate {folder}")
