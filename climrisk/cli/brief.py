"""`climrisk brief`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["brief"]


def brief(
    run: Annotated[Path, typer.Argument(help="A run folder.")],
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", help="pdf and others, with commas; all by default."),
    ] = None,
    lang: Annotated[
        list[str] | None, typer.Option(help="en, zh-Hant, zh-Hans, with commas; en by default.")
    ] = None,
    bilingual: Annotated[
        bool, typer.Option("--bilingual", help="One paper in two languages, page by page.")
    ] = False,
    prevailing: Annotated[
        str | None, typer.Option(help="Language that prevails in a bilingual paper.")
    ] = None,
    since: Annotated[
        Path | None, typer.Option(help="Earlier run folder: tell what changed since.")
    ] = None,
    font: Annotated[
        list[Path] | None, typer.Option(help="Font file for characters that none has.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder to write to.")] = Path("briefings"),
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")] = False,
) -> None:
    """Write the board briefing of a run: six pages and an appendix, in every format and language.

    Example: climrisk brief runs/lx --format pdf --lang en,zh-Hant --out board
    """
    from climrisk.cli.still_formats import Beside

    with Beside(formats is None or "," in ",".join(formats)) as beside:  # loads while this does
        from climrisk.cli.briefing_files import Order, write_briefings

        order = Order.read(
            formats=formats,
            languages=lang,
            bilingual=bilingual,
            prevailing=prevailing,
            fonts=font,
        )
        for told in write_briefings(run, since, order, out, force, beside):
            if not quiet:
                typer.echo(told, err=True)
