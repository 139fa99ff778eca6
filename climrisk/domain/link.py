"""How a scenario's driver moves an item."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from climrisk.domain.base import Identifier, Number, Provenance
from climrisk.domain.quantities import Signed

__all__ = ["ActsOn", "Link"]

ActsOn = Annotated[str, Field(min_length=1)]
"""`rate`, `probability`, `severity`, or the name of one impact."""


class Link(Provenance):
    """How a driver moves an item."""

    driver: Identifier
    """A driver that every scenario of the study states."""
    acts_on: ActsOn
    """`rate`, `probability`, `severity`, or the name of one impact."""
    form: Literal["ratio", "difference", "level"]
    """`ratio` to the base with an elasticity; `difference` from it or `level`, times `per_unit`."""
    elasticity: Number | None = None
    """Power that the ratio is raised to."""
    per_unit: Signed | None = None
    """Change of what the link acts on, for one unit of the driver."""

    @model_validator(mode="after")
    def _form_states_its_own(self) -> Link:
        wanted, other = (
            ("elasticity", "per_unit") if self.form == "ratio" else ("per_unit", "elasticity")
        )
        if getattr(self, wanted) is None:
            raise ValueError(f"form {self.form} without {wanted}; allowed: give {wanted}")
        if getattr(self, other) is not None:
            raise ValueError(f"form {self.form} with {other}; allowed: {wanted} only")
        if self.form != "ratio" and self.acts_on == "probability":
            raise ValueError(
                f"form {self.form} on a probability; allowed: ratio, which goes through "
                "p = 1 - exp(-rate)"
            )
        return self
