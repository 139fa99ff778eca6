"""The page read back: every figure, nothing asked of others, nothing of users' texts run."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

import pytest

from climrisk.charts.roles import ROLES, Role
from climrisk.charts.theme import DARK, LIGHT
from climrisk.domain.colour import AA_GRAPHICS, AA_TEXT, contrast
from climrisk.i18n.catalogue import catalogue
from climrisk.names import LANGUAGES, Language
from climrisk.report.brand import PLAIN, Brand
from climrisk.report.document import Picture, Stamp, State, Table, figures_of
from climrisk.report.legible import legible
from climrisk.report.status import DRAFT_FILL, status_colours
from climrisk.report.webpage import html_bytes
from climrisk.report.webpage.colours import PAIRS, css_string, margin_sheet, themes
from tests.report.paper import HOSTILE, bilingual, paper

DRAWN: Language = "zh-Hant"
VOID = {"meta", "img", "br", "col", "path", "link"}


class Page(HTMLParser):
    """Collects elements with their attributes and the text outside code."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.scripts: list[str] = []
        self.styles: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice in {tag}"
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        inside = self.open[-1] if self.open else ""
        {"script": self.scripts, "style": self.styles}.get(inside, self.texts).append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of every element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]


@cache
def written(language: Language = "en", hostile: bool = False) -> str:
    with pytest.MonkeyPatch.context() as patch:
        if language != DRAWN:  # pictures take time, and one language with them is enough
            patch.setattr("climrisk.report.webpage.sections.drawing", lambda _: b"<svg/>")
        return html_bytes(paper(language, hostile=hostile)).decode()


