from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from climrisk import __version__


@pytest.fixture(scope="module")
def record(lx_run: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((lx_run / "run.json").read_text(encoding="utf-8"))
    return found


def test_the_record_says_what_was_run_with_what(record: dict[str, Any]) -> None:
    assert record["climrisk"] == __version__
    assert record["study"] == "lx-technology-2023"
    assert (record["draws"], record["seed"]) == (64, 3)
    assert record["scenarios"][0] == "base_year"
    assert len(record["scenarios"]) == 7
    assert set(record["libraries"]) >= {"numpy", "scipy", "pandas", "xarray"}
    assert record["kernel"]
    assert len(record["input_hash"]) == len(record["run_key"]) == 64


def test_the_record_says_what_it_cost(record: dict[str, Any]) -> None:
    assert record["wall_seconds"] > 0
    assert record["peak_memory_mb"] is None or record["peak_memory_mb"] > 10


def test_the_record_says_what_was_left_out(record: dict[str, Any]) -> None:
    assert record["items_not_assessed"] == []
    assert len(record["items_assessed"]) == 10


def test_the_record_repeats_the_notice_in_three_languages(record: dict[str, Any]) -> None:
    assert set(record["notice"]) == {"en", "zh-Hant", "zh-Hans"}


def test_64_draws_are_said_not_to_be_enough_with_the_number_that_would_be(
    record: dict[str, Any],
) -> None:
    assert record["convergence"]["enough"] is False
    assert record["convergence"]["draws_needed"] > 64


def test_means_agree_with_exact_ones(record: dict[str, Any]) -> None:
    exact = record["exact_means"]
    assert exact["compared"] > 100
    assert exact["largest_z"] <= exact["bound"]


def test_warnings_name_unverified_inputs_and_held_responses(record: dict[str, Any]) -> None:
    warnings = "\n".join(record["warnings"])
    assert "heavy_rain_frequency: not verified against its source" in warnings
    assert "cyclone_wind is held at the end of its published response" in warnings
    assert record["interpolation"].endswith("nothing is extrapolated")


def test_each_input_carries_its_basis_and_source(record: dict[str, Any]) -> None:
    inputs = record["inputs"]
    assert len(inputs) > 200
    assert {one["basis"] for one in inputs} == {"reported", "reference", "assumption"}
    assert all(one["source"] for one in inputs)
    assert all(one["value"] for one in inputs)
