"""The matrix on its page, and the other pictures in the appendix."""

from __future__ import annotations

from collections.abc import Iterator

from climrisk.charts.matrix import matrix_table
from climrisk.charts.table import ChartTable
from climrisk.charts.tables.comparison import comparison_table
from climrisk.charts.tables.exceedance import exceedance_table
from climrisk.charts.tables.fan import fan_table
from climrisk.charts.tables.inputs import inputs_table
from climrisk.charts.tables.measures import measures_table
from climrisk.charts.tables.waterfall import waterfall_table
from climrisk.names import NET, TOTAL
from climrisk.report.blocks.narrative import narrative
from climrisk.report.document import Block, Paragraph, Picture, Section, Spans
from climrisk.report.focus import World
from climrisk.report.printed import chance, stated_amount
from climrisk.report.wording import Wording

__all__ = ["matrix_section", "pictures_section"]


def matrix_section(words: Wording, world: World) -> Section:
    """Return the page of the risk and opportunity matrix."""
    run, labels = words.run, words.labels
    chart = matrix_table(
        run.table("matrix.csv"),
        labels.items,
        scenario=world.scenario,
        horizon=world.horizon,
        caption=labels.caption(world.scenario, world.horizon),
        appetite=labels.appetite,
        not_assessed=tuple(run.study.not_assessed),
    )
    blocks: list[Block] = [*narrative(words, "matrix"), Picture("matrix", chart)]
    if run.study.assessed:
        blocks.insert(0, Paragraph(_against_appetite(words, world), "lead"))
    return Section("matrix", words.labels.say("matrix.name"), tuple(blocks), words.language)


def _against_appetite(words: Wording, world: World) -> Spans:
    """Return how likely the last year of the horizon loses more than the appetite."""
    settings = words.run.study.settings
    year = settings.horizons[world.horizon].years[1]
    cited = words.run.cite(
        "annual.csv",
        scenario=world.scenario,
        control=world.control,
        year=year,
        subject=TOTAL,
        channel=NET,
        statistic="breach_probability",
    )
    return words.say(
        "matrix.appetite",
        year=str(year),
        scenario=words.scenario(world.scenario),
        appetite=stated_amount(words, "settings.appetite.value", settings.appetite.value),
        chance=chance(words, cited),
    )


def pictures_section(words: Wording, world: World) -> Section | None:
    """Return the appendix of pictures; None where nothing is assessed."""
    if not words.run.study.assessed:
        return None
    pictures = tuple(Picture(chart.name, chart) for chart in _charts(words, world))
    title = words.word("page.pictures")
    return Section("pictures", title, pictures, words.language, appendix=True)


def _charts(words: Wording, world: World) -> Iterator[ChartTable]:
    results, labels = words.run.results, words.labels
    year = int(words.run.study.settings.horizons[world.horizon].years[1])
    if len(words.run.scenarios) > 1:
        against = words.run.study.settings.reference_scenario
        if against not in words.run.scenarios:
            against = world.mildest
        yield comparison_table(results, labels, horizon=world.last, against=against)
    yield fan_table(results, labels, scenario=world.scenario)
    if year in results["curve_year"].to_numpy():
        yield exceedance_table(results, labels, scenario=world.scenario, year=year)
    yield waterfall_table(results, labels, scenario=world.scenario, horizon=world.horizon)
    if "input_share" in results:
        yield inputs_table(results, labels, scenario=world.scenario, horizon=world.last)
    if "measure_mean" in results and results.sizes["measure"]:
        yield measures_table(results, labels, scenario=world.scenario)
