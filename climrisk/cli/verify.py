"""`climrisk verify`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from climrisk.verify.case import Case, Outcome
    from climrisk.verify.document import Document

__all__ = ["verify"]


def verify(
    report: Annotated[
        Path | None, typer.Option(help="Write the model document, FILE.md or FILE.html.")
    ] = None,
    case: Annotated[
        list[str] | None, typer.Option(help="Run this case only; may be given several times.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print failures and totals only.")] = False,
) -> None:
    """Reproduce published figures and closed forms, a line each; exit 1 where one is missed.

    Example: climrisk verify --report model.html
    """
    from climrisk.verify.suite import chosen_cases

    _check_place(report)
    try:
        chosen = chosen_cases(tuple(case or ()))
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--case") from None
    for one in chosen:
        if not one.can_run:
            typer.echo(f"{one.id} left out: it needs {one.needs}, of an extra", err=True)
    chosen = tuple(one for one in chosen if one.can_run)
    outcomes = [_told(one, f"{n} of {len(chosen)}", quiet) for n, one in enumerate(chosen, 1)]
    if report is not None:
        _write(report, outcomes)
    missed = [one.case.id for one in outcomes if not one.passed]
    figures = sum(len(one.checks) for one in outcomes)
    passed = f"{len(outcomes) - len(missed)} of {len(outcomes)} cases passed, {figures} figures"
    typer.echo(f"{passed}; failed: {', '.join(missed)}" if missed else passed)
    if missed:
        raise typer.Exit(1)


def _check_place(report: Path | None) -> None:
    """Refuse a report that could not be written, before the time that the cases take."""
    if report is None:
        return
    cure = None
    if report.suffix not in (".md", ".html"):
        cure = f"found {report.name!r}; allowed: a name that ends in .md or .html"
    elif not report.parent.is_dir():
        cure = f"no such folder: {report.parent}"
    if cure:
        raise typer.BadParameter(cure, param_hint="--report")


def _told(case: Case, place: str, quiet: bool) -> Outcome:
    """Run a case and print a line for each of its figures."""
    from climrisk.verify.case import run_case
    from climrisk.verify.report import ours_and_theirs

    if not quiet:
        typer.echo(f"{place}: {case.id} {case.title}", err=True)
    outcome = run_case(case)
    for check in outcome.checks:
        if quiet and check.passed:
            continue
        ours, theirs = ours_and_theirs(check)
        verdict = "pass" if check.passed else "FAIL"
        unit = "" if check.unit == "1" else f" {check.unit}"
        figures = f"ours {ours}, theirs {theirs}, tolerance {check.tolerance:.3g}{unit}"
        typer.echo(f"{case.id} {check.what}: {figures}: {verdict}")
    return outcome


def _write(report: Path, outcomes: list[Outcome]) -> None:
    from climrisk.errors import ClimriskError
    from climrisk.io.atomic import write_atomically
    from climrisk.verify.report import model_document

    text = _formatted(model_document(outcomes), report.suffix)
    try:
        write_atomically(report, text.encode("utf-8"))
    except OSError as error:
        raise ClimriskError(f"{report}: cannot be written: {error.strerror}") from None
    typer.echo(f"model document: {report}")


def _formatted(document: Document, suffix: str) -> str:
    from climrisk.verify.markdown import to_markdown
    from climrisk.verify.page import to_page

    return to_page(document) if suffix == ".html" else to_markdown(document)
