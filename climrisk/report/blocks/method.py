"""The appendix on method: how it was simulated, scenarios and horizons with sources, glossary."""

from __future__ import annotations

from typing import Final

from climrisk.report.document import Bullets, Cell, Column, Section, Table
from climrisk.report.wording import Wording, shortened

__all__ = ["glossary_section", "method_section"]

SENTENCES: Final = (
    "frame",
    "items",
    "draws",
    "scenarios",
    "dependence",
    "controls",
    "money",
    "errors",
)
TERMS: Final = (
    "net",
    "p5_p95",
    "expected",
    "horizon",
    "scenario",
    "material_year",
    "likelihood",
    "appetite",
    "current",
    "residual",
    "overlap",
    "carbon_cost",
    "variance",
    "met_stated",
    "standard_error",
)


def method_section(words: Wording) -> Section:
    """Return how the figures were made."""
    settings, record = words.run.study.settings, words.run.record
    values = {
        "base": settings.base_year,
        "first": settings.base_year + 1,
        "end": settings.end_year,
        "draws": f"{record['draws']:,}",
        "rate": f"{100.0 * settings.discount_rate.value:.3g}%",
        "material": words.labels.money(settings.material_effect.value),
        "price_year": words.labels.price_year,
        "unit": words.labels.unit,
    }
    said = tuple((words.word(f"method.{name}", **values),) for name in SENTENCES)
    blocks = (Bullets(said), _scenarios(words), _horizons(words))
    title = words.word("page.method")
    return Section("method", title, blocks, words.language, appendix=True)


def _scenarios(words: Wording) -> Table:
    columns = (
        Column(words.word("column.scenario"), weight=1.2),
        Column(words.word("column.story"), weight=2.6),
        Column(words.word("column.source"), weight=2.0),
    )
    rows = tuple(_scenario_row(words, name) for name in words.run.scenarios)
    return Table("scenario_sources", words.word("table.scenario_sources"), columns, rows)


def _scenario_row(words: Wording, name: str) -> tuple[Cell, ...]:
    stated = words.run.study.scenarios[name]
    first = words.text(stated.key_assumptions[0], 120)
    return (
        (words.scenario(name),),
        (first,),
        (shortened(f"{stated.vintage}; {stated.sources[0]}", 140),),
    )


def _horizons(words: Wording) -> Table:
    columns = (
        Column(words.word("column.horizon")),
        Column(words.word("column.planning"), weight=3.0),
    )
    stated = words.run.study.settings.horizons
    rows = tuple(
        ((words.labels.horizon(name),), (words.plain(stated[name].planning, 160),))
        for name in words.run.horizons
    )
    return Table("horizons", words.word("table.horizons"), columns, rows)


def glossary_section(words: Wording) -> Section:
    """Return the terms that the paper uses, each in a sentence."""
    columns = (
        Column(words.word("column.term")),
        Column(words.word("column.meaning"), weight=4.0),
    )
    rows = tuple(
        ((words.word(f"glossary.{name}.term"),), (words.word(f"glossary.{name}.meaning"),))
        for name in TERMS
    )
    table = Table("glossary", words.word("table.glossary"), columns, rows)
    title = words.word("page.glossary")
    return Section("glossary", title, (table,), words.language, appendix=True)
