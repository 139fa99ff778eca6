"""A made-up matrix.csv: six risks and four opportunities, one scenario, one horizon."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import pytest

from climrisk.charts import Caption
from climrisk.names import CONTROLS

NOTICE = "Made-up figures for a test; nobody's assessment."

TITLES = {
    "R-POL-1": "Carbon price passed on through electricity",
    "R-MKT-1": "Customers' credit losses in carbon-intensive sectors",
    "R-TEC-1": "Residual value of leased devices",
    "R-REP-1": "Reputation with investors",
    "R-ACU-1": "Rainstorm at warehouses",
    "R-CHR-1": "Rising heat and cooling cost",
    "O-PRM-1": "Demand for circular devices",
    "O-RES-1": "Refurbishing more devices",
    "O-ENE-1": "Rooftop solar and green power",
    "O-ADP-1": "Resilient supply wins customers",
}


@dataclass(frozen=True)
class Made:
    """Magnitudes of one item: likelihood, mean, P5, P95, expected a year, effect of measures."""

    likelihood: float
    mean: float
    low: float
    high: float
    expected: float
    left: float


MADE = {
    "R-POL-1": Made(1.0, 1.4, 0.5, 3.0, 1.3, 0.7),
    "R-MKT-1": Made(0.62, 9.0, 2.0, 30.0, 2.4, 0.6),
    "R-TEC-1": Made(0.34, 21.0, 6.0, 60.0, 3.6, 0.8),
    "R-REP-1": Made(0.03, 12.0, 3.0, 35.0, 0.13, 1.0),
    "R-ACU-1": Made(0.72, 2.2, 0.4, 9.1, 0.9, 0.55),
    "R-CHR-1": Made(1.0, 0.55, 0.2, 1.2, 0.5, 0.8),
    "O-PRM-1": Made(0.93, 14.0, 3.0, 41.0, 7.7, 1.15),
    "O-RES-1": Made(1.0, 3.1, 1.1, 7.0, 3.1, 1.2),
    "O-ENE-1": Made(0.48, 0.9, 0.3, 2.2, 0.2, 1.0),
    "O-ADP-1": Made(0.15, 4.0, 0.8, 13.0, 0.22, 1.0),
}


def row(item: str, control: str, made: Made) -> dict[str, object]:
    """Return one row of matrix.csv, signed as effects are: losses negative."""
    sign = -1 if item.startswith("R") else 1
    factor = made.left if control == "residual" else 1.0
    ends = sorted((sign * made.low * factor, sign * made.high * factor))
    likelihood = made.likelihood
    return {
        "scenario": "delayed_transition",
        "control": control,
        "horizon": "short",
        "item": item,
        "kind": "risk" if sign < 0 else "opportunity",
        "category": "market" if sign < 0 else "resilience",
        "likelihood": likelihood,
        "likelihood_se": (likelihood * (1 - likelihood) / 20_000) ** 0.5,
        "likelihood_per_year": likelihood / 3,
        "impact_mean": sign * made.mean * factor,
        "impact_mean_se": 0.01,
        "impact_p5": ends[0],
        "impact_p50": sign * made.mean * factor * 0.8,
        "impact_p95": ends[1],
        "expected_per_year": sign * made.expected * factor,
        "rank_expected": 1,
        "rank_tail": 1,
        "rank_stability": 0.9,
    }


@pytest.fixture
def matrix() -> pd.DataFrame:
    """Content of a made-up matrix.csv."""
    return pd.DataFrame(
        [row(item, control, made) for item, made in MADE.items() for control in CONTROLS]
    )


@pytest.fixture
def titles() -> dict[str, str]:
    """Titles of its items."""
    return dict(TITLES)


@pytest.fixture
def caption() -> Caption:
    """What the pictures say about the made-up study."""
    return Caption(
        scenario="Delayed transition",
        horizon="Short term",
        years=(2024, 2026),
        currency="CNY",
        price_year=2023,
        material_effect=0.2,
        draws=20_000,
        seed=1,
        notice=NOTICE,
    )
