"""How many draws the command line and the environment ask for."""

from __future__ import annotations

from dataclasses import dataclass

import typer

__all__ = ["Sampling", "as_share", "chosen_sampling"]


@dataclass(frozen=True)
class Sampling:
    """What is asked for; the study decides what is None, as `analyse` does.

    Parameters
    ----------
    draws : int or None
        A number of draws.
    target_error : float or None
        Relative standard error up to which draws are added.
    max_draws : int or None
        Draws at which adding stops.
    """

    draws: int | None = None
    target_error: float | None = None
    max_draws: int | None = None


def as_share(text: str) -> float:
    """Read `0.5%` or `0.005`.

    Raises
    ------
    typer.BadParameter
        If it is neither, or not between 0 and 1.
    """
    number, percent, rest = text.strip().partition("%")
    try:
        share = float(number) / (100.0 if percent else 1.0)
    except ValueError:
        share = 0.0
    if rest or not 0.0 < share < 1.0:
        raise typer.BadParameter(f"found {text!r}; allowed: such as 0.5% or 0.005, below 100%")
    return share


def chosen_sampling(
    context: typer.Context,
    draws: int | None,
    target_error: float | None,
    max_draws: int | None,
) -> Sampling:
    """Return what is asked for, the command line before the environment.

    Raises
    ------
    typer.BadParameter
        If a number of draws and a target error are asked for in one place, or the command line
        gives `--max-draws` beside a number of draws.
    """
    typed = {name for name in ("draws", "target_error", "max_draws") if _is_typed(context, name)}
    if draws is not None and target_error is not None:
        both = {"draws", "target_error"} & typed
        if len(both) != 1:
            raise typer.BadParameter(
                "a number of draws and a target error exclude each other; give one of them",
                param_hint="--draws and --target-error"
                if both
                else "CLIMRISK_DRAWS and CLIMRISK_TARGET_ERROR",
            )
        draws, target_error = (draws, None) if both == {"draws"} else (None, target_error)
    if draws is not None:
        if "max_draws" in typed:
            raise typer.BadParameter(
                "goes with --target-error, not with a number of draws", param_hint="--max-draws"
            )
        return Sampling(draws)
    return Sampling(None, target_error, max_draws)


def _is_typed(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"
