"""Content inside its own address, so that no file or host is asked for it."""

from __future__ import annotations

import base64

__all__ = ["data_address"]


def data_address(kind: str, content: bytes) -> str:
    """Return content of a media type as a `data:` address."""
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
