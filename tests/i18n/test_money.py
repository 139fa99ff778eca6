"""Amounts as the house style prints them, in three languages and two Chinese scales."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from climrisk.i18n import money, money_range, money_unit
from climrisk.names import Language


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en", "RMB 1,793.1 million"),
        ("zh-Hant", "人民幣1,793.1百萬元"),
        ("zh-Hans", "人民币1,793.1百万元"),
    ],
)
def test_reported_amount(language: Language, printed: str) -> None:
    assert money(1793.1, "CNY", language, decimals=1) == printed


@pytest.mark.parametrize(
    ("amount", "decimals", "hant", "hans"),
    [
        (1793.1, 2, "人民幣17.93億元", "人民币17.93亿元"),
        (100.0, None, "人民幣1億元", "人民币1亿元"),
        (99.6, None, "人民幣1億元", "人民币1亿元"),  # two figures make it 100 million
        (98.0, None, "人民幣9,800萬元", "人民币9,800万元"),
        (1.0, None, "人民幣100萬元", "人民币100万元"),
        (0.01, None, "人民幣1萬元", "人民币1万元"),
        (-250.0, None, "人民幣-2.5億元", "人民币-2.5亿元"),
    ],
)
def test_hundred_million_and_myriad(
    amount: float, decimals: int | None, hant: str, hans: str
) -> None:
    assert money(amount, "CNY", "zh-Hant", decimals=decimals, myriads=True) == hant
    assert money(amount, "CNY", "zh-Hans", decimals=decimals, myriads=True) == hans


def test_english_never_counts_in_myriads() -> None:
    assert money(1793.1, "CNY", "en", decimals=1, myriads=True) == "RMB 1,793.1 million"


@pytest.mark.parametrize(
    ("amount", "printed"),
    [
        (0.0, "RMB 0 million"),
        (-0.0, "RMB 0 million"),
        (3.0, "RMB 3 million"),
        (3.14, "RMB 3.1 million"),
        (1793.1, "RMB 1,800 million"),
        (0.0456, "RMB 0.046 million"),
        (-12.4, "RMB -12 million"),
    ],
)
def test_simulated_amount_has_two_significant_figures(amount: float, printed: str) -> None:
    assert money(amount, "CNY") == printed


@pytest.mark.parametrize(
    ("low", "high", "printed"),
    [
        (3.0, 48.0, "RMB 3–48 million"),
        (0.2, 60.3, "RMB 0.2–60 million"),
        (-12.0, 30.0, "RMB -12 to +30 million"),
        (-48.0, -3.0, "RMB -48 to -3 million"),
        (-5.0, 0.0, "RMB -5 to 0 million"),
        (0.0, 7.0, "RMB 0–7 million"),
        (3.01, 3.02, "RMB 3 million"),
    ],
)
def test_range_stands_on_one_scale(low: float, high: float, printed: str) -> None:
    assert money_range(low, high, "CNY") == printed


def test_ranges_in_chinese() -> None:
    assert money_range(3, 48, "CNY", "zh-Hant") == "人民幣3–48百萬元"
    assert money_range(-12, 30, "CNY", "zh-Hans") == "人民币-12至+30百万元"


def test_hong_kong_dollars() -> None:
    assert money(12.3, "HKD", decimals=1) == "HK$12.3 million"
    assert money(12.3, "HKD", "zh-Hant", decimals=1) == "12.3百萬港元"
    assert money_range(-12, 30, "HKD") == "HK$-12 to +30 million"
    assert money_unit("HKD") == "HK$ million"


def test_unit_of_a_column() -> None:
    assert money_unit("CNY") == "RMB million"
    assert money_unit("CNY", "zh-Hant") == "人民幣百萬元"
    assert money_unit("HKD", "zh-Hant") == "百萬港元"


def test_currency_without_a_house_wording_is_its_code() -> None:
    assert money(5, "SGD") == "SGD 5 million"
    assert money(5, "SGD", "zh-Hant") == "SGD 5百萬"


@pytest.mark.parametrize("currency", ["¥", "$", "rmb", "RMB million", ""])
def test_ambiguous_signs_are_refused(currency: str) -> None:
    with pytest.raises(ValueError, match="allowed an ISO 4217 code"):
        money(1, currency)


def test_bad_ranges_and_amounts_are_refused() -> None:
    with pytest.raises(ValueError, match="found 5 to 3, allowed low <= high"):
        money_range(5, 3, "CNY")
    with pytest.raises(ValueError, match="found nan, allowed a finite number"):
        money(float("nan"), "CNY")


@given(st.floats(-1e12, 1e12), st.sampled_from(["CNY", "HKD", "USD", "SGD"]))
def test_no_amount_prints_a_bare_sign(amount: float, currency: str) -> None:
    for language in ("en", "zh-Hant", "zh-Hans"):
        text = money(amount, currency, language, myriads=True)
        assert "¥" not in text
        assert not text.lstrip("-").startswith("$")
