"""Field types for declared quantities: each reads a statement on the scale of its kind.

=========== ======== ===================================
type        scale    values
=========== ======== ===================================
Amount      log      0 or more, in the unit of the field
Rate        log      0 or more, events a year
Share       logit    0 to 1
Probability logit    0 to 1
Signed      identity any
=========== ======== ===================================
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from climrisk.domain.quantities.base import Quantity
from climrisk.domain.quantities.families import FAMILIES, STATEMENTS
from climrisk.domain.quantities.reading import read_quantity
from climrisk.domain.quantities.scales import LIMITS, Scale

__all__ = ["Amount", "Probability", "Rate", "Share", "Signed", "StatedOn"]


@dataclass(frozen=True)
class StatedOn:
    """Marks a field whose value is a statement, read on a scale.

    Parameters
    ----------
    scale : {"log", "logit", "identity"}
        Scale of the field.
    """

    scale: Scale

    def read(self, value: object) -> Quantity:
        """Read a plain number, a mapping or a quantity; see `read_quantity`."""
        return read_quantity(value, self.scale)

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Read the statement before pydantic checks that the outcome is a quantity."""
        return core_schema.no_info_before_validator_function(self.read, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe a plain number, any of the statements, or a label where one may stand."""
        kinds = dict.fromkeys([*STATEMENTS.values(), *FAMILIES.values()])
        statements = [kind.__pydantic_core_schema__ for kind in kinds]
        labels = [] if self.scale == "identity" else [core_schema.str_schema(min_length=1)]
        return handler(core_schema.union_schema([self._plain_number(), *statements, *labels]))

    def _plain_number(self) -> CoreSchema:
        low, high = (x if math.isfinite(x) else None for x in LIMITS[self.scale])
        return core_schema.float_schema(ge=low, le=high)


Amount = Annotated[Quantity, StatedOn("log")]
"""A magnitude, 0 or more: lognormal where only percentiles are stated."""

Rate = Annotated[Quantity, StatedOn("log")]
"""Events a year, 0 or more: lognormal where only percentiles are stated."""

Share = Annotated[Quantity, StatedOn("logit")]
"""A part of a whole, 0 to 1: logit-normal where only percentiles are stated."""

Probability = Annotated[Quantity, StatedOn("logit")]
"""A chance, 0 to 1: logit-normal where only percentiles are stated."""

Signed = Annotated[Quantity, StatedOn("identity")]
"""A number of either sign: normal where only percentiles are stated."""
