"""What an occurrence does to one line of the accounts."""

from __future__ import annotations

from typing import Any

from pydantic import Field, ValidationInfo, field_validator, model_validator

from climrisk.domain.base import Identifier, Provenance
from climrisk.domain.quantities import Quantity, Scale, Share, read_quantity
from climrisk.names import RESERVED_LINES, Channel, Direction

__all__ = ["Impact"]


class Impact(Provenance):
    """What an occurrence does to one line of the accounts."""

    channel: Channel
    """`revenue`, `operating_cost` or `asset_value`."""
    line: str = Field(min_length=1)
    """Line of the accounts, such as credit loss, energy or repair."""
    direction: Direction
    """`adverse` or `favourable` (amounts are then >= 0), or `signed`."""
    exposure: Identifier | None = None
    """Exposure that the share is of, or that caps the amount."""
    revenue_line: Identifier | None = None
    """Revenue line whose sales are lost or won; needed on channel `revenue`."""
    amount: Quantity | None = None
    """Millions of the study's currency, for one occurrence or one year of effect."""
    share: Share | None = None
    """Share of the exposure or revenue line, for one occurrence or one year of effect."""
    pass_through: Share | None = None
    """Part of an adverse effect that customers bear, after insurance."""

    @field_validator("amount", mode="before")
    @classmethod
    def _read_amount(cls, value: Any, info: ValidationInfo) -> Any:
        scale: Scale = "identity" if info.data.get("direction") == "signed" else "log"
        return None if value is None else read_quantity(value, scale)

    @field_validator("line")
    @classmethod
    def _free_line(cls, line: str) -> str:
        if line in RESERVED_LINES:
            raise ValueError(f"found {line!r}, which climrisk computes itself; allowed: another")
        return line

    @model_validator(mode="after")
    def _complete(self) -> Impact:
        if (self.amount is None) == (self.share is None):
            found = "neither amount nor share" if self.amount is None else "amount and share"
            raise ValueError(f"found {found}, allowed exactly one of them")
        if self.exposure is not None and self.revenue_line is not None:
            raise ValueError("found exposure and revenue_line, allowed one of them")
        if self.channel == "revenue" and self.revenue_line is None:
            raise ValueError("channel revenue without revenue_line; allowed: name the line")
        if self.share is not None and self.subject_to is None:
            raise ValueError("share of nothing; allowed: name an exposure or a revenue_line")
        if self.share is not None and self.direction == "signed":
            raise ValueError("a signed share; allowed: adverse or favourable, or a signed amount")
        if self.pass_through is not None and self.direction != "adverse":
            raise ValueError(f"pass_through of {self.direction}; allowed: adverse effects only")
        return self

    @property
    def subject_to(self) -> str | None:
        """Id of the exposure or revenue line that the impact falls on."""
        return self.exposure if self.exposure is not None else self.revenue_line

    @property
    def severity(self) -> Quantity:
        """The amount or the share, whichever is stated."""
        stated = self.amount if self.amount is not None else self.share
        assert stated is not None
        return stated
