"""`climrisk export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from climrisk.names import Language

__all__ = ["export"]


def export(
    study: Annotated[str, typer.Argument(help="A study folder, or the name of a bundled study.")],
    book: Annotated[Path, typer.Argument(help="Workbook to write, .xlsx; must not exist.")],
    lang: Annotated[Language, typer.Option(help="Language of names, headings and notes.")] = "en",
) -> None:
    """Write a whole study as one Excel workbook to fill in (needs the extra excel).

    Example: climrisk export lx-technology-2023 lx.xlsx --lang zh-Hant
    """
    from climrisk.errors import ClimriskError
    from climrisk.io.atomic import write_atomically
    from climrisk.io.scenarios import ScenarioShelf
    from climrisk.io.study import read_study
    from climrisk.io.workbook.proposal import own_scenarios
    from climrisk.io.workbook.write import workbook_bytes
    from climrisk.paths import find_study

    if book.suffix.lower() != ".xlsx":
        raise typer.BadParameter(f"found {book.name!r}; allowed: a name that ends in .xlsx")
    if book.exists():
        raise ClimriskError(f"{book} exists already; name a file that does not")
    folder = find_study(study)
    content = workbook_bytes(
        read_study(study), ScenarioShelf(folder).names, own_scenarios(folder), lang
    )
    try:
        write_atomically(book, content)
    except OSError as error:
        raise ClimriskError(f"{book} cannot be written: {error.strerror}") from error
    typer.echo(f"{book}: the whole study; bring it back with: climrisk import {book} STUDY")
