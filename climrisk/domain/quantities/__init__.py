"""Numbers as people state them: certain, by percentiles, by bounds, by moments or by a family."""

from __future__ import annotations

from climrisk.domain.quantities.base import Quantity
from climrisk.domain.quantities.contexts import Amount, Probability, Rate, Share, Signed
from climrisk.domain.quantities.reading import read_quantity
from climrisk.domain.quantities.scales import Scale

__all__ = [
    "Amount",
    "Probability",
    "Quantity",
    "Rate",
    "Scale",
    "Share",
    "Signed",
    "read_quantity",
]
