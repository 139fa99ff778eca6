"""The run stamp: what stands at the foot of every page, and the whole record in the appendix."""

from __future__ import annotations

from climrisk.domain.approval import Approval
from climrisk.report.document import Column, Section, Stamp, Table
from climrisk.report.wording import Wording, shortened

__all__ = ["record_section", "run_stamp"]


def run_stamp(words: Wording, approval: Approval | None) -> Stamp:
    """Return what stands at the foot of every page.

    Parameters
    ----------
    words : Wording
    approval : Approval or None
        Of this very content; None makes it a draft.
    """
    run = words.run
    text = words.word(
        "stamp.run",
        version=run.record["climrisk"],
        hash=run.record["input_hash"][:8],
        seed=run.record["seed"],
        draws=f"{run.record['draws']:,}",
        date=words.day(run.date),
    )
    told = filter(None, (words.labels.notice, *words.labels.remarks))
    notice = (" " if words.language == "en" else "").join(told)
    status = words.word("stamp.draft")
    if approval is not None:
        status = words.word(
            "stamp.approved", name=shortened(approval.name, 60), date=words.day(approval.date)
        )
    return Stamp(text, notice, status, approval is None, run.date)


def record_section(words: Wording) -> Section:
    """Return the run's record: everything by which it can be repeated."""
    run = words.run
    record = run.record
    rows = {
        "version": record["climrisk"],
        "kernel": record["kernel"],
        "input_hash": record["input_hash"],
        "run_key": record["run_key"],
        "draws": f"{record['draws']:,}",
        "seed": str(record["seed"]),
        "date": words.day(run.date),
        "python": record["python"],
        "libraries": ", ".join(f"{name} {one}" for name, one in record["libraries"].items()),
    }
    table = Table(
        "record",
        words.word("table.record"),
        (Column(words.word("column.field")), Column(words.word("column.value"), weight=3.0)),
        tuple(((words.word(f"record.{name}"),), (value,)) for name, value in rows.items()),
        (words.say("note.record"),),
    )
    title = words.word("page.record")
    return Section("record", title, (table,), words.language, appendix=True)
