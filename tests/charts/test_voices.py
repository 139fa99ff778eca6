"""Pictures of unnamed voices: as they were said, the pool between the same percentiles."""

from __future__ import annotations

import numpy as np
import pytest

from climrisk.charts import figure, voices_table
from climrisk.charts.table import ChartTable, Ranges
from climrisk.domain.elicitation.estimate import Range
from climrisk.domain.quantities import read_quantity

SAID = [Range(low=1.0, best=2.0, high=4.0), Range(low=2.0, best=3.0, high=5.0)]


def drawn(said: list[Range], **changed: object) -> ChartTable:
    pool = read_quantity(
        {"pool": [{"p10": one.low, "p50": one.best, "p90": one.high} for one in said]}, "log"
    )
    given = {"interval": "p10-p90", "title": "Loss", "unit": "RMB million", **changed}
    return voices_table(said, pool, **given)  # type: ignore[arg-type]  # changed by each test


def ranges(chart: ChartTable) -> Ranges:
    (mark,) = chart.marks
    assert isinstance(mark, Ranges)
    return mark


def test_voices_stand_as_said_and_the_pool_on_top() -> None:
    mark = ranges(drawn(SAID))
    assert mark.low[:2].tolist() == [1.0, 2.0]
    assert mark.middle[:2].tolist() == [2.0, 3.0]
    assert mark.high[:2].tolist() == [4.0, 5.0]
    assert mark.roles == ("neutral", "neutral", "total")


def test_the_pool_is_drawn_between_its_own_percentiles() -> None:
    mark = ranges(drawn(SAID))
    pool = read_quantity(
        {"pool": [{"p10": one.low, "p50": one.best, "p90": one.high} for one in SAID]}, "log"
    )
    below, _ = pool.tails(np.array([mark.low[2], mark.middle[2], mark.high[2]]))
    assert below == pytest.approx([0.1, 0.5, 0.9], abs=1e-12)
    assert mark.mean[2] == pool.mean()


def test_only_the_own_voice_is_marked_and_no_row_has_a_number() -> None:
    chart = drawn(SAID, own=[False, True])
    assert ranges(chart).roles == ("neutral", "limit", "total")
    assert chart.y.tick_texts == ("A voice", "Your own", "Pool of all")


def test_a_wide_spread_has_a_logarithmic_axis_that_holds_every_range() -> None:
    chart = drawn([SAID[0], Range(low=100.0, best=200.0, high=500.0)])
    assert chart.x.logarithmic
    assert chart.x.limits is not None
    assert chart.x.limits[0] < 1.0
    assert chart.x.limits[1] > 500.0
    shown = figure(chart).layout.xaxis.range
    assert shown == pytest.approx(tuple(np.log10(chart.x.limits)))
    assert not drawn(SAID).x.logarithmic
