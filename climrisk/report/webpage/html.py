"""A document as one HTML file with charts that answer, which asks no other host."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from climrisk.errors import MissingExtraError
from climrisk.i18n import translate
from climrisk.report.brand import PLAIN, Brand
from climrisk.report.document import Document, Picture
from climrisk.report.legible import WHOLE, legible
from climrisk.report.pictures import pictures_with
from climrisk.report.webpage.addresses import data_address
from climrisk.report.webpage.charts import chart_specs
from climrisk.report.webpage.colours import colour_sheet, margin_sheet
from climrisk.report.webpage.sections import language_tag, section_parts

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

__all__ = ["html_bytes"]


def html_bytes(document: Document, brand: Brand | None = None, fonts: Sequence[Path] = ()) -> bytes:
    """Return a document as one HTML file; the same document gives the same bytes.

    Parameters
    ----------
    document : Document
    brand : Brand, optional
        Colours and logo.
    fonts : sequence of Path, optional
        Font files for characters of still pictures that the bundled fonts lack.

    Raises
    ------
    MissingExtraError
        If Jinja, Plotly or matplotlib is not installed.
    MissingFontError
        If no font has the characters of a picture.
    """
    brand = brand or PLAIN
    scripts = (_plotly(), _asset("briefing.js"))
    with pictures_with(fonts):
        sections = [section_parts(section) for section in document.sections]
    page = {
        "language": language_tag(document.language),
        "title": legible(document.title),
        "company": legible(document.company),
        "facts": [(legible(name), legible(value)) for name, value in document.facts],
        "stamp": document.stamp,
        "words": document.words,
        "skip": translate("webpage.skip", document.language),
        "policy": _policy(scripts),
        "logo": _logo(brand),
        "sections": sections,
        **_sheets_and_scripts(document, brand, scripts),
    }
    return _template().render(page=page).encode()


def _sheets_and_scripts(
    document: Document, brand: Brand, scripts: tuple[str, ...]
) -> dict[str, Any]:
    """Return the parts that are code; users' texts in them are data of JSON or escaped strings."""
    from markupsafe import Markup

    pictures = [
        block
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Picture)
    ]
    # a closing tag inside the data would end the element that holds them
    data = json.dumps(chart_specs(pictures), ensure_ascii=False).replace("<", "\\u003c")
    return {
        "colours": Markup(colour_sheet(brand)),
        "style": Markup(_asset("briefing.css")),
        "margins": Markup(margin_sheet(document.stamp)),
        "charts": Markup(data),
        "scripts": [Markup(script) for script in scripts],
    }


def _policy(scripts: tuple[str, ...]) -> str:
    """Return a policy under which only these scripts run and nothing is fetched."""
    hashes = (
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts
    )
    allowed = " ".join(f"'sha256-{one}'" for one in hashes)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _logo(brand: Brand) -> str:
    if brand.logo_vector is not None:
        return data_address("image/svg+xml", brand.logo_vector)
    return "" if brand.logo is None else data_address("image/png", brand.logo)


def _asset(name: str) -> str:
    return files("climrisk.report.webpage").joinpath(name).read_text(encoding="utf-8")


def _plotly() -> str:
    try:
        from plotly.offline import get_plotlyjs
    except ModuleNotFoundError as missing:
        raise MissingExtraError("an HTML page", "report") from missing
    # newlines as a browser reads them, for the policy's hash is of what it reads
    return str(get_plotlyjs()).replace("\r\n", "\n").replace("\r", "\n")


def _whole(text: str) -> Markup:
    """Return a text, escaped, with marks about what no line ends within."""
    from markupsafe import Markup, escape

    around = Markup('<span class="whole">{}</span>')
    parts = re.split(f"({WHOLE})", text)
    return Markup("").join(
        around.format(part) if rank % 2 else escape(part) for rank, part in enumerate(parts)
    )


def _template() -> Template:
    try:
        from jinja2 import Environment, StrictUndefined
    except ModuleNotFoundError as missing:
        raise MissingExtraError("an HTML page", "report") from missing
    space = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    space.filters["whole"] = _whole
    return space.from_string(_asset("briefing.html.jinja"))
