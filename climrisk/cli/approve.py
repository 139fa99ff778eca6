"""`climrisk approve`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["approve"]


def approve(
    run: Annotated[Path, typer.Argument(help="A run folder.")],
    name: Annotated[str, typer.Option(help="Who approves.")],
    lang: Annotated[
        list[str] | None, typer.Option(help="en, zh-Hant, zh-Hans, with commas; en by default.")
    ] = None,
    date: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of the approval; today.")
    ] = None,
    since: Annotated[
        Path | None, typer.Option(help="The earlier run that the paper is compared with.")
    ] = None,
) -> None:
    """Approve the briefing of a run as it stands: it then no longer says DRAFT.

    The approval is added to the run's log with a hash of the content; a paper that changes
    afterwards is a draft again. A text without a translation into the paper's language, or a
    sentence whose figures moved, stands in the way.

    Example: climrisk approve runs/lx --name "Board of directors" --lang en,zh-Hant
    """
    from climrisk.cli.briefing_approval import approve_briefing
    from climrisk.cli.briefing_files import languages_asked

    day = (date or datetime.now(UTC)).date()
    for told in approve_briefing(run, since, languages_asked(lang), name, day):
        typer.echo(told)
