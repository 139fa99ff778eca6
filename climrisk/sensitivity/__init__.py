"""What matters most: which inputs move a result, and which would be worth knowing."""

from __future__ import annotations

from climrisk.sensitivity.expected_sobol import expected_sobol
from climrisk.sensitivity.information import Information, partial_information, perfect_information
from climrisk.sensitivity.measure_information import value_of_information
from climrisk.sensitivity.regression import Predictor, Regression
from climrisk.sensitivity.shares import input_shares, item_shares
from climrisk.sensitivity.sobol import sobol_indices
from climrisk.sensitivity.tornado import tornado

__all__ = [
    "Information",
    "Predictor",
    "Regression",
    "expected_sobol",
    "input_shares",
    "item_shares",
    "partial_information",
    "perfect_information",
    "sobol_indices",
    "tornado",
    "value_of_information",
]
