"""Lines of the statements that effects fall on, and the rows that a run has for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from climrisk.names import (
    CARBON_COST,
    CURRENT,
    MEASURES,
    NET,
    OPPORTUNITIES,
    OVERLAP,
    RISKS,
    TOTAL,
    Channel,
)
from climrisk.report.run_data import Cited, RunData

__all__ = ["CAPITAL", "CODES", "STATEMENTS", "EffectRow", "Range", "statement_rows"]

CODES: Final[dict[Channel, str]] = {
    "revenue": "FI-REV",
    "operating_cost": "FI-EXP",
    "asset_value": "FI-AL",
}
"""Line of the statements that each channel falls on, after the TCFD's financial impacts."""
CAPITAL: Final = "FI-CF"
"""Capital and financing, which no channel falls on."""
STATEMENTS: Final[tuple[tuple[str, str], ...]] = (
    *((code, channel) for channel, code in CODES.items()),
    (NET, NET),
)
"""Lines of the statements with a number, and the channel of the results that has it."""
PARTS: Final = (RISKS, OPPORTUNITIES, CARBON_COST, OVERLAP)
"""What a total under the controls of the base year is made of."""


@dataclass(frozen=True)
class Range:
    """Effect over one horizon: median and range, undiscounted sums [million].

    Attributes
    ----------
    p50, p5, p95 : Cited
    years : int
        Years of the horizon.
    """

    p50: Cited
    p5: Cited
    p95: Cited
    years: int

    @property
    def is_zero(self) -> bool:
        """Whether nothing happens in any of the three."""
        return all(one.value == 0.0 for one in (self.p5, self.p50, self.p95))


@dataclass(frozen=True)
class EffectRow:
    """One row of the table: what, under which controls, by horizon.

    Attributes
    ----------
    code : str
        Line of the statements, or `net`.
    subject : str
    control : str
    ranges : dict of str to Range
        By horizon, in time order.
    """

    code: str
    subject: str
    control: str
    ranges: dict[str, Range]


def statement_rows(run: RunData, scenario: str, code: str, channel: str) -> list[EffectRow]:
    """Return the rows of one line of the statements: parts, then totals by controls.

    Parameters
    ----------
    run : RunData
    scenario : str
    code, channel : str
        One of `STATEMENTS`.

    Returns
    -------
    list of EffectRow
        Parts and total under current controls, the cost of planned measures, and the total under
        every other state of controls; parts that are nothing in every horizon are left out, and
        so are totals of nothing: a zero would look like a finding. None where no item is assessed.
    """
    if not run.study.assessed:
        return []
    others = [name for name in _controls(run) if name != CURRENT]
    asked = [
        *((subject, CURRENT) for subject in (*PARTS, TOTAL)),
        *((subject, control) for control in others for subject in (MEASURES, TOTAL)),
    ]
    rows = [
        EffectRow(code, subject, control, _ranges(run, scenario, control, subject, channel))
        for subject, control in asked
        if _is_counted(run, scenario, control, subject, channel)
    ]
    parts = [row for row in rows if row.subject != TOTAL and not _is_nothing(row)]
    return [row for row in rows if row in parts or (parts and row.subject == TOTAL)]


def _controls(run: RunData) -> list[str]:
    return [str(name) for name in run.results["control"].to_numpy().tolist()]


def _is_nothing(row: EffectRow) -> bool:
    return all(one.is_zero for one in row.ranges.values())


def _is_counted(run: RunData, scenario: str, control: str, subject: str, channel: str) -> bool:
    first = next(iter(run.horizons))
    address = _address(scenario, control, subject, channel, first, "p5")
    return run.has("summary.csv", **address)


def _ranges(
    run: RunData, scenario: str, control: str, subject: str, channel: str
) -> dict[str, Range]:
    def cited(horizon: str, statistic: str) -> Cited:
        address = _address(scenario, control, subject, channel, horizon, statistic)
        return run.cite("summary.csv", **address)

    return {
        horizon: Range(cited(horizon, "p50"), cited(horizon, "p5"), cited(horizon, "p95"), years)
        for horizon, years in run.horizons.items()
    }


def _address(
    scenario: str, control: str, subject: str, channel: str, horizon: str, statistic: str
) -> dict[str, str]:
    return {
        "scenario": scenario,
        "control": control,
        "subject": subject,
        "channel": channel,
        "horizon": horizon,
        "statistic": statistic,
    }
