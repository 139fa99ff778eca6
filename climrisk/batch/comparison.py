"""Two runs held against each other on the same draws, both simulated again from their studies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pandas as pd

from climrisk.analysis import analyse
from climrisk.analysis.outputs import DRAWS, RANGES
from climrisk.batch.arrays import DIFFERENCE_STATISTICS, Floats, paired_differences, single_draws
from climrisk.batch.folder import PLAN, STUDIES
from climrisk.batch.results import BatchResults, open_batch
from climrisk.domain.study import Study
from climrisk.domain.varied import Setting, varied
from climrisk.errors import BatchError, RunFolderError
from climrisk.io.run_folder import read_run
from climrisk.names import ALL_YEARS, BASE_YEAR_SCENARIO, CONTROLS

__all__ = ["Compared", "Rerun", "compare", "compared"]

COLUMNS: Final = ("run_a", "run_b", "scenario", "control", "horizon", "years")


@dataclass(frozen=True)
class Rerun:
    """What is needed to simulate a run again.

    Parameters
    ----------
    name : str
        How tables call it.
    study : Study
    scenarios : tuple of str
        Without `base_year`.
    draws, seed : int
    """

    name: str
    study: Study
    scenarios: tuple[str, ...]
    draws: int
    seed: int


@dataclass(frozen=True)
class Compared:
    """What a comparison found.

    Parameters
    ----------
    table : DataFrame
        A row for each pair of runs, scenario, control and horizon.
    remarks : tuple of str
        What could not be compared, and on how many draws the rest was.
    """

    table: pd.DataFrame
    remarks: tuple[str, ...]


def compare(a: str | Path, b: str | Path) -> Compared:
    """Compare two runs, or two batches run by run.

    Parameters
    ----------
    a, b : str or Path
        A run folder; a batch folder; or one run of a batch, as `<batch folder>/<run>`, with
        `<study>/` before the run where the batch has several studies.

    Returns
    -------
    Compared
        Net of the total in `a` less that in `b`.

    Raises
    ------
    RunFolderError
        If one of them is neither.
    BatchError
        If they have no run, scenario or horizon in common, or different currencies.
    """
    pairs, remarks = _pairs(_runs(Path(a)), _runs(Path(b)))
    found = [compared(one, other) for one, other in pairs]
    table = pd.concat([one.table for one in found], ignore_index=True)
    told = [*remarks, *(remark for one in found for remark in one.remarks)]
    return Compared(table, tuple(dict.fromkeys(told)))


def _pairs(
    one: Mapping[str, Rerun], other: Mapping[str, Rerun]
) -> tuple[list[tuple[Rerun, Rerun]], list[str]]:
    """Return the runs that belong together: by name, or one against each of the other side."""
    if len(one) == 1 or len(other) == 1:
        return [(x, y) for x in one.values() for y in other.values()], []
    shared = [name for name in one if name in other]
    if not shared:
        raise BatchError("the two batches have no run of the same name and settings")
    left = len(one) + len(other) - 2 * len(shared)
    remarks = [f"{left} runs stand in one batch only"] if left else []
    return [(one[name], other[name]) for name in shared], remarks


def compared(one: Rerun, other: Rerun) -> Compared:
    """Return net of the total in one run less that in another, on the same draws.

    Raises
    ------
    BatchError
        If they have no scenario or horizon in common, or different currencies.
    """
    _check_money(one, other)
    scenarios = tuple(name for name in one.scenarios if name in other.scenarios)
    horizons = _shared_horizons(one.study, other.study)
    if not scenarios or not horizons:
        lacking = "scenario" if not scenarios else "horizon with the same years"
        raise BatchError(f"{one.name} and {other.name} have no {lacking} in common")
    draws = min(one.draws, other.draws)
    both = (one, replace(other, seed=one.seed))
    first, second = (_simulated(run, scenarios, draws, horizons) for run in both)
    step = min(first.step, second.step)
    found = paired_differences(first.draws, second.draws, step)
    frame = _frame(found, (BASE_YEAR_SCENARIO, *scenarios), horizons)
    frame.insert(0, "run_a", one.name)
    frame.insert(1, "run_b", other.name)
    return Compared(frame, tuple(_remarks(one, other, scenarios, horizons, draws)))


@dataclass(frozen=True)
class _Simulated:
    draws: Floats
    step: float


def _simulated(
    run: Rerun, scenarios: tuple[str, ...], draws: int, horizons: Mapping[str, int]
) -> _Simulated:
    """Return single draws of the horizons that both runs have, and of the present value."""
    results = analyse(
        run.study, draws=draws, seed=run.seed, scenarios=scenarios, outputs={RANGES, DRAWS}
    )
    # the reference scenario's order may differ: both are told in the same one
    ordered = results.sel(
        scenario=[BASE_YEAR_SCENARIO, *scenarios],
        control=list(CONTROLS),
        horizon=[name for name in horizons if name != ALL_YEARS],
    )
    return _Simulated(single_draws(ordered), float(results.attrs["money_step"]))


def _shared_horizons(one: Study, other: Study) -> dict[str, int]:
    """Return the horizons that both state with the same years, and all years where they agree."""
    theirs = other.settings.horizons
    shared = {
        name: about.years[1] - about.years[0] + 1
        for name, about in sorted(one.settings.horizons.items(), key=lambda pair: pair[1].years)
        if name in theirs and theirs[name].years == about.years
    }
    return {**shared, ALL_YEARS: len(one.settings.years)} if shared else {}


def _frame(found: Floats, scenarios: tuple[str, ...], horizons: Mapping[str, int]) -> pd.DataFrame:
    rows = [
        {
            "scenario": scenario,
            "control": control,
            "horizon": horizon,
            "years": years,
            **dict(zip(DIFFERENCE_STATISTICS, found[s, c, h].tolist(), strict=True)),
        }
        for s, scenario in enumerate(scenarios)
        for c, control in enumerate(CONTROLS)
        for h, (horizon, years) in enumerate(horizons.items())
    ]
    return pd.DataFrame(rows)


def _check_money(one: Rerun, other: Rerun) -> None:
    mine, theirs = one.study.settings.money, other.study.settings.money
    if (mine.currency, mine.price_year) != (theirs.currency, theirs.price_year):
        raise BatchError(
            f"{one.name} is in {mine.currency} of {mine.price_year}, {other.name} in "
            f"{theirs.currency} of {theirs.price_year}: amounts cannot be compared"
        )


def _remarks(
    one: Rerun,
    other: Rerun,
    scenarios: tuple[str, ...],
    horizons: Mapping[str, int],
    draws: int,
) -> Iterator[str]:
    if one.seed != other.seed:
        yield f"both simulated with seed {one.seed}, so that they share their draws"
    if one.draws != other.draws:
        yield f"compared on the first {draws:,} draws, which both have"
    odd = sorted((set(one.scenarios) | set(other.scenarios)) - set(scenarios))
    if odd:
        yield f"scenarios of one of them only, left out: {', '.join(odd)}"
    stated = set(one.study.settings.horizons) | set(other.study.settings.horizons)
    apart = sorted(stated - set(horizons))
    if apart:
        yield f"horizons with other years, left out: {', '.join(apart)}"
    if one.study.settings.years != other.study.settings.years:
        yield "present values span other years: their difference is partly one of time"


def _runs(path: Path) -> dict[str, Rerun]:
    """Return the runs of a run folder, a batch, or the one run of a batch that is named."""
    if (path / PLAN).is_file():
        return dict(_of_batch(open_batch(path)))
    for folder in (path.parent, path.parent.parent):
        if not path.is_dir() and (folder / PLAN).is_file():
            name = path.relative_to(folder).as_posix()
            found = dict(_of_batch(open_batch(folder)))
            if name not in found:
                names = ", ".join(list(found)[:12])
                raise RunFolderError(f"{folder}: no run {name!r}; there are {names}")
            return {name: found[name]}
    study, record = read_run(path)
    scenarios = tuple(name for name in record["scenarios"] if name != BASE_YEAR_SCENARIO)
    return {path.name: Rerun(path.name, study, scenarios, record["draws"], record["seed"])}


def _of_batch(results: BatchResults) -> Iterator[tuple[str, Rerun]]:
    batch = results.plan["batch"]
    several = len(results.plan["studies"]) > 1
    for stated in results.plan["studies"]:
        text = (results.folder / STUDIES / f"{stated['group']}.json").read_text(encoding="utf-8")
        study = Study.model_validate_json(text)
        for run in stated["runs"]:
            name = f"{stated['group']}/{run['name']}" if several else run["name"]
            settings = {p: Setting.model_validate(one) for p, one in run["settings"].items()}
            changed = varied(study, settings)
            yield (
                name,
                Rerun(name, changed, tuple(stated["scenarios"]), batch["draws"], batch["seed"]),
            )
