"""Commits and edits: the file is the truth, its comments stay, and nobody's edit is lost."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from climrisk.analysis import analyse
from climrisk.domain.edit import Edit, value_at, with_edits
from climrisk.domain.elicitation.question import question_about
from climrisk.errors import AccessRefusedError, ClimriskError, InvalidStudyError, WorkshopError
from climrisk.io.study import read_study
from climrisk.io.study_file import StudyFile
from climrisk.workshop.commit import Agreed, Pooled, commit
from climrisk.workshop.phase import State
from climrisk.workshop.store.changes import Intent, changes, intend
from climrisk.workshop.store.database import Store
from climrisk.workshop.store.privacy import events
from climrisk.workshop.store.sessions import view_session
from climrisk.workshop.study_edits import Applied, Conflict, Stale, edit, recover, redo, undo
from tests.command_line import call
from tests.small_study import small_study
from tests.workshops import Room, room

ITEM, OTHER = "R-1", "O-1"
SHARE = ("items", ITEM, "impact", "loss", "share")
REPAIR = ("items", "R-1", "impact", "repair", "amount")
AMOUNT = ("items", "O-1", "impact", "sales", "share")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the small study, with comments to keep."""
    folder = small_study(tmp_path / "small")
    register = folder / "register.yaml"
    text = register.read_text(encoding="utf-8").replace("  O-1:", "  # a chance\n  O-1:")
    register.write_text(f"# top\n{text}# bottom\n", encoding="utf-8")
    return folder


@pytest.fixture
def lx(store: Store, folder: Path) -> Room:
    """Return a session about both items of the small study."""
    return session_about(store, folder)


def session_about(store: Store, folder: Path) -> Room:
    items = read_study(folder).items
    questions = [question_about(ITEM, items[ITEM], "loss"), question_about(OTHER, items[OTHER])]
    return room(store, study="small", questions=questions)


class InMemory:
    """A file that is nowhere, for tests of the trail alone."""

    name, study = "register.yaml", "memory"

    def __init__(self) -> None:
        self.now = json.dumps({"a": 0})

    def locked(self) -> AbstractContextManager[None]:
        return nullcontext()

    def text(self) -> str:
        return self.now

    def data(self, text: str) -> Any:
        return json.loads(text)

    def edited(self, text: str, edits: Sequence[Edit]) -> tuple[str, Any]:
        return json.dumps(with_edits(self.data(text), edits)), None

    def write(self, before: str, after: str) -> str:
        self.now = after
        return ""

    def difference(self, before: str) -> str:
        return "" if before == self.now else "changed"


@pytest.fixture
def small(tmp_path: Path) -> StudyFile:
    return StudyFile(small_study(tmp_path / "other"))


def revealed(lx: Room, item: str = ITEM) -> Room:
    lx.move("private", item=item)
    lx.all_answer(item)
    lx.move("revealed", item=item)
    return lx


def comments(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip().startswith("#")]


def test_a_committed_pool_is_what_the_projector_shows(
    lx: Room, folder: Path, tmp_path: Path
) -> None:
    """In memory, read again, and on the command line: the same study and the same numbers."""
    file = StudyFile(folder)
    before = file.text()
    done = commit(revealed(lx).store, lx.facilitator, file, ITEM, Pooled(), before, "all agreed")
    assert isinstance(done, Applied)
    assert done.text == file.text() != before
    assert done.study == read_study(folder)
    assert comments(done.text) == comments(before)
    stated = value_at(file.data(done.text), SHARE)
    assert (len(stated["pool"]), stated["method"], stated["basis"]) == (5, "linear", "assumption")
    assert stated["source"] == "workshop of 2026-03-02: linear pool, round 1, 5 voices"
    assert not any("who" in person for person in stated["pool"])
    shown = analyse(done.study, draws=64, seed=3)
    ran = call("run", folder, "--draws", 64, "--seed", 3, "--quiet", "--out", tmp_path / "run")
    assert (ran.code, ran.err) == (0, "")
    import xarray as xr

    with xr.open_dataset(tmp_path / "run" / "results.nc", engine="h5netcdf") as printed:
        np.testing.assert_array_equal(shown["mean"].values, printed["mean"].values)


