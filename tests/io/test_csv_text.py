from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from climrisk.io.csv_text import csv_bytes

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
NUMBERS = st.floats(allow_infinity=True, allow_nan=True)


@given(st.lists(st.tuples(TEXTS, NUMBERS, st.integers(-(2**40), 2**40)), min_size=1, max_size=8))
def test_the_text_is_the_one_that_pandas_writes(rows: list[tuple[str, float, int]]) -> None:
    frame = pd.DataFrame(rows, columns=["a text, quoted", "number", "whole"])
    expected = frame.to_csv(index=False, lineterminator="\n").encode()
    assert csv_bytes(frame) == expected
    as_category = frame.astype({"a text, quoted": "category"})
    assert csv_bytes(as_category) == expected


def test_missing_values_of_every_kind_are_empty() -> None:
    frame = pd.DataFrame(
        {
            "number": [1.5, np.nan],
            "rank": pd.array([2, None], dtype="Int64"),
            "word": pd.Categorical(["x", None]),
            "text": ["y", None],
        }
    )
    assert csv_bytes(frame) == b"number,rank,word,text\n1.5,2,x,y\n,,,\n"


def test_a_table_without_rows_keeps_its_head() -> None:
    assert csv_bytes(pd.DataFrame({"a": [], "b": []})) == b"a,b\n"
