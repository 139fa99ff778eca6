"""`climrisk disclosure`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from climrisk.names import LANGUAGES, Language

if TYPE_CHECKING:
    import pandas as pd

    from climrisk.report.disclosure.evidence import Evidence
    from climrisk.report.disclosure.status import Index

__all__ = ["disclosure"]


def disclosure(
    study: Annotated[
        str, typer.Argument(help="A study folder, the name of a bundled study, or a run folder.")
    ],
    standard: Annotated[
        list[str] | None,
        typer.Option(help="tcfd, ifrs_s2, hkex_2020 or hkex_2025; all of them by default."),
    ] = None,
    lang: Annotated[str, typer.Option(help="Language: en, zh-Hant or zh-Hans.")] = "en",
    year: Annotated[
        int | None,
        typer.Option(min=1900, max=2200, help="Year in which the financial year begins."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write all rows as CSV, FILE.csv.")] = None,
    effects: Annotated[
        Path | None,
        typer.Option(help="Write a run's anticipated financial effects as CSV, FILE.csv."),
    ] = None,
) -> None:
    """Show what a study and its run answer of a standard's rows, and what is missing.

    Example: climrisk disclosure lx-technology-2023 --standard hkex_2025 --year 2025
    """
    from climrisk.cli.disclosure_tables import show_index
    from climrisk.io.disclosure import read_standards
    from climrisk.report.disclosure.status import disclosure_status

    language = _language(lang)
    standards = read_standards()
    chosen = _chosen(standard, tuple(standards))
    _check_place(out, "--out")
    _check_place(effects, "--effects")
    evidence = _evidence(study)
    if effects is not None:
        _write_effects(effects, evidence)
    found = [disclosure_status(standards[name], evidence, year=year) for name in chosen]
    for index in found:
        show_index(index, evidence, language)
    if out is not None:
        _write_index(out, found, evidence, language)


def _language(lang: str) -> Language:
    for language in LANGUAGES:
        if language == lang:
            return language
    raise typer.BadParameter(
        f"found {lang!r}; allowed: {', '.join(LANGUAGES)}", param_hint="--lang"
    )


def _chosen(wanted: list[str] | None, known: tuple[str, ...]) -> tuple[str, ...]:
    for name in wanted or ():
        if name not in known:
            raise typer.BadParameter(
                f"found {name!r}; allowed: {', '.join(known)}", param_hint="--standard"
            )
    return tuple(dict.fromkeys(wanted)) if wanted else known


def _check_place(file: Path | None, option: str) -> None:
    if file is None:
        return
    if file.suffix != ".csv":
        cure = f"found {file.name!r}; allowed: a name that ends in .csv"
        raise typer.BadParameter(cure, param_hint=option)
    if not file.parent.is_dir():
        raise typer.BadParameter(f"no such folder: {file.parent}", param_hint=option)


def _evidence(study: str) -> Evidence:
    """Read a run folder where one is named, else a study."""
    from climrisk.io.disclosure import read_disclosure
    from climrisk.io.study import read_study
    from climrisk.paths import find_study
    from climrisk.report.disclosure.evidence import Evidence
    from climrisk.report.run_data import open_run

    folder = Path(study)
    if (folder / "run.json").is_file():
        run = open_run(folder)
        return Evidence(run.study, read_disclosure(folder, run.study), run)
    read = read_study(study)
    return Evidence(read, read_disclosure(find_study(study), read))


def _write_index(file: Path, found: list[Index], evidence: Evidence, language: Language) -> None:
    from climrisk.report.disclosure.rows import index_frame

    stated = evidence.study.settings.notice
    _write(file, index_frame(found, language, "" if stated is None else stated.best(language)))


def _write_effects(file: Path, evidence: Evidence) -> None:
    from climrisk.report.effect_frame import effect_frame

    if evidence.run is None:
        cure = "needs a run folder, such as climrisk run makes"
        raise typer.BadParameter(cure, param_hint="--effects")
    _write(file, effect_frame(evidence.run))


def _write(file: Path, frame: pd.DataFrame) -> None:
    from climrisk.errors import RunFolderError
    from climrisk.io.atomic import write_atomically
    from climrisk.io.csv_text import csv_bytes

    try:
        write_atomically(file, csv_bytes(frame))
    except OSError as error:
        raise RunFolderError(f"{file}: cannot be written: {error.strerror or error}") from error
    typer.echo(f"{len(frame)} rows: {file}", err=True)
