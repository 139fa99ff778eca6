"""`climrisk`: commands, exit codes and the way errors are told."""

from __future__ import annotations

import io
import sys
from contextlib import nullcontext
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from climrisk import __version__
from climrisk.cli.app import open_app
from climrisk.cli.approve import approve
from climrisk.cli.batch import batch
from climrisk.cli.brief import brief
from climrisk.cli.compare import compare
from climrisk.cli.disclosure import disclosure
from climrisk.cli.explain import explain
from climrisk.cli.export import export
from climrisk.cli.import_ import import_
from climrisk.cli.interrupt import heeding_ctrl_c
from climrisk.cli.loading import quick_start
from climrisk.cli.new import new
from climrisk.cli.recalculate import recalculate
from climrisk.cli.reproduce import reproduce
from climrisk.cli.run import run
from climrisk.cli.scenarios import scenarios
from climrisk.cli.schema import schema
from climrisk.cli.sensitivity import sensitivity
from climrisk.cli.targets import targets
from climrisk.cli.validate import validate
from climrisk.cli.verify import verify
from climrisk.cli.warmup import warmup
from climrisk.cli.workshop import workshop
from climrisk.errors import ClimriskError

__all__ = ["app", "main"]

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells use it."""
QUICK = {"run", "reproduce", "brief"}
"""Commands whose work is short beside what they load."""


class _Commands(TyperGroup):
    """The commands, which all end alike when a user stops them."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            typer.echo("stopped; no file was left half-written", err=True)
            raise typer.Exit(INTERRUPTED) from None


app = typer.Typer(
    name="climrisk",
    cls=_Commands,
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


COMMANDS = (
    new,
    validate,
    run,
    batch,
    compare,
    targets,
    recalculate,
    reproduce,
    explain,
    disclosure,
    brief,
    approve,
    sensitivity,
    verify,
    schema,
    warmup,
)
for command in COMMANDS:
    app.command()(command)
app.command()(export)
app.command("import")(import_)
app.add_typer(workshop, name="workshop")
app.add_typer(scenarios, name="scenarios")
app.command("app")(open_app)


def main() -> None:
    """Run the command line; exit 0 done, 1 wrong input, 2 wrong command line, 130 interrupted."""
    _print_what_the_screen_can_show()
    try:
        with heeding_ctrl_c(), quick_start() if set(sys.argv[1:2]) & QUICK else nullcontext():
            app()
    except ClimriskError as error:
        typer.echo(str(error), err=True)
        sys.exit(1)


def _print_what_the_screen_can_show() -> None:
    """Let a screen without Chinese characters show `?` for them; errors have their own way."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
