"""`climrisk schema`."""

from __future__ import annotations

import json
from typing import Annotated, Literal

import typer

__all__ = ["schema"]

File = Literal[
    "study", "register", "targets", "scenario", "factors", "briefing", "disclosure", "batch"
]


def schema(
    file: Annotated[
        File,
        typer.Argument(
            help="study, register, targets, scenario, factors, briefing, disclosure or batch."
        ),
    ] = "register",
) -> None:
    """Print the JSON Schema of a study file, for editors that complete and check as one types."""
    from pydantic import BaseModel

    from climrisk.domain.batch import Batch
    from climrisk.domain.briefing import Briefing
    from climrisk.domain.disclosure import Disclosure
    from climrisk.domain.factors import FactorSet
    from climrisk.domain.scenario import Scenario
    from climrisk.domain.settings import Settings
    from climrisk.domain.study import Register
    from climrisk.domain.target import Targets

    models: dict[File, type[BaseModel]] = {
        "study": Settings,
        "register": Register,
        "targets": Targets,
        "scenario": Scenario,
        "factors": FactorSet,
        "briefing": Briefing,
        "disclosure": Disclosure,
        "batch": Batch,
    }
    typer.echo(json.dumps(models[file].model_json_schema(), ensure_ascii=False, indent=1))