def test_a_commit_closes_the_item_and_the_log_tells_all(lx: Room, folder: Path) -> None:
    file = StudyFile(folder)
    old = file.data(file.text())
    commit(revealed(lx).store, lx.facilitator, file, ITEM, Pooled("log"), file.text(), "agreed")
    assert view_session(lx.store, lx.id).states[ITEM] == State("committed", 1)
    log = changes(lx.store, "small", lx.id)
    assert [(one.kind, one.who, one.round, one.voices, one.reason) for one in log] == [
        ("commit", "facilitator", 1, 5, "agreed")
    ] * len(log)
    by_path = {one.path: one for one in log}
    assert by_path[SHARE].old == value_at(old, SHARE)
    assert by_path[SHARE].new == value_at(file.data(file.text()), SHARE)
    assert ("items", ITEM, "occurrence", "rate") in by_path
    assert events(lx.store, lx.facilitator)[-1].detail == "round 1, 5 voices"
    with pytest.raises(WorkshopError, match="R-1 is committed; allowed: a revealed item"):
        commit(lx.store, lx.facilitator, file, ITEM, Pooled(), file.text())
    lx.move("discussion", item=ITEM)
    again = commit(lx.store, lx.facilitator, file, ITEM, Pooled(), file.text())
    assert isinstance(again, Applied)


def test_an_agreed_value_is_kept_apart_from_the_pool(lx: Room, folder: Path) -> None:
    file = StudyFile(folder)
    agreed = Agreed(severity={"p10": 0.01, "p50": 0.02, "p90": 0.06}, likelihood=0.4)
    done = commit(revealed(lx).store, lx.facilitator, file, ITEM, agreed, file.text())
    assert isinstance(done, Applied)
    item = done.study.items[ITEM]
    assert item.impact["loss"].share is not None
    assert (
        item.impact["loss"].share.source
        == "workshop of 2026-03-02: agreed value, round 1, 5 voices"
    )
    np.testing.assert_allclose(
        item.impact["loss"].share.ppf(np.array([0.1, 0.5, 0.9])), [0.01, 0.02, 0.06], rtol=1e-9
    )


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        (Agreed(severity=0.02), "R-1: likelihood needed"),
        (Agreed(severity=2, likelihood=1), "found 2, allowed 0 to 1"),
        (Agreed(severity={"p5": 0.3, "p95": 0.1}, likelihood=1), r"p5 0\.3 is above p95 0\.1"),
        (Agreed(severity="all", likelihood=1), "which is text"),
    ],
)
def test_an_impossible_agreement_is_refused(
    lx: Room, folder: Path, chosen: Agreed, told: str
) -> None:
    file = StudyFile(folder)
    before = file.text()
    with pytest.raises(WorkshopError, match=told):
        commit(revealed(lx).store, lx.facilitator, file, ITEM, chosen, before)
    assert file.text() == before
    assert changes(lx.store, file.study) == ()


def test_a_file_that_changed_meanwhile_is_not_written(lx: Room, folder: Path) -> None:
    file = StudyFile(folder)
    seen = file.text()
    path = folder / "register.yaml"
    changed = seen.replace("title: More repairs sold", "title: More repairs")
    path.write_text(changed, encoding="utf-8")
    done = commit(revealed(lx).store, lx.facilitator, file, ITEM, Pooled(), seen)
    assert isinstance(done, Stale)
    assert "-    title: More repairs sold\n+    title: More repairs" in done.difference
    assert path.read_text(encoding="utf-8") == changed
    assert changes(lx.store, file.study) == ()
    assert view_session(lx.store, lx.id).states[ITEM].phase == "revealed"


