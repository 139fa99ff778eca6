"""`climrisk validate`."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["validate"]


def validate(
    study: Annotated[str, typer.Argument(help="A study folder, or the name of a bundled study.")],
) -> None:
    """Check a study and name every fault: file, line, field, what was found, what is allowed."""
    from climrisk.cli.screen import one_line
    from climrisk.domain.advice import advice
    from climrisk.io.study import read_study

    found = read_study(study)
    assessed, stated = len(found.assessed), len(found.items)
    typer.echo(f"{found.name}: no faults; {assessed} of {stated} items assessed")
    for name, item in found.not_assessed.items():
        typer.echo(f"not assessed: {name} {one_line(item.title.best())}")
    for warning in advice(found, found.settings.scenarios):
        typer.echo(f"warning: {warning}")
