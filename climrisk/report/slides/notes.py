"""Notes for the speaker: what a picture says in words, and where each figure comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from climrisk.charts.caption import printable
from climrisk.report.document import Figure, Picture, Section, figures_of
from climrisk.report.office.plain import picture_words
from climrisk.report.slides.runs import set_run

__all__ = ["write_notes"]


def write_notes(slide: Any, section: Section) -> None:
    """Write the notes of a section's first slide."""
    lines = [*_pictures(section), *dict.fromkeys(map(_source, figures_of(section)))]
    if not lines:
        return
    frame = slide.notes_slide.notes_text_frame
    frame.text = "\n".join(lines)
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            set_run(run._r.get_or_add_rPr(), section.language)


def _pictures(section: Section) -> Iterator[str]:
    for block in section.blocks:
        if isinstance(block, Picture):
            words = picture_words(block.chart)
            yield from (words.alt, *words.labels, *words.native_notes)


def _source(figure: Figure) -> str:
    """Return a figure and the keys that `climrisk explain` takes."""
    where = "; ".join(figure.keys)
    derived = f" ({figure.derivation})" if figure.derivation else ""
    return printable(f"{figure.text} ← {where}{derived}")
