"""Every text of the matrix: title that says the answer, axes, labels, notes and the notice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import pandas as pd

from climrisk.charts.caption import Caption, printable
from climrisk.i18n import percent, significant
from climrisk.names import Kind, Language

__all__ = ["MatrixWords", "detail", "label", "matrix_words"]

LeftOut = Literal["not_assessed", "immaterial"]

LISTED: Final = 6
"""Items that a note names before it only counts."""
SHORT: Final = 44
"""Characters of a title inside a note."""
HEADLINE: Final = 60
"""Characters of a title inside the headline."""


@dataclass(frozen=True)
class MatrixWords:
    """The texts of a matrix, ready to print.

    Attributes
    ----------
    language : {"en", "zh-Hant", "zh-Hans"}
        Language of the texts.
    title : tuple of str
        The answer: a line for risks, a line for opportunities.
    subtitle : str
        Scenario, horizon, unit and price year.
    headings, amount_axes : mapping of kind to str
        Over and under each half.
    empty : mapping of kind to str
        In a half without points.
    likelihood_axis : str
        Over the middle.
    appetite : str or None
        At the appetite line.
    keys : mapping of str to str
        By what is explained: `filled` (first control), `hollow` (last), `colour`, `product`.
    notes : tuple of str
        How to read the labels, what is left out, how it was run.
    notice : str or None
        The study's notice.
    """

    language: Language
    title: tuple[str, ...]
    subtitle: str
    headings: Mapping[Kind, str]
    amount_axes: Mapping[Kind, str]
    empty: Mapping[Kind, str]
    likelihood_axis: str
    appetite: str | None
    keys: Mapping[str, str]
    notes: tuple[str, ...]
    notice: str | None


def matrix_words(
    points: pd.DataFrame,
    titles: Mapping[str, str],
    caption: Caption,
    *,
    controls: Sequence[str],
    appetite: float | None,
    contours: Sequence[float],
    left_out: Mapping[LeftOut, Sequence[str]],
) -> MatrixWords:
    """Return all texts of a matrix; see `MatrixChart` for the columns of `points`."""
    return MatrixWords(
        language=caption.language,
        title=_title(points, titles, caption, left_out),
        subtitle=printable(_subtitle(caption)),
        headings={
            "risk": caption.say("kinds.risk"),
            "opportunity": caption.say("kinds.opportunity"),
        },
        amount_axes={
            "risk": caption.say("matrix.axis.loss", unit=caption.unit),
            "opportunity": caption.say("matrix.axis.gain", unit=caption.unit),
        },
        empty={
            "risk": caption.say("matrix.empty.risk"),
            "opportunity": caption.say("matrix.empty.opportunity"),
        },
        likelihood_axis=caption.say("matrix.axis.likelihood", years=caption.span),
        appetite=_appetite(appetite, caption),
        keys=_keys(caption, controls, contours),
        notes=(
            *_reading(points, caption),
            *(_left_out(note, items, titles, caption) for note, items in left_out.items() if items),
            *map(printable, caption.remarks),
            _run(caption),
        ),
        notice=None if caption.notice is None else printable(caption.notice),
    )


def label(item: str, titles: Mapping[str, str], width: int | None = None) -> str:
    """Return id and title of an item, the title cut to `width` characters where given."""
    title = printable(titles.get(item, ""))
    if width is not None and len(title) > width:
        title = title[: width - 1].rstrip() + "…"
    return f"{printable(item)} {title}".rstrip()


def detail(point: pd.Series[Any], caption: Caption) -> str:
    """Return the figures of one point: likelihood, range, expected effect and what measures do."""
    low, high = significant(point["low"]), significant(point["high"])
    expected = significant(abs(point["expected_per_year"]))
    residual = significant(abs(point["expected_last"]))
    return caption.say(
        "matrix.detail.fixed" if expected == residual else "matrix.detail.changed",
        likelihood=percent(point["likelihood"]),
        range=low if low == high else f"{low}–{high}",
        expected=expected,
        residual=residual,
    )


def _title(
    points: pd.DataFrame,
    titles: Mapping[str, str],
    caption: Caption,
    left_out: Mapping[LeftOut, Sequence[str]],
) -> tuple[str, ...]:
    if points.empty and left_out["immaterial"]:
        return (caption.say("matrix.title.immaterial"),)
    if points.empty:
        return (caption.say("matrix.title.unassessed", count=len(left_out["not_assessed"])),)
    first = points.drop_duplicates("item")
    lines = []
    for kind in ("risk", "opportunity"):
        side = first[first["kind"] == kind]
        if len(side):
            top = side.iloc[int(side["expected_per_year"].abs().argmax())]
            name = label(top["item"], titles, HEADLINE)
            amount = caption.money(abs(top["expected_per_year"]))
            lines.append(caption.say(f"matrix.title.{kind}", item=name, money=amount))
    return tuple(lines)


def _subtitle(caption: Caption) -> str:
    return caption.say(
        "matrix.subtitle",
        scenario=caption.scenario,
        horizon=caption.horizon,
        years=caption.span,
        unit=caption.unit,
        price_year=caption.price_year,
    )


def _appetite(appetite: float | None, caption: Caption) -> str | None:
    if appetite is None:
        return None
    return caption.say("matrix.appetite", money=caption.money(appetite))


def _keys(caption: Caption, controls: Sequence[str], contours: Sequence[float]) -> dict[str, str]:
    products = caption.say("matrix.separator").join(significant(product) for product in contours)
    means = {
        mark: caption.say("matrix.key.mean", control=caption.say(f"control.{control}"))
        for mark, control in (("filled", controls[0]), ("hollow", controls[-1]))
    }
    return means | {
        "colour": caption.say("matrix.key.colour"),
        "product": caption.say("matrix.key.product", amounts=products),
    }


def _reading(points: pd.DataFrame, caption: Caption) -> Iterator[str]:
    if points.empty:
        return
    changed = (points["expected_per_year"] != points["expected_last"]).any()
    yield caption.say(f"matrix.reading.{'changed' if changed else 'fixed'}", unit=caption.unit)
    moved = (points["drawn_at"] - points["likelihood"]).abs().max()
    if moved > 0:
        yield caption.say("matrix.note.apart", points=significant(100 * moved))
    items = points["item"].nunique()
    labelled = int(points["labelled"].sum())
    if items > labelled:
        yield caption.say("matrix.note.unlabelled", labelled=labelled, count=items - labelled)


def _left_out(note: str, items: Sequence[str], titles: Mapping[str, str], caption: Caption) -> str:
    named = caption.say("matrix.separator").join(
        label(item, titles, SHORT) for item in items[:LISTED]
    )
    if len(items) > LISTED:
        named = caption.say("matrix.more", items=named, count=len(items) - LISTED)
    return caption.say(f"matrix.note.{note}", count=len(items), items=named)


def _run(caption: Caption) -> str:
    return caption.say(
        "matrix.note.run",
        years=caption.span,
        threshold=caption.money(caption.material_effect),
        draws=f"{caption.draws:,}",
        seed=caption.seed,
    )
