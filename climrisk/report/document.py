"""The parts of a briefing, without any format: sections, sentences, tables, pictures, figures.

Every printed number is a `Figure`, which knows its unrounded values and where in the run folder
they stand, so that every format prints the same digits and can say where they come from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from climrisk.charts.matrix import MatrixChart
from climrisk.charts.roles import Role
from climrisk.charts.table import ChartTable
from climrisk.names import Language
from climrisk.report.mean_rows import AnnualMeans

__all__ = [
    "PAGE",
    "Block",
    "Bullets",
    "Cell",
    "Column",
    "Document",
    "Figure",
    "Icon",
    "Paragraph",
    "Picture",
    "Section",
    "Span",
    "Spans",
    "Stamp",
    "State",
    "Table",
    "figures_of",
]


PAGE: Final = "{page}"
"""Stands for the number in a document's word `page`."""


@dataclass(frozen=True)
class Figure:
    """A printed number or range, and what is behind it.

    Attributes
    ----------
    text : str
        As it is printed in the document's language, with its unit unless the column names it.
    values : tuple of float
        The unrounded figures, in `unit`: one number, or the parts of a range in printed order.
    unit : str
        Unit of `values`, with the price year where they are money.
    keys : tuple of str
        One key of `climrisk explain` for each value, `FILE/column=value/...`; a figure stated by
        the study has its path, `study.json/PATH`.
    derivation : str
        How `values` follow from the figures at `keys` where they are not those figures, such as
        `divided by 20 years`; empty where they are.
    """

    text: str
    values: tuple[float, ...]
    unit: str
    keys: tuple[str, ...]
    derivation: str = ""


Icon = Literal["tick", "triangle", "cross", "dash"]


@dataclass(frozen=True)
class State:
    """A status: word, icon and colour, so that no one of them stands alone.

    Attributes
    ----------
    text : str
        The word.
    icon : {"tick", "triangle", "cross", "dash"}
    role : Role or None
        Colour; none is grey.
    """

    text: str
    icon: Icon
    role: Role | None = None


Span = str | Figure
Spans = tuple[Span, ...]
Cell = Spans | State


@dataclass(frozen=True)
class Paragraph:
    """Sentences.

    `lead` is the answer in large type, `note` small type under a table or picture, `warning` a
    sentence that must not be overlooked, with a mark beside it.
    """

    spans: Spans
    style: Literal["normal", "lead", "note", "warning"] = "normal"


@dataclass(frozen=True)
class Bullets:
    """A list; numbered where the order or the reference matters."""

    items: tuple[Spans, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    head : str
        Words, with the unit of the column's figures where they share one.
    kind : {"text", "figure", "state"}
        Figures are set to the right.
    parts : tuple of str
        Heads of the values of a range (P5, P50, P95), for formats that give each its own column.
    weight : float
        Width relative to the other columns.
    """

    head: str
    kind: Literal["text", "figure", "state"] = "text"
    parts: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True)
class Table:
    """A table; every row has a cell for each column.

    Attributes
    ----------
    name : str
        Short name in ASCII, such as `top_risks`: unique in a document, the name of its sheet.
    title : str
        What it shows: unit, scenario, horizon and years unless the columns say so.
    columns : tuple of Column
    rows : tuple of tuple of Cell
    notes : tuple of Spans
        Footnotes under it.
    groups : tuple of int
        Positions of rows that head the rows after them; their first cell alone is filled.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[Spans, ...] = ()
    groups: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Picture:
    """A chart; its table says what is drawn, and its `alt` is the picture in words."""

    name: str
    chart: ChartTable | MatrixChart


Block = Paragraph | Bullets | Table | Picture


@dataclass(frozen=True, eq=False)
class Section:
    """One page of the paper, or one part of its appendix.

    Attributes
    ----------
    name : str
        Short name in ASCII, such as `summary`: unique in a document, a bookmark.
    title : str
    blocks : tuple of Block
    language : Language
        Of every text in it: a bilingual paper has sections in both.
    appendix : bool
        Whether it stands after the six pages.
    """

    name: str
    title: str
    blocks: tuple[Block, ...]
    language: Language = "en"
    appendix: bool = False


@dataclass(frozen=True)
class Stamp:
    """What stands at the foot of every page.

    Attributes
    ----------
    run : str
        Version, input hash, seed, draws, date of the run.
    notice : str
        The study's notice and what is unverified; empty where there is neither.
    status : str
        `DRAFT` in the reader's language, or who approved it and when.
    is_draft : bool
    made : date or None
        Day of the run.
    """

    run: str
    notice: str
    status: str
    is_draft: bool = True
    made: date | None = None


@dataclass(frozen=True, eq=False)
class Document:
    """A briefing.

    Attributes
    ----------
    title, company : str
    facts : tuple of (str, str)
        The lines of the cover: date, owner, purpose, prevailing language where bilingual.
    sections : tuple of Section
        The six pages first, then the appendix.
    stamp : Stamp
    language : Language
        Of title, facts and stamp.
    words : mapping of str to str
        Words that writers need: `page`, `appendix`, `contents`, `draft`, `source`, `trace`.
    means : tuple of callable
        Return the exact yearly means in each language, which a workbook alone works out again;
        they are no part of what the paper says.
    """

    title: str
    company: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    stamp: Stamp
    language: Language
    words: dict[str, str] = field(default_factory=dict)
    means: tuple[Callable[[], AnnualMeans], ...] = ()

    @property
    def pages(self) -> tuple[Section, ...]:
        """The sections that make the paper."""
        return tuple(section for section in self.sections if not section.appendix)

    @property
    def appendix(self) -> tuple[Section, ...]:
        """The sections after it."""
        return tuple(section for section in self.sections if section.appendix)


def figures_of(section: Section) -> Iterator[Figure]:
    """Yield every figure printed in a section's texts and tables, in reading order."""
    for block in section.blocks:
        for spans in _spans_of(block):
            yield from (span for span in spans if isinstance(span, Figure))


def _spans_of(block: Block) -> Iterator[Spans]:
    if isinstance(block, Paragraph):
        yield block.spans
    elif isinstance(block, Bullets):
        yield from block.items
    elif isinstance(block, Table):
        yield from (cell for row in block.rows for cell in row if not isinstance(cell, State))
        yield from block.notes
