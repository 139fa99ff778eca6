"""`climrisk sensitivity`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from climrisk.names import ALL_YEARS, CURRENT, Control

if TYPE_CHECKING:
    from climrisk.domain.study import Study

__all__ = ["sensitivity"]


def sensitivity(
    study: Annotated[str, typer.Argument(help="A study, a bundled one's name, or a run folder.")],
    out: Annotated[
        Path | None,
        typer.Option(help="Folder to write; in the run folder by default, where briefings look."),
    ] = None,
    scenario: Annotated[
        list[str] | None, typer.Option(help="This scenario only; may be given several times.")
    ] = None,
    method: Annotated[
        list[str] | None,
        typer.Option(
            help="tornado, shares, sobol or information; all of them by default. May be given "
            "several times.",
        ),
    ] = None,
    measure: Annotated[
        list[str] | None,
        typer.Option(help="Decide on this planned measure only; may be given several times."),
    ] = None,
    horizon: Annotated[
        str, typer.Option(help="A horizon, or all for the net present value.")
    ] = ALL_YEARS,
    control: Annotated[Control, typer.Option(help="Which controls operate.")] = CURRENT,
    draws: Annotated[
        int | None,
        typer.Option(min=2, max=4_000_000_000, envvar="CLIMRISK_DRAWS", help="Monte Carlo draws."),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(min=0, max=2**64 - 1, envvar="CLIMRISK_SEED", help="Seed.")
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="Climate-economy model that Sobol indices hold.")
    ] = None,
    tied_together: Annotated[
        bool, typer.Option("--tied-together", help="Sobol: take inputs that are tied as one.")
    ] = False,
    base_points: Annotated[int, typer.Option(help="Sobol: base points, a power of two.")] = 1024,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")] = False,
) -> None:
    """Find out what matters most: tornado, shares, Sobol indices, value of information.

    Example: climrisk sensitivity lx-technology-2023 --scenario delayed_transition --out matters
    """
    from climrisk.cli.chosen import chosen_scenarios
    from climrisk.cli.screen import progress_bar
    from climrisk.cli.sensitivity_answer import show_answers
    from climrisk.errors import QuestionRefusedError
    from climrisk.io.answer_folder import write_answers
    from climrisk.io.atomic import check_new_folder
    from climrisk.sensitivity.answers import Sought, answers

    read, of_run = _read(study)
    simulation = read.settings.simulation
    if out is None:
        out = _place(study, bool(of_run))
    check_new_folder(out)
    sought = Sought(
        scenarios=chosen_scenarios(read, scenario),
        methods=_methods(method),
        control=control,
        horizon=horizon,
        measures=tuple(measure or ()),
        draws=of_run.get("draws", simulation.draws) if draws is None else draws,
        seed=of_run.get("seed", simulation.seed) if seed is None else seed,
        model=model,
        tied_together=tied_together,
        base_points=base_points,
    )
    with progress_bar(quiet) as progress:
        found = answers(read, sought, progress)
    if not found.tables:
        raise QuestionRefusedError("\n".join(f"{k}: {why}" for k, why in found.refused.items()))
    write_answers(out, read, found.tables, {"sought": vars(sought), "refused": found.refused})
    if not quiet:
        show_answers(read, found)
        typer.echo(f"folder: {out}")


def _place(study: str, is_run: bool) -> Path:
    """Return where the answers about a run belong.

    Raises
    ------
    typer.BadParameter
        If they are about no run.
    """
    from climrisk.io.answer_folder import FOLDER

    if not is_run:
        raise typer.BadParameter("missing; only a run folder has a place", param_hint="--out")
    return Path(study) / FOLDER


def _methods(wanted: list[str] | None) -> tuple[str, ...]:
    """Return the methods in their order.

    Raises
    ------
    typer.BadParameter
        If there is no method of a name.
    """
    from climrisk.sensitivity.answers import METHODS

    for name in wanted or ():
        if name not in METHODS:
            raise typer.BadParameter(
                f"found {name!r}; allowed: {', '.join(METHODS)}", param_hint="--method"
            )
    return tuple(name for name in METHODS if not wanted or name in wanted)


def _read(place: str) -> tuple[Study, dict[str, int]]:
    """Return a study, and draws and seed where it comes from a run folder."""
    from climrisk.io.run_folder import read_run
    from climrisk.io.study import read_study

    if (Path(place) / "run.json").is_file():
        study, record = read_run(Path(place))
        return study, {"draws": record["draws"], "seed": record["seed"]}
    return read_study(place), {}
