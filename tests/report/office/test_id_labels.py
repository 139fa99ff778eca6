"""Ids of a native matrix stand where they can be read: beside bars, not on them."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from climrisk.report.office.id_labels import Place, id_places

ENDS = (1.0, 100.0)


def half(*points: tuple[str, float, float, float, float]) -> pd.DataFrame:
    """Points of item, likelihood, low, impact and high."""
    table = pd.DataFrame(points, columns=["item", "drawn_at", "low", "impact", "high"])
    return table.assign(labelled=True)


def placed(rows: pd.DataFrame, *, mirrored: bool = False) -> dict[str, Place]:
    places = id_places(rows, ENDS, None, mirrored=mirrored)
    return {place.text: place for place in places}


@pytest.mark.parametrize(("mirrored", "side"), [(False, "right"), (True, "left")])
def test_an_id_alone_stands_beyond_the_far_end_of_its_bar(mirrored: bool, side: str) -> None:
    place = placed(half(("R-1", 0.5, 2.0, 3.0, 5.0)), mirrored=mirrored)["R-1"]
    assert (place.amount, place.likelihood, place.side) == (5.0, 0.5, side)


def test_an_id_without_room_beyond_its_bar_stands_before_it() -> None:
    place = placed(half(("R-ACU-1", 0.5, 20.0, 40.0, 95.0)))["R-ACU-1"]
    assert (place.amount, place.side) == (20.0, "left")


def test_an_id_gives_way_to_the_bar_of_another() -> None:
    found = placed(half(("R-1", 0.5, 2.0, 3.0, 5.0), ("R-2", 0.5, 6.0, 8.0, 9.0)))
    assert (found["R-1"].side, found["R-1"].amount) == ("left", 2.0)
    assert (found["R-2"].side, found["R-2"].amount) == ("right", 9.0)


def test_an_id_stands_beyond_both_bars_of_its_item() -> None:
    rows = half(("R-1", 0.5, 2.0, 3.0, 5.0), ("R-1", 0.49, 1.5, 3.0, 7.0))
    assert placed(rows)["R-1"].amount == 7.0


amounts = st.lists(st.floats(1.0, 100.0), min_size=3, max_size=3).map(sorted)


@given(st.lists(st.tuples(st.floats(-0.1, 1.1), amounts), max_size=8), st.booleans())
def test_every_labelled_item_has_one_place_at_its_own_bar(
    drawn: list[tuple[float, list[float]]], mirrored: bool
) -> None:
    rows = half(*((f"R-{rank}", at, *three) for rank, (at, three) in enumerate(drawn)))
    found = placed(rows, mirrored=mirrored)
    assert set(found) == set(rows["item"])
    for row in rows.itertuples():
        place = found[str(row.item)]
        assert place.amount in (row.low, row.impact, row.high)
        assert 0.0 <= place.likelihood <= 1.0
