"""Documentation under fields: in JSON Schemas and in messages, without parsing at import."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ConfigDict, Field

from climrisk.domain.base import Declaration, Figure
from climrisk.domain.field_docs import field_text
from climrisk.domain.settings import Settings
from climrisk.domain.text import Words


class Plain(Declaration):
    """A model of this test."""

    told: int
    """How many,
    over two lines."""
    stated: float = Field(default=1.0, description="stated in the field")
    """Not read: the field says it itself."""
    silent: str = ""

    def method(self) -> int:
        """Return what no field is told by."""
        return self.told


class Heir(Plain):
    """A model that takes fields over and states one anew."""

    silent: str = "now"
    """Told by the heir."""


class ByPydantic(BaseModel):
    """What pydantic itself reads."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    told: int
    """How many,
    over two lines."""


@pytest.mark.parametrize(
    ("model", "name", "text"),
    [
        (Plain, "told", "How many,\nover two lines."),
        (Plain, "stated", "stated in the field"),
        (Plain, "silent", ""),
        (Heir, "told", "How many,\nover two lines."),
        (Heir, "silent", "Told by the heir."),
        (Figure, "source", "Publication, page or rationale."),
    ],
)
def test_a_field_is_told_by_the_text_under_it(
    model: type[Declaration], name: str, text: str
) -> None:
    assert field_text(model, name) == text


def test_pydantic_would_read_the_same() -> None:
    assert field_text(Plain, "told") == ByPydantic.model_fields["told"].description


def test_a_schema_tells_fields_by_the_names_that_users_write() -> None:
    told = {
        name: one.get("description")
        for name, one in Words.model_json_schema()["properties"].items()
    }
    assert told == {
        "en": "English.",
        "zh-Hant": "Traditional Chinese, in Hong Kong usage.",
        "zh-Hans": "Simplified Chinese.",
    }


def test_a_field_without_a_text_has_no_description() -> None:
    assert "description" not in Plain.model_json_schema()["properties"]["silent"]


def test_models_within_a_schema_are_told_as_well() -> None:
    inner = Settings.model_json_schema()["$defs"]["Horizon"]["properties"]
    assert inner["planning"]["description"] == "The planning cycle that the horizon follows."