def test_nothing_is_committed_before_its_reveal_or_by_others(lx: Room, folder: Path) -> None:
    file = StudyFile(folder)
    lx.move("private", item=ITEM)
    lx.all_answer(ITEM)
    with pytest.raises(AccessRefusedError, match="this round is not revealed"):
        commit(lx.store, lx.facilitator, file, ITEM, Pooled(), file.text())
    with pytest.raises(AccessRefusedError, match="only the facilitator"):
        commit(lx.store, lx.people[0], file, ITEM, Pooled(), file.text())


def test_a_commit_goes_to_its_own_study(lx: Room, small: StudyFile) -> None:
    with pytest.raises(WorkshopError, match="the session is about 'small', the file"):
        commit(revealed(lx).store, lx.facilitator, small, ITEM, Pooled(), small.text())


def test_an_item_that_was_not_assessed_gets_what_was_asked(lx: Room, folder: Path) -> None:
    path = folder / "register.yaml"
    blank = StudyFile(folder)
    gone = [Edit(("items", OTHER, key), None) for key in ("frame", "occurrence", "impact", "links")]
    text, study = blank.edited(blank.text(), gone)
    assert OTHER in study.not_assessed
    path.write_text(text, encoding="utf-8")
    done = commit(revealed(lx, OTHER).store, lx.facilitator, blank, OTHER, Pooled(), text)
    assert isinstance(done, Applied)
    assert OTHER in done.study.assessed
    assert list(done.study.items[OTHER].impact) == ["sales"]
    assert comments(done.text) == comments(text)


def test_edits_are_undone_and_redone_sixty_deep(store: Store) -> None:
    file = InMemory()
    texts = [file.text()]
    for number in range(1, 61):
        done = edit(store, file, "app", [Edit(("a",), number)], file.text(), f"step {number}")
        assert isinstance(done, Applied)
        texts.append(done.text)
    for text in texts[-2::-1]:
        assert isinstance(undo(store, file, "app"), Applied)
        assert file.text() == text
    assert undo(store, file, "app") is None
    for text in texts[1:]:
        assert isinstance(redo(store, file, "app"), Applied)
        assert file.text() == text
    assert redo(store, file, "app") is None
    assert [one.reason for one in changes(store, "memory")[:2]] == ["step 1", "step 2"]
    assert len(changes(store, "memory")) == 180


def test_a_file_is_undone_and_redone(store: Store, small: StudyFile) -> None:
    before = small.text()
    done = edit(store, small, "app", [Edit(REPAIR, {"p5": 0.2, "p95": 7})], before)
    assert isinstance(done, Applied)
    assert isinstance(undo(store, small, "app"), Applied)
    assert small.text() == before
    assert isinstance(redo(store, small, "app"), Applied)
    assert small.text() == done.text


def test_undo_never_takes_back_what_another_wrote(store: Store, small: StudyFile) -> None:
    edit(store, small, "Ada", [Edit(REPAIR, {"p5": 0.2, "p95": 4})], small.text())
    edit(store, small, "Ben", [Edit(AMOUNT, {"p5": 0.02, "p95": 0.05})], small.text())
    edit(store, small, "Ben", [Edit(REPAIR, {"p5": 0.2, "p95": 9})], small.text())
    before = small.text()
    found = undo(store, small, "Ada")
    assert isinstance(found, Conflict)
    assert (found.path, found.who, found.found) == (REPAIR, "Ben", {"p5": 0.2, "p95": 9})
    assert small.text() == before
    assert isinstance(undo(store, small, "Ben"), Applied)
    assert isinstance(undo(store, small, "Ada"), Applied)
    data = small.data(small.text())
    assert value_at(data, REPAIR) == {"p5": 0.2, "p95": 3}
    assert value_at(data, AMOUNT) == {"p5": 0.02, "p95": 0.05}


