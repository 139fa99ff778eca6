"""Which papers the command line asks for, and writing them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import typer

from climrisk.cli.still_formats import STILL, Beside, Written
from climrisk.errors import RunFolderError
from climrisk.io.approvals import read_approvals
from climrisk.io.atomic import write_atomically
from climrisk.io.briefing_file import read_brand_files, read_briefing
from climrisk.names import LANGUAGES, Language
from climrisk.report.bilingual import bilingual
from climrisk.report.brand import brand_of
from climrisk.report.briefing import Paper, paper
from climrisk.report.document import Document
from climrisk.report.formats import FORMATS
from climrisk.report.run_data import RunData, open_run

__all__ = ["Order", "languages_asked", "write_briefings"]

LISTED: Final = 3


@dataclass(frozen=True)
class Order:
    """What was asked for.

    Parameters
    ----------
    formats : tuple of str
        Endings of the files.
    languages : tuple of Language
    bilingual : bool
        Whether the two languages make one paper.
    prevailing : Language or None
    fonts : tuple of Path
    """

    formats: tuple[str, ...]
    languages: tuple[Language, ...]
    bilingual: bool
    prevailing: Language | None
    fonts: tuple[Path, ...]

    @classmethod
    def read(
        cls,
        *,
        formats: Sequence[str] | None,
        languages: Sequence[str] | None,
        bilingual: bool,
        prevailing: str | None,
        fonts: Sequence[Path] | None,
    ) -> Order:
        """Return what the options ask for.

        Raises
        ------
        typer.BadParameter
            If a format or language is unknown, a font is no file, or the languages do not make a
            bilingual paper.
        """
        chosen = _listed(formats, tuple(FORMATS), "--format") or tuple(FORMATS)
        spoken = languages_asked(languages)
        wanted = languages_asked([prevailing], "--prevailing")[0] if prevailing else None
        if bilingual and len(spoken) != 2:
            found = f"found {', '.join(spoken)}; allowed: two languages, such as en,zh-Hant"
            raise typer.BadParameter(found, param_hint="--bilingual")
        if wanted is not None and (not bilingual or wanted not in spoken):
            found = f"found {wanted}; allowed: with --bilingual, one of its two languages"
            raise typer.BadParameter(found, param_hint="--prevailing")
        missing = [font for font in fonts or () if not font.is_file()]
        if missing:
            raise typer.BadParameter(f"no such file: {missing[0]}", param_hint="--font")
        return cls(chosen, spoken, bilingual, wanted, tuple(fonts or ()))


def languages_asked(stated: Sequence[str] | None, option: str = "--lang") -> tuple[Language, ...]:
    """Return the languages that an option names, English where it names none.

    Raises
    ------
    typer.BadParameter
        If there is no such language.
    """
    named = _listed(stated, LANGUAGES, option)
    return tuple(one for one in LANGUAGES if one in named) or ("en",)


def write_briefings(
    folder: Path, since: Path | None, order: Order, out: Path, force: bool, beside: Beside
) -> Iterator[str]:
    """Write the papers and yield a line for each; nothing is written where a file is in the way.

    Raises
    ------
    ClimriskError
        If the run cannot be read or a paper cannot be written.
    """
    run = open_run(folder)
    stated = read_briefing(folder, run.study)
    brand = brand_of(stated.brand, read_brand_files(folder, stated.brand))
    names = _file_names(run, order, stated.prevailing)
    _refuse_existing([out / name for name in names.values()], force)
    papers = _papers(run, None if since is None else open_run(since), order)
    yield from (line for one in papers.values() for line in _obstacles(one))
    documents = _documents(papers, order, order.prevailing or stated.prevailing)
    begun = {
        key: beside.begin(document, brand, order.fonts, order.formats)
        for key, document in documents.items()
    }
    out.mkdir(parents=True, exist_ok=True)
    for (key, ending), name in sorted(names.items(), key=lambda one: one[0][1] in STILL):
        here = partial(FORMATS[ending], documents[key], brand, order.fonts)
        written = begun[key](ending) or Written.by(here)
        write_atomically(out / name, written.content)
        yield f"{out / name} ({written.seconds:.1f} s)"


def _papers(run: RunData, since: RunData | None, order: Order) -> dict[Language, Paper]:
    log = read_approvals(run.folder)
    return {
        language: paper(run, language, since=since, approvals=log) for language in order.languages
    }


def _documents(
    papers: dict[Language, Paper], order: Order, prevailing: Language | None
) -> dict[tuple[Language, ...], Document]:
    """Return what is written, by its languages."""
    made = {language: papers[language].document for language in order.languages}
    if not order.bilingual:
        return {(language,): document for language, document in made.items()}
    assert prevailing is not None
    first, second = made.values()
    return {order.languages: bilingual(first, second, prevailing)}


def _file_names(
    run: RunData, order: Order, stated: Language | None
) -> dict[tuple[tuple[Language, ...], str], str]:
    """Return the name of each file by languages and format."""
    if order.bilingual and (order.prevailing or stated) not in order.languages:
        allowed = "allowed: --prevailing, or prevailing in briefing.yaml, one of the two languages"
        raise typer.BadParameter(f"no prevailing version; {allowed}", param_hint="--bilingual")
    keys = [order.languages] if order.bilingual else [(one,) for one in order.languages]
    study = re.sub(r"[^\w-]+", "-", run.study.name).strip("-_")[:60] or "study"
    return {
        (key, ending): f"briefing-{study}-{'-'.join(key)}.{ending}"
        for key in keys
        for ending in order.formats
    }


def _refuse_existing(files: Sequence[Path], force: bool) -> None:
    present = [str(file) for file in files if file.exists()]
    if present and not force:
        more = f" and {len(present) - LISTED} more" if len(present) > LISTED else ""
        raise RunFolderError(
            f"already there: {', '.join(present[:LISTED])}{more}; --force replaces"
        )


def _obstacles(one: Paper) -> Iterator[str]:
    """Yield what keeps a paper from being approved, the first few."""
    found, language = one.obstacles, one.document.language
    for line in found[:LISTED]:
        yield f"{language}: {line}"
    if len(found) > LISTED:
        yield f"{language}: and {len(found) - LISTED} more"


def _listed(stated: Sequence[str] | None, allowed: Sequence[str], option: str) -> tuple[str, ...]:
    """Return the names of an option that may be given several times, or with commas."""
    parts = [part.strip() for one in stated or () for part in one.split(",")]
    for part in parts:
        if part not in allowed:
            raise typer.BadParameter(
                f"found {part!r}; allowed: {', '.join(allowed)}", param_hint=option
            )
    return tuple(dict.fromkeys(parts))