@cache
def page(language: Language = "en", hostile: bool = False) -> Page:
    read = Page()
    read.feed(written(language, hostile))
    read.close()
    assert read.open == []
    return read


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_stands_there_with_its_value_and_source(language: Language) -> None:
    read = page(language)
    text = "".join(read.texts)
    figures = [one for section in paper(language).sections for one in figures_of(section)]
    assert [one.text for one in figures if one.text not in text] == []
    told = {(one["value"], one["title"]) for one in read.all("data")}
    for one in figures:
        value = " ".join(map(repr, one.values))
        assert any(value == told_value and one.keys[0] in str(where) for told_value, where in told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_sections_and_languages(language: Language) -> None:
    document, read = paper(language), page(language)
    assert read.elements[0][0] == "html"
    assert str(read.all("html")[0]["lang"]).startswith(language)
    assert len(read.all("h1")) == 1
    assert len(read.all("h2")) == len(document.sections) == len(read.all("section"))
    assert all(str(one["lang"]).startswith(language) for one in read.all("section"))
    ids = [one["id"] for _, one in read.elements if "id" in one]
    assert len(set(ids)) == len(ids)
    links = [str(one["href"]) for one in read.all("a")]
    assert links[0] == "#text"  # the way past the contents comes first
    assert {link.removeprefix("#") for link in links} <= set(ids)


def test_sections_of_a_paper_in_two_languages_say_theirs() -> None:
    read, both = Page(), bilingual()
    words = [replace(one, blocks=one.blocks[:1]) for one in both.sections if one.name != "charts"]
    read.feed(html_bytes(replace(both, sections=tuple(words))).decode())
    assert {one["lang"] for one in read.all("section")} == {"en", "zh-Hant-HK"}


def test_tables_have_captions_and_heads_with_their_scope() -> None:
    document, read = paper(), page()
    blocks = [block for section in document.sections for block in section.blocks]
    tables = [block for block in blocks if isinstance(block, Table)]
    assert len(read.all("caption")) == len(tables)
    assert all(one["scope"] in {"col", "row", "rowgroup"} for one in read.all("th"))
    spans = [one for one in read.all("th") if one["scope"] == "rowgroup"]
    assert len(spans) == sum(len(table.groups) for table in tables)
    text = " ".join(read.texts)
    states = [cell for t in tables for row in t.rows for cell in row if isinstance(cell, State)]
    assert all(state.text in text for state in states)
    assert sum(one.get("class") == "status" for one in read.all("span")) == len(states)


def test_pictures_have_words_a_still_form_and_their_figures() -> None:
    read, document = page(), paper()
    pictures = [
        block for one in document.sections for block in one.blocks if isinstance(block, Picture)
    ]
    drawn = json.loads(read.scripts[0])
    assert set(drawn) == {picture.name for picture in pictures}
    assert all(set(themes) == {"light", "dark"} for themes in drawn.values())
    assert all(themes["light"]["data"] for themes in drawn.values())
    stills = [one for one in read.all("img") if one["class"] == "still"]
    assert len(stills) == len(pictures) == len(read.all("details"))
    assert all(one["alt"] and str(one["src"]).startswith("data:image/svg+xml") for one in stills)
    for picture in pictures:
        if hasattr(picture.chart, "alt"):
            assert legible(picture.chart.alt) in read.texts


@pytest.mark.parametrize("hostile", [False, True])
def test_nothing_is_asked_of_another_host(hostile: bool) -> None:
    read = page("en", hostile)
    for tag, attributes in read.elements:
        for name in ("src", "href", "action", "data", "poster", "srcset", "background"):
            address = attributes.get(name) or "#"
            assert address.startswith(("#", "data:image/")), (tag, name, address)
        assert "url(" not in (attributes.get("style") or "")
    assert not {"link", "iframe", "object", "embed", "form", "base"} & {t for t, _ in read.elements}
    assert all("url(" not in sheet and "@import" not in sheet for sheet in read.styles)


def test_the_policy_lets_only_the_pages_own_scripts_run() -> None:
    read = page("en", True)
    metas = {one.get("http-equiv"): one.get("content") for one in read.all("meta")}
    policy = str(metas["Content-Security-Policy"])
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    source = policy.split("script-src")[1].split(";")[0]
    assert "unsafe" not in source
    for script in read.scripts[1:]:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in source
    assert len(re.findall("sha256-", source)) == len(read.scripts) - 1 == 2


def test_users_texts_are_text_everywhere() -> None:
    read = page("en", True)
    visible = legible(HOSTILE)
    assert any(visible in text.replace("\u200b", "") for text in read.texts)
    kinds = [tag for tag, _ in read.elements]
    assert kinds.count("script") == 3
    assert not any(name.startswith("on") for _, one in read.elements for name in one)
    assert "\u202e" not in written("en", True)
    assert "\x07" not in written("en", True)
    json.loads(read.scripts[0])


def test_texts_in_the_margins_cannot_leave_their_strings() -> None:
    stamp = Stamp('x"; } body { display: none } @import "a', "</style>\n\\", "DRAFT")
    sheet = margin_sheet(stamp)
    assert "</" not in sheet
    assert "@import" not in sheet
    assert css_string('a"}中') == '"a\\22 \\7d \\4e2d "'
    assert "top-right" not in margin_sheet(replace(stamp, is_draft=False))


@pytest.mark.parametrize("language", LANGUAGES)
def test_stamp_notice_and_draft_mark_are_read(language: Language) -> None:
    document, text = paper(language), "".join(page(language).texts)
    for part in (document.stamp.run, document.stamp.notice, document.stamp.status):
        assert part in text
    marks = [one for one in page(language).all("span") if one.get("class") == "draft"]
    assert len(marks) == 1 + len(document.sections)
    assert css_string(document.stamp.status) in "".join(page(language).styles)


def test_the_same_paper_gives_the_same_bytes() -> None:
    short = replace(paper(DRAWN), sections=paper(DRAWN).sections[:2])
    assert html_bytes(short) == html_bytes(short)


def test_column_words_are_in_every_language() -> None:
    for language in LANGUAGES:
        assert catalogue(language)["webpage.column.year"] in page(language).texts


@pytest.mark.parametrize("brand", [PLAIN, Brand("#5B2C83", "#B34A06"), Brand("#1A1A1A", "#767676")])
def test_every_pair_of_colours_can_be_read(brand: Brand) -> None:
    for colours in themes(brand).values():
        for text, ground in PAIRS:
            assert contrast(colours[text], colours[ground]) >= AA_TEXT, (text, ground)
        assert contrast(colours["accent"], colours["paper"]) >= AA_GRAPHICS
    roles: tuple[Role | None, ...] = (None, *ROLES)
    for role in roles:
        fill, ink = status_colours(role)
        assert contrast(fill, ink) >= AA_TEXT, role
    for theme in (LIGHT, DARK):  # the border of a pill, whatever its fill
        assert contrast(theme.muted, theme.paper) >= AA_GRAPHICS
    assert contrast(DRAFT_FILL, "#FFFFFF") >= AA_TEXT


def test_the_style_sheet_uses_no_colour_that_is_not_stated() -> None:
    sheet = "".join(page().styles)
    used = set(re.findall(r"var\(--([\w-]+)\)", sheet))
    assert used == set(themes(PLAIN)["light"]) == set(themes(PLAIN)["dark"])


def test_a_logo_is_inside_the_file() -> None:
    short = replace(paper(), sections=())
    for brand, kind in (
        (Brand(logo=b"\x89PNG"), "png"),
        (Brand(logo_vector=b"<svg/>"), "svg+xml"),
    ):
        read = Page()
        read.feed(html_bytes(short, brand).decode())
        (logo,) = read.all("img")
        assert str(logo["src"]).startswith(f"data:image/{kind};base64,")
        assert logo["alt"] == short.company
