"""A `disclosure.yaml` to fill in: every question that it may answer, as a comment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, get_args

from pydantic import BaseModel

from climrisk.domain.disclosure import SECTIONS, Disclosure
from climrisk.domain.disclosure_standard import Tier
from climrisk.domain.field_docs import field_text

__all__ = ["blank_answers"]

HEAD: Final = """\
# What the company states of itself for its climate disclosures, and no simulation knows. While all
# lines are comments nothing is stated. To answer, take the # from the lines of an answer and from
# the heads above it, as in
#
#     governance:
#       board_informed:
#         text: The audit committee receives a paper twice a year.
#         basis: reported        # or reference, assumption
#         source: annual report, page 40
#
# `none: true` in the place of a text says that there is none; what is left out is blank, which is
# not none. `climrisk schema disclosure` prints every field, `climrisk disclosure RUN` what is open.
#
"""
FRAME: Final = """\
# schema: 1
# issuer_tier: {tiers}
# financial_year: {{begins: {year}-01-01, ends: {year}-12-31}}
"""


def blank_answers(year: int) -> str:
    """Return the text of a `disclosure.yaml` in which nothing is stated yet.

    Parameters
    ----------
    year : int
        Calendar year shown as the example of a financial year.
    """
    frame = FRAME.format(tiers=" | ".join(get_args(Tier)), year=year)
    sections = ("\n".join(_section(name)) for name in SECTIONS)
    return HEAD + frame + "\n".join(sections) + "\n"


def _section(name: str) -> Iterator[str]:
    model: type[BaseModel] = type(Disclosure.model_fields[name].get_default())
    yield f"# {name}:"
    for field in model.model_fields:
        about = " ".join(field_text(model, field).split())
        yield f"#   {field}:" + (f"  # {about}" if about else "")
