"""`climrisk validate`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from climrisk.domain.study import Study
    from climrisk.errors import Fault

__all__ = ["validate"]


def validate(
    study: Annotated[str, typer.Argument(help="A study folder, or the name of a bundled study.")],
) -> None:
    """Check a study and name every fault: file, line, field, what was found, what is allowed."""
    from climrisk.cli.screen import one_line
    from climrisk.domain.advice import advice

    found = _read_whole(study)
    assessed, stated = len(found.assessed), len(found.items)
    typer.echo(f"{found.name}: no faults; {assessed} of {stated} items assessed")
    for name, item in found.not_assessed.items():
        typer.echo(f"not assessed: {name} {one_line(item.title.best())}")
    for warning in advice(found, found.settings.scenarios):
        typer.echo(f"warning: {warning}")


def _read_whole(study: str) -> Study:
    """Return a study whose own files, briefing and answers have no faults, or name all."""
    from climrisk.errors import InvalidStudyError
    from climrisk.io.briefing_file import read_briefing
    from climrisk.io.disclosure import read_disclosure
    from climrisk.io.study import read_study
    from climrisk.paths import find_study

    folder = find_study(study)
    try:
        found = read_study(folder)
    except InvalidStudyError as error:
        others = _faults(lambda: read_briefing(folder, None))
        others += _faults(lambda: read_disclosure(folder))
        raise InvalidStudyError([*error.faults, *others]) from None
    faults = _faults(lambda: read_briefing(folder, found))
    faults += _faults(lambda: read_disclosure(folder, found))
    if faults:
        raise InvalidStudyError(faults)
    return found


def _faults(read: Callable[[], object]) -> list[Fault]:
    """Return the faults that a reader names."""
    from climrisk.errors import InvalidStudyError

    try:
        read()
    except InvalidStudyError as error:
        return list(error.faults)
    return []
