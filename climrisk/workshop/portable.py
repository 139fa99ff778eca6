"""One portable file for a session: a zip with one JSON file, read as something hostile.

Confidential: it holds every answer under the participants' numbers, and their names where the
facilitator asked for them. It never holds the PIN; return codes are in it as hashes, so that people
get back in after a session has moved to another computer.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from pydantic import ValidationError

from climrisk import __version__
from climrisk.domain.elicitation.estimate import Estimate, Range, read_estimate
from climrisk.errors import AnswerRefusedError, WorkshopError
from climrisk.workshop.calibration import SeedQuestion
from climrisk.workshop.codes import hashed, valid_pin
from climrisk.workshop.plan import SessionPlan
from climrisk.workshop.seat import Seat
from climrisk.workshop.session_file import SCHEMA, SessionFile
from climrisk.workshop.store.archive import Rows, session_rows, store_session
from climrisk.workshop.store.database import Store
from climrisk.workshop.store.sessions import NewSession

__all__ = ["CONFIDENTIAL", "MAX_PACKED", "MAX_UNPACKED", "export_session", "import_session"]

CONFIDENTIAL: Final = (
    "CONFIDENTIAL: answers of a workshop, under the numbers of those who gave them. Keep it where "
    "only the facilitator reads it, and delete it by the date in retain_until."
)
MAX_PACKED: Final = 20_000_000
MAX_UNPACKED: Final = 100_000_000
_MEMBER: Final = "session.json"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_MOST_FAULTS: Final = 20


def export_session(
    store: Store, seat: Seat, *, with_names: bool = False, with_unrevealed: bool = False
) -> bytes:
    """Return a session as one file; the trail says that it was taken out.

    Parameters
    ----------
    store : Store
    seat : Seat
        The facilitator's.
    with_names : bool
        Whether the key of names goes along.
    with_unrevealed : bool
        Whether answers of a round that is not revealed may go along.

    Raises
    ------
    AccessRefusedError
        The seat is not the facilitator's.
    WorkshopError
        A private round is open, and `with_unrevealed` is False.
    """
    rows = session_rows(store, seat, with_names=with_names, with_unrevealed=with_unrevealed)
    content = {"schema": SCHEMA, "climrisk": __version__, "confidential": CONFIDENTIAL, **rows}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        member = zipfile.ZipInfo(_MEMBER, _EPOCH)
        member.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(member, json.dumps(content, ensure_ascii=False, indent=1))
    return packed.getvalue()


def import_session(store: Store, content: bytes, pin: str) -> NewSession:
    """Store the session of a file that somebody sent.

    Parameters
    ----------
    store : Store
    content : bytes
        The file.
    pin : str
        The facilitator's PIN from now on.

    Raises
    ------
    WorkshopError
        The file is no session file, holds anything that a session does not, or the session is in
        this database already. Nothing is stored then.
    """
    kept = hashed(valid_pin(pin))
    rows = _checked(_unpacked(content))
    code = store_session(store, rows, kept)
    return NewSession(Seat(rows["session"][0]["id"], "facilitator"), code)


def _unpacked(content: bytes) -> bytes:
    if len(content) > MAX_PACKED:
        raise WorkshopError(f"a file of {len(content):,} bytes; allowed: up to {MAX_PACKED:,}")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if archive.namelist() != [_MEMBER]:
                raise WorkshopError(f"no session file; allowed: a zip with {_MEMBER} alone")
            with archive.open(_MEMBER) as member:
                # the stated size may lie, so reading itself has a limit
                unpacked = member.read(MAX_UNPACKED + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise WorkshopError("no session file, or a damaged one") from None
    if len(unpacked) > MAX_UNPACKED:
        raise WorkshopError(f"larger than {MAX_UNPACKED:,} bytes when unpacked")
    return unpacked


def _checked(unpacked: bytes) -> Rows:
    try:
        # to Python first: pydantic's own reader takes NaN and keys twice
        stated = json.loads(unpacked, parse_constant=_refuse, object_pairs_hook=_once)
        file = SessionFile.model_validate(stated)
        rows: Rows = file.model_dump(by_alias=True, exclude={"schema_version", "climrisk"})
        del rows["confidential"]
        faults = list(_faults(rows))
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        faults = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in details]
    except RecursionError:
        faults = ["nested too deep"]
    except (ValueError, UnicodeDecodeError):
        faults = ["no JSON, a key twice, or a number that is none"]
    if faults:
        more = [f"and {len(faults) - _MOST_FAULTS} more"] if len(faults) > _MOST_FAULTS else []
        raise WorkshopError("\n".join(["no valid session file", *faults[:_MOST_FAULTS], *more]))
    return rows


def _faults(rows: Rows) -> Iterator[str]:
    """Yield what does not fit together; every answer is read again as if it were given now."""
    (stated,) = rows["session"]
    plan = SessionPlan.model_validate_json(stated["plan"])
    seeds = [SeedQuestion.model_validate(one) for one in json.loads(stated["seeds"])]
    people = {row["number"] for row in rows["participant"]}
    for table, listed in rows.items():
        for row in listed:
            if table not in ("session", "outcome") and row["session"] != stated["id"]:
                yield f"{table}: a row of another session"
            if "number" in row and row["number"] not in people:
                yield f"{table}: participant {row['number']} is not in the file"
    states = sorted(row["item"] for row in rows["item_state"])
    if not {question.item for question in plan.questions} <= set(states):
        yield "item_state: an item of the plan is missing"
    yield from _repeated("item_state", states)
    yield from _repeated("participant", [row["number"] for row in rows["participant"]])
    yield from _repeated("name_key", [row["number"] for row in rows["name_key"]])
    for table in ("estimate", "vote", "seed_answer"):
        yield from _repeated(table, [(row["number"], row["token"]) for row in rows[table]])
    yield from _repeated("note", [row["token"] for row in rows["note"]])
    yield from _repeated("outcome", [row["batch"] for row in rows["outcome"]])
    yield from _repeated("participant", [row["token"] for row in rows["participant"]])
    if stated["anonymised"] is not None and rows["name_key"]:
        yield "name_key: names in an anonymised session"
    yield from _answer_faults(rows, plan)
    known = {seed.name for seed in seeds}
    for row in rows["seed_answer"]:
        Range.model_validate_json(row["content"])
        if row["seed"] not in known:
            yield "seed_answer: no such question"


def _answer_faults(rows: Rows, plan: SessionPlan) -> Iterator[str]:
    rounds = {row["item"]: row["round"] for row in rows["item_state"]}
    for row in rows["estimate"]:
        question = plan.question(row["item"])
        if question is None or row["round"] > max(rounds.get(row["item"], 0), 1):
            yield f"estimate {row['sequence']}: no such item or round"
            continue
        try:
            answer = Estimate.model_validate_json(row["content"])
            read_estimate(answer.as_given(), question, plan.interval)
        except AnswerRefusedError as error:
            yield f"estimate {row['sequence']}: {error}"


def _repeated(table: str, keys: list[Any]) -> Iterator[str]:
    if any(count > 1 for count in Counter(keys).values()):
        yield f"{table}: the same key twice"


def _refuse(word: str) -> None:
    raise ValueError(f"found {word}")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("a key twice")
    return dict(pairs)
