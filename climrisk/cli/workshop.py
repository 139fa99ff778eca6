"""`climrisk workshop`: sessions in the database, without the app."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from climrisk.errors import ClimriskError, MissingExtraError

if TYPE_CHECKING:
    from climrisk.workshop.store.database import Store

__all__ = ["workshop"]

workshop = typer.Typer(
    help="Workshop sessions in the database: list, export, anonymise.", no_args_is_help=True
)

Session = Annotated[str, typer.Argument(help="Id or join code of the session.")]
Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        help="Address of the database; else CLIMRISK_DATABASE_URL, else ~/.climrisk.",
        show_default=False,
    ),
]


@workshop.command("list")
def list_(database: Database = None) -> None:
    """List the sessions: join code, id, study, people, and until when names may be kept."""
    from climrisk.workshop.store.sessions import list_sessions

    store = _open(database)
    try:
        for view in list_sessions(store):
            until = view.retain_until.date().isoformat()
            is_due = store.now() > view.retain_until
            due = "; OVERDUE: anonymise it" if is_due else ""
            names = "anonymised" if view.is_anonymised else f"names until {until}{due}"
            typer.echo(
                f"{view.join_code}  {view.id}  {_plain(view.study)}: {_plain(view.plan.title)}; "
                f"{view.people} people; {names}"
            )
    finally:
        store.close()


@workshop.command()
def export(
    session: Session,
    file: Annotated[Path, typer.Argument(help="File to write, .zip; must not exist.")],
    with_names: Annotated[
        bool, typer.Option("--with-names", help="Take the key of names along.")
    ] = False,
    with_unrevealed: Annotated[
        bool, typer.Option("--with-unrevealed", help="Also while a private round is open.")
    ] = False,
    database: Database = None,
) -> None:
    """Write a session as one portable file, confidential; the session's trail says so."""
    from climrisk.io.atomic import write_atomically
    from climrisk.workshop.portable import CONFIDENTIAL, export_session
    from climrisk.workshop.seat import Seat
    from climrisk.workshop.store.sessions import session_named

    if file.exists():
        raise ClimriskError(f"{file} exists already; name a file that does not")
    store = _open(database)
    try:
        seat = Seat(session_named(store, session), "facilitator")
        content = export_session(
            store, seat, with_names=with_names, with_unrevealed=with_unrevealed
        )
    finally:
        store.close()
    try:
        write_atomically(file, content)
    except OSError as error:
        raise ClimriskError(f"{file} cannot be written: {error.strerror}") from error
    typer.echo(f"{file}: {CONFIDENTIAL}")


@workshop.command()
def anonymise(
    session: Session,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
    database: Database = None,
) -> None:
    """Destroy a session's key of names, codes and drafts; its trail stays under numbers."""
    from climrisk.workshop.store.privacy import anonymise as destroy
    from climrisk.workshop.store.sessions import session_named, view_session

    store = _open(database)
    try:
        view = view_session(store, session_named(store, session))
        if not yes:
            question = f"Destroy the names of {_plain(view.plan.title)!r}? It cannot be undone."
            typer.confirm(question, abort=True)
        done = destroy(store, view.id)
    finally:
        store.close()
    typer.echo(f"{done.names} names destroyed; answers and trail stay under numbers")
    if done.texts:
        typer.echo(f"{done.texts} reasons or notes mention a name and were kept: look at them")
    typer.echo("backups and exported files made before still hold names: delete them as well")


def _open(database: str | None) -> Store:
    try:
        from climrisk.workshop.store.database import open_store
    except ModuleNotFoundError as missing:
        raise MissingExtraError("workshops", "app") from missing
    return open_store(database)


def _plain(text: str) -> str:
    """Return typed text as a terminal may show it: one line, nothing that moves the cursor."""
    from climrisk.io.wording import escaped

    return escaped(text)[:80]
