"""Sixty items of every kind in one study: it runs, adds up and ranks each of them."""

from __future__ import annotations

import numpy as np
import pytest

import climrisk
from tests.studies import (
    always,
    bernoulli,
    cost,
    make_item,
    make_settings,
    make_study,
    once,
    poisson,
)

LAWS = (always(), bernoulli(0.3), poisson(1.5), once((2024, 2027), 0.5, lasts=2))


def sixty() -> dict[str, object]:
    items = {}
    for number in range(60):
        kind = "opportunity" if number % 3 == 0 else "risk"
        direction = "favourable" if kind == "opportunity" else "adverse"
        impact = {"effect": cost({"mean": 1.0 + number, "cv": 0.5}, direction=direction)}
        items[f"I-{number:02}"] = make_item(LAWS[number % 4], impact, kind=kind)
    return items


def test_a_study_of_sixty_items_adds_up_and_ranks_all_of_them() -> None:
    study = make_study(sixty(), make_settings(4))
    results = climrisk.analyse(study, draws=300, seed=1)
    mean = results["mean"].sel(scenario="flat", control="current", channel="net").isel(horizon=0)
    items = mean.sel(subject=list(study.items))
    assert float(items.sum()) == pytest.approx(float(mean.sel(subject="total")), rel=1e-14)
    for kind, count in (("risk", 40), ("opportunity", 20)):
        ranks = results["rank_expected"].sel(scenario="flat", control="current").isel(horizon=0)
        found = sorted(ranks.to_numpy()[results["kind"].to_numpy() == kind])
        assert found == list(range(1, count + 1))
    check = np.abs(results["exact_z"].to_numpy())
    assert np.nanmax(check) < 5.0
