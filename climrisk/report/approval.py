"""Approval holds for one content: a briefing that changes is a draft again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pandas as pd

from climrisk.domain.approval import Approval
from climrisk.names import Language
from climrisk.report.document import Document

__all__ = ["approval_of", "content_hash"]


def content_hash(document: Document) -> str:
    """Return the SHA-256 of everything that a briefing says, but for its status.

    Parameters
    ----------
    document : Document
        In one language.
    """
    said = [
        document.title,
        document.company,
        document.facts,
        document.stamp.run,
        document.stamp.notice,
        document.sections,
    ]
    text = json.dumps(_plain(said), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def approval_of(approvals: Iterable[Approval], language: Language, content: str) -> Approval | None:
    """Return the latest approval of a content in a language; None where nobody approved it."""
    found = [one for one in approvals if (one.language, one.content) == (language, content)]
    return found[-1] if found else None


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, pd.DataFrame):
        return value.to_csv(index=False)
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)
