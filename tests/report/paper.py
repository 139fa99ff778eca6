"""A made-up briefing with every kind of block, span, state and chart, for the tests of writers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

import xarray as xr

from climrisk.charts import ChartTable, MatrixChart, StudyLabels, matrix_table, study_labels
from climrisk.domain.study import Study
from climrisk.i18n import fixed, money, money_range, percent, significant
from climrisk.io.matrix_table import matrix_rows
from climrisk.names import Language
from climrisk.report.document import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Figure,
    Paragraph,
    Picture,
    Section,
    Spans,
    Stamp,
    State,
    Table,
)
from tests.charts.worlds import analysed, charted_study, every_table, four_items
from tests.report.paper_words import WORDS, WRITER_WORDS

HOSTILE = (
    "=HYPERLINK(\"http://evil.example\") <script>alert('x')</script> #set page(fill: red) "
    '$x^2$ *bold* [link](javascript:1) {{7*7}} \\u{202e} \u202eturned\u202c\x07 & "q"'
)
"""Formula, script, markup of every format, a control and a mark that turns the direction."""
LONG = "Flooding of warehouses and interruption of supply across all leased sites " * 3
UNBROKEN = "x" * 200
ROWS = 60

Words = Mapping[str, str]


def paper(language: Language = "en", *, hostile: bool = False) -> Document:
    """Return six pages and an appendix in one language.

    Parameters
    ----------
    language : {"en", "zh-Hant", "zh-Hans"}
    hostile : bool, default False
        Whether users' texts hold formulas, scripts and markup, or are very long.
    """
    words = dict(WORDS[language])
    if hostile:
        words |= {"item": HOSTILE, "owner": LONG.strip(), "title": LONG.strip()}
    pages, appendix = _pages(words, language), _appendix(words, language, hostile)
    return Document(
        title=words["title"],
        company=HOSTILE if hostile else words["company"],
        facts=tuple(
            (words[name], words[told])
            for name, told in (("date", "day"), ("owner_word", "owner"), ("purpose", "decide"))
        ),
        sections=(
            *(Section(name, words[name], blocks, language) for name, blocks in pages.items()),
            *(
                Section(name, words[name], blocks, language, appendix=True)
                for name, blocks in appendix.items()
            ),
        ),
        stamp=Stamp(
            "climrisk 0.1.0 · 3f9a2c17 · seed 7 · 100 · 30 June 2024",
            words["notice"],
            words["draft"],
            made=date(2024, 6, 30),
        ),
        language=language,
        words=dict(WRITER_WORDS[language]),
    )


def bilingual() -> Document:
    """Return a paper whose pages stand in English, then in traditional Chinese."""
    first, second = paper("en"), paper("zh-Hant")
    renamed = (replace(section, name=f"{section.name}_zh") for section in second.pages[:2])
    return replace(first, sections=(*first.pages[:2], *renamed, *first.appendix))


@cache
def _run() -> tuple[Study, xr.Dataset]:
    study = charted_study(four_items())
    return study, analysed(study, draws=100)


@cache
def charts(language: Language) -> dict[str, ChartTable | MatrixChart]:
    """Return the matrix and every chart table by a name of its own."""
    study, results = _run()
    labels = study_labels(study, results, language)
    drawn: dict[str, ChartTable | MatrixChart] = {"matrix": _matrix(study, results, labels)}
    for chart in every_table(results, labels):
        drawn[chart.name if chart.name not in drawn else f"{chart.name}_{len(drawn)}"] = chart
    return drawn


def _matrix(study: Study, results: xr.Dataset, labels: StudyLabels) -> MatrixChart:
    return matrix_table(
        matrix_rows(results),
        labels.items,
        scenario="steep",
        horizon="long",
        caption=labels.caption("steep", "long"),
        appetite=labels.appetite,
        not_assessed=tuple(study.not_assessed),
    )


def _pages(words: Words, language: Language) -> dict[str, tuple[Block, ...]]:
    drawn = charts(language)
    return {
        "summary": _summary(words, language),
        "matrix": (Picture("matrix", drawn["matrix"]), Paragraph((words["reading"],), "note")),
        "top_risks": (_top_risks(words),),
        "scenarios": (Picture("comparison", drawn["comparison"]), _targets(words)),
        "decisions": (
            Bullets(((words["sought"], " ", words["gives"], amount(1.25, language)),), True),
            _measures(words),
        ),
        "assumptions": (Picture("inputs", drawn["inputs"]), Bullets(((words["limit"],),))),
    }


def _appendix(words: Words, language: Language, hostile: bool) -> dict[str, tuple[Block, ...]]:
    shown = {"matrix", "fan", "comparison", "inputs"}
    rest = {name: chart for name, chart in charts(language).items() if name not in shown}
    if language != "en":  # one language with all of them is enough, for drawing takes time
        rest = {"exceedance": rest["exceedance"]}
    return {
        "effects": (_effects(words),),
        "charts": tuple(Picture(name, chart) for name, chart in rest.items()),
        "glossary": (_glossary(words), Paragraph((words["item"] * (60 if hostile else 1),))),
    }


def amount(value: float, language: Language) -> Figure:
    """Return an amount with currency and scale."""
    key = "summary.csv/scenario=steep/subject=total/statistic=mean"
    return Figure(money(value, "CNY", language), (value,), "CNY million (2023)", (key,))


def spread(low: float, high: float, subject: str) -> Figure:
    """Return a range from P5 to P95 without a unit, which its column names."""
    keys = tuple(f"summary.csv/subject={subject}/statistic={one}" for one in ("p5", "p95"))
    text = f"{significant(low)} to {significant(high)}"
    return Figure(text, (low, high), "CNY million (2023)", keys, "divided by 2 years")


def chance(share: float, subject: str) -> Figure:
    """Return a probability."""
    key = f"summary.csv/subject={subject}/statistic=probability"
    return Figure(percent(share), (share,), "1", (key,))


def _summary(words: Words, language: Language) -> tuple[Block, ...]:
    keys = tuple(f"summary.csv/subject=total/statistic={one}" for one in ("p5", "p95"))
    range_text = money_range(-34.2, 12.7, "CNY", language)
    between = Figure(range_text, (-34.2, 12.7), "CNY million (2023)", keys)
    return (
        Paragraph((words["net"], amount(-7.31, language), words["stop"]), "lead"),
        Paragraph((words["range"], between, words["stop"])),
        Bullets(((words["sought"],), (words["gives"], amount(3.42, language), words["stop"]))),
        Paragraph((words["unassessed"],), "warning"),
        Picture("fan", charts(language)["fan"]),
    )


def _top_risks(words: Words) -> Table:
    def row(item: str, ends: tuple[float, float], share: float, state: State) -> tuple[Cell, ...]:
        return (
            (f"{item} {words['item']}",),
            (spread(*ends, item),),
            (chance(share, item),),
            state,
        )

    return Table(
        "top_risks",
        words["table_top"],
        (
            Column(words["target"], weight=2.5),
            Column(words["amount"], "figure", ("P5", "P95"), 1.5),
            Column(words["share"], "figure"),
            Column(words["status"], "state"),
        ),
        (
            ((words["risks"],), (), (), ()),
            row("R-ACU-1", (-48.0, -3.0), 0.6, State(words["missed"], "cross", "off_track")),
            row("R-POL-1", (-9.1, -0.52), 0.031, State(words["near"], "triangle", "at_risk")),
            ((words["opportunities"],), (), (), ()),
            row("O-RES-1", (0.0, 1200.0), 0.92, State(words["met"], "tick", "on_track")),
            row("O-ENE-1", (0.11, 2.4), 1.0, State(words["unknown"], "dash")),
        ),
        notes=((words["error"], Figure("±0.21", (0.21,), "CNY million (2023)", ("run.json",))),),
        groups=(0, 3),
    )


def _targets(words: Words) -> Table:
    states: dict[str, State] = {
        "T-1": State(words["met"], "tick", "on_track"),
        "T-2": State(words["missed"], "cross", "off_track"),
    }
    return Table(
        "targets",
        words["table_targets"],
        (
            Column(words["target"], weight=2.0),
            Column(f"{words['base']} (tCO2e)", "figure"),
            Column(f"{words['forecast']} (tCO2e)", "figure", ("P5", "P50", "P95"), 1.5),
            Column(words["status"], "state"),
        ),
        tuple(
            (
                (f"{name} {words['item']}",),
                (Figure("1,793.1", (1793.1,), "tCO2e", (f"targets.csv/target={name}",)),),
                (Figure("880 / 910 / 950", (880.4, 910.2, 949.8), "tCO2e", (name,) * 3),),
                state,
            )
            for name, state in states.items()
        ),
    )


def _measures(words: Words) -> Table:
    cells: tuple[Cell, ...] = (
        ("M-WALLS",),
        (Figure("0.41", (0.4123,), "CNY million (2023)", ("measures.csv/measure=M-WALLS",)),),
        (spread(0.2, 4.4, "M-WALLS"),),
    )
    heads = (
        Column(words["measure"]),
        Column(words["amount"], "figure"),
        Column("P5–P95", "figure", ("P5", "P95")),
    )
    return Table("measures", words["table_decisions"], heads, (cells,))


def _effects(words: Words) -> Table:
    def row(rank: int) -> tuple[Cell, ...]:
        names = {7: UNBROKEN, 8: LONG.strip()}
        item = f"R-{rank:02d} {names.get(rank, words['item'])}"
        mean = -1.5 * rank
        figure = Figure(fixed(mean, 1), (mean,), "CNY million (2023)", (f"annual.csv/{rank}",))
        return (item,), (figure,), (spread(-100.0 - rank, rank, item),), ((), ("–",))[rank % 2]

    heads = (
        Column(words["target"], weight=2.0),
        Column(words["amount"], "figure"),
        Column("P5–P95", "figure", ("P5", "P95")),
        Column(words["owner_word"]),
    )
    rows = tuple(row(rank) for rank in range(1, ROWS + 1))
    return Table("effects", words["table_effects"], heads, rows, notes=((words["limit"],),))


def _glossary(words: Words) -> Table:
    explained: Spans = (words["explained"],)
    return Table(
        "glossary",
        words["glossary"],
        (Column(words["term"]), Column(words["meaning"], weight=3.0)),
        tuple(((f"{words['term']} {rank}",), explained) for rank in range(1, 5)),
    )
