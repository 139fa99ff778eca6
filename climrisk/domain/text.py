"""Texts for readers, in English and both Chinese scripts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from climrisk.domain.base import Declaration
from climrisk.names import Language

__all__ = ["LocalText", "Words"]


class Words(Declaration):
    """One text in up to three languages; at least one must be given."""

    en: str | None = None
    """English."""
    zh_hant: str | None = Field(default=None, alias="zh-Hant")
    """Traditional Chinese, in Hong Kong usage."""
    zh_hans: str | None = Field(default=None, alias="zh-Hans")
    """Simplified Chinese."""

    @model_validator(mode="after")
    def _one_language(self) -> Words:
        if self.en is None and self.zh_hant is None and self.zh_hans is None:
            raise ValueError("empty text; allowed: a string, or a map of en, zh-Hant, zh-Hans")
        return self

    def stated(self, language: Language) -> str | None:
        """Return the text in `language`, or None where it has not been translated."""
        return {"en": self.en, "zh-Hant": self.zh_hant, "zh-Hans": self.zh_hans}[language]

    def best(self, language: Language = "en") -> str:
        """Return the text in `language`, else in the first language that has one."""
        found = (self.stated(language), self.en, self.zh_hant, self.zh_hans)
        return next(text for text in found if text is not None)


def _from_plain(value: Any) -> Any:
    if isinstance(value, str):
        return {"en": value}
    if isinstance(value, Words | Mapping):
        return value
    if isinstance(value, bool | int | float):
        raise ValueError(f"found number {value!r}; allowed: text, in quotes")
    found = "nothing" if value is None else "a list"
    raise ValueError(f"found {found}; allowed: text, or a map of en, zh-Hant, zh-Hans")


LocalText = Annotated[Words, BeforeValidator(_from_plain)]
"""A reader-facing text: a plain string (English), or a map of languages."""
