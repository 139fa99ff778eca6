"""Where a session's study stands, and how far it has come."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from climrisk.workshop.store.database import Store, open_store
from climrisk.workshop.store.sessions import create_session, list_sessions, view_session
from climrisk.workshop.where import folder_of, stage_of
from tests.workshops import ITEM, ONGOING, PIN, ROOT, Room, plan


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "here" / "my-study"
    shutil.copytree(ROOT / "data" / "lx-technology-2023", folder)
    return folder


def test_a_session_finds_its_study_wherever_the_app_is_started(store: Store, study: Path) -> None:
    made = create_session(store, plan(), "my-study", PIN, folder=study)
    view = view_session(store, made.seat.session)
    assert folder_of(view, []) == study
    moved = study.parent.parent / "there"
    shutil.move(study.parent, moved)
    assert folder_of(view, []) is None
    assert folder_of(view, [study.parent, moved]) == moved / "my-study"


@pytest.mark.parametrize("name", ["", ".", "..", "../here/my-study", "/etc", "here/my-study"])
def test_a_name_that_leads_elsewhere_opens_nothing(lx: Room, study: Path, name: str) -> None:
    view = replace(view_session(lx.store, lx.id), study=name, folder=str(study))
    assert folder_of(view, [study.parent, study.parent.parent]) is None


def test_stages(lx: Room) -> None:
    def stage() -> str:
        return stage_of(view_session(lx.store, lx.id))

    assert stage() == "planned"
    lx.move("private")
    assert stage() == "running"
    with lx.store.writing() as connection:
        done = "UPDATE item_state SET phase = 'committed', round = 1 WHERE item = :item"
        connection.execute(text(done), {"item": ITEM})
    assert stage() == "running"
    with lx.store.writing() as connection:
        connection.execute(text(done), {"item": ONGOING})
    assert stage() == "finished"


def test_a_database_of_an_earlier_climrisk_keeps_its_sessions(url: str) -> None:
    store = open_store(url)
    create_session(store, plan(), "my-study", PIN)
    with store.writing() as connection:
        connection.execute(text("ALTER TABLE session DROP COLUMN folder"))
        connection.execute(text("UPDATE alembic_version SET version_num = 'trail_tables'"))
    store.close()
    again = open_store(url)
    (view,) = list_sessions(again)
    assert (view.study, view.folder) == ("my-study", None)
    again.close()