def test_undo_sees_what_was_changed_outside_climrisk(store: Store, small: StudyFile) -> None:
    edit(store, small, "Ada", [Edit(REPAIR, {"p5": 0.2, "p95": 4})], small.text())
    path = small._folder / "register.yaml"
    path.write_text(small.text().replace("p95: 4", "p95: 5"), encoding="utf-8")
    found = undo(store, small, "Ada")
    assert isinstance(found, Conflict)
    assert (found.who, found.found) == ("", {"p5": 0.2, "p95": 5})


def test_a_new_edit_ends_what_could_be_redone(store: Store, small: StudyFile) -> None:
    edit(store, small, "Ada", [Edit(REPAIR, {"p5": 0.2, "p95": 4})], small.text())
    undo(store, small, "Ada")
    edit(store, small, "Ada", [Edit(REPAIR, {"p5": 0.2, "p95": 5})], small.text())
    assert redo(store, small, "Ada") is None


def test_what_an_edit_makes_anew_is_wholly_undone(store: Store, small: StudyFile) -> None:
    before = small.text()
    new = ("items", "R-1", "impact", "fine")
    edits = [
        Edit((*new, "channel"), "operating_cost"),
        Edit((*new, "line"), "fines"),
        Edit((*new, "direction"), "adverse"),
        Edit((*new, "amount"), 2),
    ]
    done = edit(store, small, "Ada", edits, before)
    assert isinstance(done, Applied)
    assert "fine" in done.study.items["R-1"].impact
    assert isinstance(undo(store, small, "Ada"), Applied)
    assert small.text() == before


def test_an_edit_that_breaks_the_study_is_not_written(store: Store, small: StudyFile) -> None:
    before = small.text()
    with pytest.raises(InvalidStudyError, match=r"register\.yaml:\d+: items\.R-1.*p5 9 is above"):
        edit(store, small, "Ada", [Edit(REPAIR, {"p5": 9, "p95": 4})], before)
    with pytest.raises(ClimriskError, match=r"register\.yaml: no place items\.R-1\.links\.7"):
        edit(store, small, "Ada", [Edit(("items", "R-1", "links", 7), {})], before)
    assert small.text() == before
    assert changes(store, small.study) == ()


@pytest.mark.parametrize("was_written", [True, False])
def test_a_process_that_ends_in_between_is_settled_by_the_file(
    lx: Room, folder: Path, was_written: bool
) -> None:
    """The log said what was to happen; whether it did is asked of the file."""
    file = StudyFile(folder)
    revealed(lx)
    before = file.text()
    new: dict[str, Any] = {"p5": 0.01, "p95": 0.05}
    after, _ = file.edited(before, [Edit(SHARE, new)])
    places = [(SHARE, value_at(file.data(before), SHARE), new)]
    digest = sha256(after.encode()).hexdigest()
    intent = Intent(file.study, file.name, "facilitator", "commit", places, "", digest, lx.id, 1, 5)
    batch = intend(lx.store, intent)
    if was_written:
        assert file.write(before, after) == ""
    assert changes(lx.store, file.study) == ()
    assert recover(lx.store, file) == ((batch,) if was_written else ())
    assert len(changes(lx.store, file.study)) == was_written
    phase = view_session(lx.store, lx.id).states[ITEM].phase
    assert phase == ("committed" if was_written else "revealed")
    assert recover(lx.store, file) == ()


def test_two_sessions_that_commit_at_once_do_not_lose_each_other(lx: Room, folder: Path) -> None:
    file = StudyFile(folder)
    other = session_about(lx.store, folder)
    seen = file.text()
    assert isinstance(
        commit(revealed(lx).store, lx.facilitator, file, ITEM, Pooled(), seen), Applied
    )
    late = commit(revealed(other, OTHER).store, other.facilitator, file, OTHER, Pooled(), seen)
    assert isinstance(late, Stale)
    again = commit(other.store, other.facilitator, file, OTHER, Pooled(), file.text())
    assert isinstance(again, Applied)
    assert len(again.study.items[ITEM].impact["loss"].share.as_stated()["pool"]) == 5  # type: ignore[union-attr, arg-type]
