"""Checks of a company's own files: a logo that is a picture, a template that is one."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Final

__all__ = ["brand_fault"]

MEGABYTE: Final = 1_000_000
LIMITS: Final = {".png": 2 * MEGABYTE, ".svg": MEGABYTE, ".pptx": 20 * MEGABYTE}
"""Largest size by ending [byte]."""
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_LARGEST_SIDE: Final = 5000
_ACTIVE: Final = re.compile(
    rb"<!doctype|<!entity|<script|<foreignobject|<iframe|\son\w+\s*=|javascript:|data:(?!image/png)"
    rb"|(?:href|src)\s*=\s*[\"']\s*(?!#|data:image/png)|url\(\s*[\"']?\s*(?!#)|@import|<\?xml-style",
    re.IGNORECASE,
)
"""What a drawing may hold but a logo must not: code, entities, anything from elsewhere."""


def brand_fault(path: Path) -> str:
    """Return what is wrong with a logo or template, as `found; allowed`; empty where it is good.

    Parameters
    ----------
    path : Path
        A file ending in `.png`, `.svg` or `.pptx`.
    """
    if path.is_symlink() or not path.is_file():
        return f"found no file {path.name}; allowed: a file in the study's folder brand"
    limit = LIMITS[path.suffix]
    size = path.stat().st_size
    if size > limit:
        return f"found {size:,} bytes; allowed: at most {limit:,}"
    content = path.read_bytes()
    return {".png": _png_fault, ".svg": _svg_fault, ".pptx": _pptx_fault}[path.suffix](content)


def _png_fault(content: bytes) -> str:
    if content[:8] != _PNG or content[12:16] != b"IHDR" or len(content) < 33:
        return "found no PNG picture; allowed: a file that holds what its ending says"
    sides = int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
    if not 0 < min(sides) <= max(sides) <= _LARGEST_SIDE:
        found = f"found {sides[0]} x {sides[1]} pixels"
        return f"{found}; allowed: 1 to {_LARGEST_SIDE} each way"
    return ""


def _svg_fault(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "found another encoding; allowed: SVG in UTF-8"
    if not re.search(r"<svg[\s>]", text):
        return "found no SVG drawing; allowed: a file that holds what its ending says"
    active = _ACTIVE.search(content)
    if active:
        found = active.group().decode(errors="replace").strip()
        return f"found {found!r} in the drawing; allowed: shapes only, no code, no other files"
    return ""


def _pptx_fault(content: bytes) -> str:
    from io import BytesIO

    try:
        with zipfile.ZipFile(BytesIO(content)) as book:
            names = set(book.namelist())
    except zipfile.BadZipFile:
        names = set()
    if "ppt/presentation.xml" not in names:
        return "found no PowerPoint file; allowed: a presentation saved as .pptx"
    if any(name.endswith("vbaProject.bin") for name in names):
        return "found macros; allowed: a presentation without them"
    return ""
