"""The answer on the terminal: net ranges, top risks and opportunities, what was left out."""

from __future__ import annotations

from typing import Any

import xarray as xr
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from climrisk.cli.chosen import worst_scenario
from climrisk.cli.plain_cells import plain
from climrisk.cli.scenario_title import scenario_title
from climrisk.domain.study import Study
from climrisk.i18n.numerals import significant
from climrisk.names import NET, TOTAL

__all__ = ["show_answer", "target_sentence"]

TOP = 3


def show_answer(study: Study, results: xr.Dataset, record: dict[str, Any]) -> None:
    """Print the answer.

    Parameters
    ----------
    study : Study
    results : Dataset
        As `analyse` returns it.
    record : dict
        Content of `run.json`.
    """
    console = Console(highlight=False, emoji=False)
    if study.settings.notice is not None:
        console.print(f"[bold]{plain(study.settings.notice.best())}[/bold]")
    current = results.sel(control="current", channel=NET)
    if study.assessed:  # a table of zeros would look like a finding
        console.print(_net_table(study, current))
        console.print(_top_table(study, results, current))
    for line in _remarks(study, record):
        console.print(escape(line), soft_wrap=True)


def _unit(study: Study) -> str:
    money = study.settings.money
    return f"{plain(money.label)} million a year, {money.price_year} prices"


def _horizon_head(study: Study, name: str) -> str:
    first, last = study.settings.horizons[name].years
    return f"{name} {first}-{last}"


def _range(chosen: xr.Dataset) -> str:
    """Return P5 to P95 a year, two significant figures."""
    years = int(chosen["horizon_years"])
    low, high = (float(chosen["percentile"].sel(quantile=q)) / years for q in (0.05, 0.95))
    plus = "+" if low < 0 < high else ""
    return f"{significant(low)} to {plus}{significant(high)}"


def _net_table(study: Study, current: xr.Dataset) -> Table:
    table = Table(
        title=f"Net effect on profit before tax, P5 to P95 (mean), {_unit(study)}, "
        "current controls; negative is bad"
    )
    table.add_column("scenario")
    for horizon in current["horizon"].to_numpy():
        table.add_column(escape(_horizon_head(study, horizon)), justify="right")
    for scenario in current["scenario"].to_numpy():
        cells = []
        for horizon in current["horizon"].to_numpy():
            one = current.sel(scenario=scenario, horizon=horizon, subject=TOTAL)
            mean = float(one["mean"]) / int(one["horizon_years"])
            cells.append(f"{_range(one)} ({significant(mean)})")
        table.add_row(scenario_title(study, scenario), *cells)
    return table


def _top_table(study: Study, results: xr.Dataset, current: xr.Dataset) -> Table:
    worst = worst_scenario(results)
    table = Table(
        title=f"Top risks and opportunities, P5 to P95 (mean), {_unit(study)}, "
        f"scenario {scenario_title(study, worst)}, whose mean net is the "
        "worst in the last horizon"
    )
    table.add_column("horizon")
    table.add_column("item")
    table.add_column("range", justify="right")
    chosen = current.sel(scenario=worst)
    for horizon in current["horizon"].to_numpy():
        for kind in ("risk", "opportunity"):
            for name in _top(study, chosen.sel(horizon=horizon), kind):
                one = chosen.sel(horizon=horizon, subject=name)
                mean = float(one["mean"]) / int(one["horizon_years"])
                title = f"{name} {study.items[name].title.best()}"
                table.add_row(
                    escape(_horizon_head(study, horizon)),
                    plain(title),
                    f"{_range(one)} ({significant(mean)})",
                )
        table.add_section()
    return table


def _top(study: Study, chosen: xr.Dataset, kind: str) -> list[str]:
    names = [name for name, item in study.assessed.items() if item.kind == kind]
    size = {name: abs(float(chosen["mean"].sel(subject=name))) for name in names}
    return sorted(names, key=lambda name: -size[name])[:TOP]


def _remarks(study: Study, record: dict[str, Any]) -> list[str]:
    left_out = record["items_not_assessed"]
    listed = f": {', '.join(left_out)}" if left_out else ""
    warnings = [f"warning: {text}" for text in record["warnings"]]
    lines = [
        f"{len(left_out)} of {len(study.items)} items not assessed and left out of totals{listed}"
    ]
    if study.assessed:
        tied = record["dependence"]
        return [*lines, *_belief(record), *([tied["sentence"]] if tied else []), *warnings]
    first = ", ".join(left_out[:3]) or "a first item"
    cure = f"fill in first, in register.yaml: frame, occurrence and impact of {first}"
    return [*lines, f"nothing is assessed yet, so there is no result; {cure}", *warnings]


def _belief(record: dict[str, Any]) -> list[str]:
    """Say whether the draws were enough and the means are those that theory expects."""
    verdict, exact = record["convergence"], record["exact_means"]
    error = f"the P5 of net carries an error of {100 * verdict['relative_error']:.1f} %"
    lines = [f"{record['draws']:,} draws were enough: {error}"]
    if not verdict["enough"]:
        needed = f"about {verdict['draws_needed'] or 0:,} are needed for 5 %"
        lines = [f"{record['draws']:,} draws were NOT enough: {error}; {needed}"]
    if record["target_error"] is not None:
        lines = [target_sentence(record)]
    if exact["compared"]:
        lines.append(
            f"{exact['compared']} means against exact ones: largest difference "
            f"{exact['largest_z']:.1f} standard errors, allowed {exact['bound']:.1f}"
        )
    return lines


def target_sentence(record: dict[str, Any]) -> str:
    """Return whether the target error of `run.json` was reached, and the worst scenario."""
    found, draws = record["target_error"], f"{record['draws']:,} draws"
    worst = max(found["achieved"], key=found["achieved"].__getitem__)
    error = f"the P5 of net carries at most {100 * found['achieved'][worst]:.2g} % ({worst})"
    target = f"target error {100 * found['target']:.3g} %"
    if found["reached"]:
        return f"{target} reached with {draws}: {error}"
    return f"{target} NOT reached with {draws}, the most allowed (--max-draws): {error}"
