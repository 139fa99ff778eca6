"""The sentences of `climrisk explain` for emissions, targets and abatement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from climrisk.analysis.definitions import EMISSION_DEFINITIONS
from climrisk.analysis.projection.movers import movers
from climrisk.analysis.projection.plan import ProjectionPlan, make_projection_plan
from climrisk.cli.plain_cells import error_line
from climrisk.domain.study import Study
from climrisk.io.run_figures import Figure

__all__ = ["EMISSION_FILES", "emission_explanation", "input_words"]

EMISSION_FILES: Final = ("emissions.csv", "targets.csv", "abatement.csv")
MEANINGS: Final = {
    "reported": "as the company reports it",
    "recalculated": "reported activity times the study's emission factors; a change of factors is "
    "not a reduction",
    "projected": "activity times factor of the year, in the worlds that drive the risks",
    "assumption": "as projected; the year is past the target's own, so that the limit's staying is "
    "assumed",
}


def emission_explanation(study: Study, record: Mapping[str, Any], figure: Figure) -> Iterator[str]:
    """Yield the explanation of a figure of emissions, targets or abatement, line by line.

    Parameters
    ----------
    study : Study
        The run's input.
    record : mapping
        Content of `run.json`.
    figure : Figure
    """
    row = figure.row
    yield f"{figure.statistic} = {figure.value} {figure.unit}".rstrip()
    told = ("scenario", "control", "year", "target", "scope", "site", "source", "measure", "method")
    yield f"  of: {', '.join(f'{name} {row[name]}' for name in told if row.get(name))}"
    yield f"  means: {EMISSION_DEFINITIONS[figure.statistic]}"
    if row.get("basis"):
        yield f"  basis: {row['basis']}, {MEANINGS[row['basis']]}"
    yield error_line(row.get("standard_error") or row.get(f"{figure.column}_se"))
    if row.get("notice"):
        yield f"  {row['notice']}"
    plan = make_projection_plan(study)
    for source in _sources(plan, row):
        yield f"  {movers(plan, source, plan.method)}"
        yield from _stated(study, record, source)
    if row.get("measure"):
        yield from _inputs(record, f"measures.{row['measure']}.")


def _sources(plan: ProjectionPlan, row: Mapping[str, str]) -> Iterable[str]:
    """Return the sources that a figure depends on."""
    if row.get("target"):
        found = [one.sources for one in plan.targets if one.id == row["target"]]
        return dict.fromkeys(name for sources in found for name in sources)
    if row.get("measure"):
        own = [one.effect for one in plan.abatements if one.measure == row["measure"]]
        return dict.fromkeys(str(effect.source) for effect in own)
    emitting = [one.name for one in plan.sources if one.emits]
    if row.get("source") in emitting:
        return [row["source"]]
    scopes = set(row.get("scope", "").split(" ")[0].split("+"))
    return [one.name for one in plan.sources if one.emits and set(one.scope.split("+")) <= scopes]


def _stated(study: Study, record: Mapping[str, Any], source: str) -> Iterator[str]:
    for number, one in enumerate(study.inventory, start=1):
        if one.source_id == source:
            yield from _inputs(record, f"inventory.{number}", keep=f"inventory {one.year}")
            for set_id in study.factor_sets:
                path = f"factor_sets.{set_id}.factors.{one.kind}"
                yield from _inputs(record, path, keep=f"factor of {set_id}")
    yield from _inputs(record, f"settings.projection.{source}.")


def _inputs(record: Mapping[str, Any], prefix: str, keep: str = "") -> Iterator[str]:
    for one in record["inputs"]:
        is_it = one["path"] == prefix or (prefix.endswith(".") and one["path"].startswith(prefix))
        if is_it:
            yield f"    {keep or one['path'].removeprefix(prefix)}: {input_words(one)}"


def input_words(one: Mapping[str, Any]) -> str:
    """Return an input of `run.json` with its basis and source."""
    checked = ", not verified" if one["verified"] is False else ""
    source = f"{one['basis'] or 'no basis'}{checked}: {one['source'] or 'no source'}"
    return f"{one['value']} [{source}]"
