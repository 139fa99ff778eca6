"""Approving the content of a briefing in the run's log."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer
from pydantic import ValidationError

from climrisk import __version__
from climrisk.domain.approval import Approval
from climrisk.errors import RunFolderError
from climrisk.io.approvals import append_approval
from climrisk.names import Language
from climrisk.report.briefing import Paper, paper
from climrisk.report.run_data import open_run

__all__ = ["approve_briefing"]


def approve_briefing(
    folder: Path,
    since: Path | None,
    languages: Sequence[Language],
    name: str,
    day: datetime.date,
) -> Iterator[str]:
    """Approve the papers of a run, all or none, and yield a line for each.

    Raises
    ------
    RunFolderError
        If something stands in the way of one of them; everything at once.
    typer.BadParameter
        If the name is none.
    """
    run = open_run(folder)
    earlier = None if since is None else open_run(since)
    papers = [paper(run, language, since=earlier) for language in languages]
    obstacles = [line for one in papers for line in one.obstacles]
    if obstacles:
        told = "\n".join(f"  {line}" for line in obstacles)
        raise RunFolderError(f"{folder}: cannot be approved:\n{told}")
    approvals = [_approval(one, name, day) for one in papers]
    for approval in approvals:
        append_approval(folder, approval)
        yield f"approved in {approval.language} by {approval.name}, {approval.date}"


def _approval(one: Paper, name: str, day: datetime.date) -> Approval:
    try:
        return Approval(
            name=name,
            date=day,
            language=one.document.language,
            content=one.content,
            climrisk=__version__,
        )
    except ValidationError as error:
        raise typer.BadParameter(error.errors()[0]["msg"], param_hint="--name") from None
