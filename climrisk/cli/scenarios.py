"""`climrisk scenarios`: scenario data that other people publish."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import pandas as pd

    from climrisk.domain.scenario import Scenario
    from climrisk.io.scenario_import import Wanted

__all__ = ["scenarios"]

scenarios = typer.Typer(
    help="Scenario data of other people: check the bundled extract, import your own.",
    no_args_is_help=True,
)

File = Annotated[
    Path, typer.Argument(help="CSV or XLSX in the IAMC wide format, as the explorer exports it.")
]


@scenarios.command()
def check(
    file: File,
    report: Annotated[
        Path | None, typer.Option(help="Write every comparison as CSV; must not exist.")
    ] = None,
) -> None:
    """Compare the bundled scenario data with your own download; exit 1 where a value differs.

    Example: climrisk scenarios check ngfs_export.csv --report differences.csv
    """
    from climrisk.cli.scenario_check import summary_lines
    from climrisk.io.atomic import write_atomically
    from climrisk.io.csv_text import csv_bytes
    from climrisk.io.iamc import read_wide_file
    from climrisk.io.iamc_check import SAME, compared_extract
    from climrisk.io.iamc_names import iamc_names
    from climrisk.io.scenarios import ScenarioShelf
    from climrisk.paths import bundled

    if report is not None and report.exists():
        raise typer.BadParameter(f"{report} exists already", param_hint="--report")
    shelf, names = ScenarioShelf(bundled("scenarios")), iamc_names()
    known = {name: one for name in names.scenarios if (one := shelf.scenario(name)) is not None}
    found = compared_extract(read_wide_file(file), known, names)
    for line in summary_lines(found):
        typer.echo(line)
    if report is not None:
        write_atomically(report, csv_bytes(found))
        typer.echo(f"every value: {report}")
    if not _agrees(found, SAME):
        raise typer.Exit(1)


@scenarios.command("import")
def import_(
    file: File,
    wanted: Annotated[
        Path, typer.Argument(help="YAML that says what to take; docs/scenario_data.md has one.")
    ],
    out: Annotated[Path, typer.Option(help="Scenario file to write, <id>.yaml; must not exist.")],
    study: Annotated[
        str | None, typer.Option(help="Study whose own scenarios `like` may name.")
    ] = None,
) -> None:
    """Make a scenario of your own from a download, with the source of every series.

    Example: climrisk scenarios import ngfs_export.csv wanted.yaml --out scenarios/my_world.yaml
    """
    from climrisk.errors import ClimriskError
    from climrisk.io.atomic import write_atomically
    from climrisk.io.iamc import read_wide_file
    from climrisk.io.scenario_import import imported_scenario, read_import, scenario_text

    asked = read_import(wanted)
    name = asked.stated.id
    if out.name != f"{name}.yaml":
        raise typer.BadParameter(
            f"found {out.name!r}; allowed: {name}.yaml, after the id", param_hint="--out"
        )
    if out.exists():
        raise ClimriskError(f"{out} exists already; name a file that does not")
    like = _scenario(study, asked)
    made = imported_scenario(asked, read_wide_file(file), like)
    try:
        write_atomically(out, scenario_text(made).encode())
    except OSError as error:
        raise ClimriskError(f"{out} cannot be written: {error.strerror}") from error
    kept = ", ".join(sorted(set(made.drivers) - set(asked.stated.drivers))) or "nothing"
    typer.echo(f"{out}: {', '.join(asked.stated.drivers)} from {file.name}; from {like.id}: {kept}")
    for driver in asked.stated.drivers:
        ours, theirs = made.drivers[driver].unit, like.drivers.get(driver)
        if theirs is not None and theirs.unit != ours:
            typer.echo(
                f"{driver}: {ours} here, {theirs.unit} in {like.id}: name the same unit alike by "
                "written_as, or convert the other scenarios too; a study needs one unit"
            )


def _scenario(study: str | None, asked: Wanted) -> Scenario:
    """Return the scenario whose texts and other drivers are taken over.

    Raises
    ------
    InvalidStudyError
        If there is none of that name, or it has faults.
    """
    from climrisk.errors import InvalidStudyError
    from climrisk.io.scenarios import ScenarioShelf
    from climrisk.io.wording import suggestion
    from climrisk.paths import bundled, find_study

    shelf = ScenarioShelf(bundled("scenarios") if study is None else find_study(study))
    name = asked.stated.like
    if name not in shelf.names:
        fault = asked.fault(("like",), f"unknown scenario {name!r}", suggestion(name, shelf.names))
        raise InvalidStudyError([fault])
    found = shelf.scenario(name)
    if found is None:
        raise InvalidStudyError(shelf.faults)
    return found


def _agrees(found: pd.DataFrame, same: str) -> bool:
    """Return whether something could be compared and nothing of it differs."""
    compared = found[found["yours"].notna()]
    return bool(len(compared)) and bool((compared["verdict"] == same).all())
