"""`climrisk import`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["import_"]


def import_(
    book: Annotated[Path, typer.Argument(help="A workbook that climrisk export wrote.")],
    study: Annotated[Path, typer.Argument(help="The study's folder; made where it is missing.")],
    yes: Annotated[bool, typer.Option("--yes", help="Accept the differences unasked.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show them; write nothing.")] = False,
) -> None:
    """Bring a workbook back: check it, show what would change, and write it once accepted.

    Example: climrisk import lx.xlsx our-study
    """
    from climrisk.errors import ClimriskError
    from climrisk.io.workbook.proposal import carry_out, propose

    proposal = propose(book, study)
    if proposal.is_new:
        typer.echo(f"{study}: a new study, {', '.join(proposal.after)}")
    elif not proposal.changes:
        typer.echo("no differences; nothing to write")
        return
    else:
        for change in proposal.changes:
            typer.echo(str(change))
    if dry_run:
        typer.echo("dry run; nothing was written")
        return
    question = "make the study?" if proposal.is_new else _question(len(proposal.changes))
    if not yes and not typer.confirm(question):
        typer.echo("nothing was written")
        raise typer.Exit(1)
    try:
        carry_out(proposal)
    except OSError as error:
        raise ClimriskError(f"{study} cannot be written: {error.strerror}") from error
    typer.echo(f"written: {', '.join(str(study / name) for name in proposal.after)}")


def _question(count: int) -> str:
    """Ask about everything that was shown."""
    return f"write {count} {'change' if count == 1 else 'changes'}?"
