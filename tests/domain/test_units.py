from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from climrisk.domain import units
from climrisk.domain.units import ratio_of, unit_of

SYMBOLS = sorted(symbol for scales in units._TABLE.values() for symbol in scales)


@pytest.mark.parametrize(
    ("amount", "unit", "other", "expected"),
    [
        (1, "MWh", "kWh", 1000),
        (3.6, "MJ", "kWh", 1),
        (1, "GJ", "kWh", 277.7777777777778),
        (1, "TJ", "MWh", 277.7777777777778),
        (1, "m3", "L", 1000),
        (1, "t", "kg", 1000),
        (1, "tCO2e", "kgCO2e", 1000),
        (1000, "kgCO2", "tCO2e", 1),
        (1, "ft2", "m2", 0.09290304),
        (1, "ha", "m2", 10_000),
    ],
)
def test_conversions(amount: float, unit: str, other: str, expected: float) -> None:
    assert amount * unit_of(unit).factor_to(unit_of(other)) == pytest.approx(expected, rel=1e-15)


@settings(deadline=None)
@given(st.sampled_from(SYMBOLS), st.sampled_from(SYMBOLS))
def test_conversion_is_there_and_back_or_refused(one: str, other: str) -> None:
    first, second = unit_of(one), unit_of(other)
    if first.dimension == second.dimension:
        there_and_back = first.factor_to(second) * second.factor_to(first)
        assert there_and_back == pytest.approx(1.0, rel=1e-15)
    else:
        with pytest.raises(ValueError, match="allowed: a unit of"):
            first.factor_to(second)


def test_mass_and_emissions_are_not_the_same() -> None:
    with pytest.raises(ValueError, match=r"found t \(mass\); allowed: a unit of emissions"):
        unit_of("t").factor_to(unit_of("tCO2e"))


@pytest.mark.parametrize(("spelt", "symbol"), [("litre", "L"), ("m²", "m2"), ("tonne", "t")])
def test_common_spellings_are_understood(spelt: str, symbol: str) -> None:
    assert unit_of(spelt).symbol == symbol


def test_money_keeps_its_currency() -> None:
    money = unit_of("RMB million")
    assert money.factor_to(unit_of("RMB million")) == 1.0
    with pytest.raises(ValueError, match=r"found RMB million .* \(HKD million\)"):
        money.factor_to(unit_of("HKD million"))


@pytest.mark.parametrize("symbol", ["kwh", "", "kg/L", "million", "RMB billion", "t CO2e"])
def test_unknown_units_are_refused(symbol: str) -> None:
    with pytest.raises(ValueError, match="unknown unit"):
        unit_of(symbol)


def test_a_unit_in_other_letters_is_hinted_at() -> None:
    with pytest.raises(ValueError, match=r"unknown unit 'kwh'; did you mean 'kWh'\?"):
        unit_of("kwh")


def test_ratios() -> None:
    ratio = ratio_of("tCO2e/RMB million")
    assert (ratio.numerator.dimension, ratio.denominator.dimension) == (
        "emissions",
        "money in RMB",
    )
    with pytest.raises(ValueError, match="allowed: a unit per another"):
        ratio_of("kWh")
    with pytest.raises(ValueError, match="unknown unit 'm2/person'"):
        ratio_of("kWh/m2/person")
