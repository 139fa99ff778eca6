"""`climrisk`: commands, exit codes and the way errors are told."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from climrisk import __version__
from climrisk.cli.new import new
from climrisk.cli.reproduce import reproduce
from climrisk.cli.run import run
from climrisk.cli.schema import schema
from climrisk.cli.validate import validate
from climrisk.errors import ClimriskError

__all__ = ["app", "main"]

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells use it."""

app = typer.Typer(
    name="climrisk",
    help="Climate risks and opportunities of a company, as ranges with their errors.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"climrisk {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Climate risks and opportunities of a company, as ranges with their errors."""


for command in (new, validate, run, reproduce, schema):
    app.command()(command)


def main() -> None:
    """Run the command line; exit 0 done, 1 wrong input, 2 wrong command line, 130 interrupted."""
    try:
        app(standalone_mode=True)
    except ClimriskError as error:
        typer.echo(str(error), err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        typer.echo("stopped; nothing was written", err=True)
        sys.exit(INTERRUPTED)
