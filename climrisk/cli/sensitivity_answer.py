"""What matters most, on the terminal: the first rows of each table."""

from __future__ import annotations

import pandas as pd
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from climrisk.cli.screen import one_line
from climrisk.domain.study import Study
from climrisk.i18n.numerals import significant
from climrisk.sensitivity.answers import Answers
from climrisk.sensitivity.measure_information import EVERYTHING

__all__ = ["show_answers"]

TOP = 5
SURE = 3.0
"""Standard errors above nothing from which an input is named."""
SETTLED = 2.0
"""Standard errors from nothing within which draws do not settle a decision."""
SHOWN = {
    "tornado.csv": (
        "Mean net with an input at its P5 and at its P95: change from {base}",
        {"input": "input", "low": "at P5", "high": "at P95", "swing": "swing", "swing_se": "± se"},
    ),
    "item_shares.csv": (
        "Share of the variance of net by subject; below zero it lowers the spread",
        {"subject": "subject", "share": "share", "share_se": "± se"},
    ),
    "input_shares.csv": (
        "Share of the variance of the ranks of net that an input explains",
        {"input": "input", "rank_share": "share", "rank_share_se": "± se"},
    ),
    "sobol.csv": (
        "Sobol indices of expected net, model {model}",
        {
            "input": "input",
            "first": "alone",
            "first_se": "± se",
            "total": "in all",
            "total_se": " ",
        },
    ),
}


def show_answers(study: Study, found: Answers) -> None:
    """Print the first rows of each table by scenario, and why methods were refused.

    Parameters
    ----------
    study : Study
    found : Answers
    """
    console = Console(highlight=False, emoji=False)
    money = study.settings.money
    unit = f"{one_line(money.label)} million, {money.price_year} prices"
    console.print(escape(f"Amounts in {unit}; positive is good for the company."))
    for name, (title, columns) in SHOWN.items():
        if name in found.tables:
            for scenario, rows in found.tables[name].groupby("scenario", sort=False):
                console.print(escape(f"{scenario}: {title.format_map(_said(rows))}"))
                console.print(_table(rows, columns))
    if "information.csv" in found.tables:
        for sentence in _decisions(found.tables["information.csv"]):
            console.print(escape(sentence), soft_wrap=True)
    for method, reason in found.refused.items():
        typer.echo(f"{method}: no answer: {reason}", err=True)


def _said(rows: pd.DataFrame) -> dict[str, str]:
    first = rows.iloc[0]
    return {"base": significant(first.get("base", 0.0)), "model": first.get("model") or "none"}


def _table(rows: pd.DataFrame, columns: dict[str, str]) -> Table:
    table = Table()
    for place, head in enumerate(columns.values()):
        table.add_column(head, justify="right" if place else "left")
    for _, row in rows.head(TOP).iterrows():
        table.add_row(*(_cell(row[name]) for name in columns))
    return table


def _cell(value: object) -> str:
    return significant(value) if isinstance(value, float) else escape(one_line(str(value)))


def _decisions(table: pd.DataFrame) -> list[str]:
    """Return a sentence for each scenario and measure."""
    sentences = []
    for (scenario, measure), rows in table.groupby(["scenario", "measure"], sort=False):
        worth = rows[(rows["input"] != EVERYTHING) & (rows["value"] > SURE * rows["value_se"])]
        named = ", ".join(
            f"{row['input']} {significant(row['value'])} ± {significant(row['value_se'])}"
            for _, row in worth.head(3).iterrows()
        )
        mean, error = (float(rows.iloc[0][key]) for key in ("net_benefit", "net_benefit_se"))
        doubt = " (these draws do not settle it)" if abs(mean) <= SETTLED * error else ""
        sentences.append(
            f"{scenario}, {measure}: {rows.iloc[0]['decision']} at {significant(mean)} ± "
            f"{significant(error)}{doubt}; "
            + (f"worth knowing first: {named}" if named else "no single input would change that")
        )
    return sentences
