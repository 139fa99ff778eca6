"""One item on a page: what it is, the distributions it rests on, its inputs and sources."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from climrisk.analysis.incremental import INTERACTIVE
from climrisk.charts import distribution_table
from climrisk.domain.inputs import study_inputs
from climrisk.domain.item import Item
from climrisk.domain.quantities import Quantity
from climrisk.i18n.money import money_unit
from climrisk.ui.input_words import note_language, path_words
from climrisk.ui.parts import HALF, labels_of, results, show
from climrisk.ui.safe import plain
from climrisk.ui.state import say, session, tell, word
from climrisk.ui.wording_table import show_table

__all__ = ["names", "open_card", "quantities", "show_inputs"]


def names() -> dict[str, str]:
    """Return id and title of every item, for lists that print text as it is."""
    here = session()
    items = here.history.now.items
    return {item: f"{item} {one.title.best(here.language)}" for item, one in items.items()}


def open_card(item_id: str) -> None:
    """Show an item."""
    here = session()
    item = here.history.now.items[item_id]
    st.subheader(plain(names()[item_id]))
    if item.description is not None:
        st.markdown(plain(item.description.best(here.language)))
    _facts(item)
    labels = labels_of(results(*INTERACTIVE))
    stated = list(quantities(item))
    for column, (title, unit, quantity) in zip(st.columns(2) * len(stated), stated, strict=False):
        with column:
            chart = distribution_table(quantity, labels, title=title, unit=unit, form="dots")
            show(chart, f"card {item_id} {title}", HALF)
    show_inputs(f"register.{item_id}.")


def _facts(item: Item) -> None:
    facts = {
        "app.fact.category": say(f"category.{item.category}"),
        "app.fact.owner": word("owner", item.owner or ""),
        "app.fact.confidence": item.confidence and say(f"app.confidence.{item.confidence}"),
        "app.fact.basis": item.basis and say(f"app.basis.{item.basis}"),
        "app.fact.source": item.source,
    }
    lines = [f"**{plain(say(key))}** {plain(text)}" for key, text in facts.items() if text]
    st.markdown("  \n".join(lines))


def quantities(item: Item) -> Iterator[tuple[str, str, Quantity]]:
    """Yield title, unit and statement of the likelihood and of each impact of an item."""
    here = session()
    unit_of_money = money_unit(here.history.now.settings.money.currency, here.language)
    likelihood = None if item.occurrence is None else item.occurrence.likelihood
    if likelihood is not None:
        rate = getattr(item.occurrence, "rate", None) is not None
        yield say("term.likelihood"), say("app.unit.rate" if rate else "app.unit.share"), likelihood
    for impact in item.impact.values():
        unit = say("app.unit.share") if impact.amount is None else unit_of_money
        yield word("line", impact.line), unit, impact.severity


def show_inputs(path: str) -> None:
    """Show every stated figure below a path with its basis and source."""
    stated = [one for one in study_inputs(session().history.now) if one.path.startswith(path)]
    rows = [
        (
            path_words(one.path, path),
            tell(str(one.value)),
            say(f"app.basis.{one.basis or 'unstated'}"),
            one.source or "",
        )
        for one in stated
    ]
    heads = [say(f"app.column.{name}") for name in ("input", "value", "basis", "source")]
    show_table(heads, rows, name="inputs")
    note_language(one.source for one in stated)
