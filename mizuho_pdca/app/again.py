"""Record an activity once more, for another day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import Receipt
from mizuho_pdca.app.input.entries import entry_in_force, newest, that_may_be_meant
from mizuho_pdca.app.log import log
from mizuho_pdca.app.workspace import open_workspace
from mizuho_pdca.domain.records.entries import Activity, Entry
from mizuho_pdca.domain.records.kinds import KINDS
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.papers.entries.line import told_apart
from mizuho_pdca.text import cleaned


def again(
    desk: Desk,
    entry: str | None,
    *,
    summary: str | None = None,
    status: str | None = None,
    day: str | None = None,
    values: Sequence[str] = (),
    links: Sequence[str] = (),
    by: str | None = None,
    force: bool = False,
) -> Receipt:
    """Record an activity that was recorded before as a new one, of today unless a day is given.

    What is not given is taken from it; without a name it is the recorder's own newest.
    """
    source, notes = _source(desk, entry, by)
    receipt = log(
        desk,
        source.target,
        source.summary if summary is None else summary,
        status=source.status if status is None else status,
        day=day,
        values=values,
        links=links or source.links,
        by=by,
        like=source,
        force=force,
    )
    return replace(receipt, notes=(*notes, *receipt.notes))


def _source(desk: Desk, name: str | None, by: str | None) -> tuple[Activity, list[Message]]:
    """Return the activity to record again, with a note that says which it is; raise ``UsageFault`` for other kinds."""
    if name is None:
        found: Entry = _own_newest(desk, by)
    else:
        found, _ = entry_in_force(desk, name, {"activity"})
    if not isinstance(found, Activity):
        raise UsageFault(
            N_("the entry {entry} is {kind}; only an activity can be recorded again"),
            entry=found.id,
            kind=KINDS[found.kind].name,
            remedy=message(N_("Record it with pdca {command}; --help shows how."), command=KINDS[found.kind].command),
        )
    words = N_("as in {entry}, recorded by {by}: {what}")
    what = told_apart(desk.plan, found, title=False)
    return found, [message(words, entry=found.id, by=found.by, what=what)]


def _own_newest(desk: Desk, by: str | None) -> Entry:
    plan, workspace = open_workspace(desk)
    name = cleaned(desk.recorder(by)[0])
    own = [entry for entry in that_may_be_meant(plan, workspace.ledger, {"activity"}) if entry.by == name]
    if not own:
        raise UsageFault(
            N_("no activity was recorded by {name} yet"),
            name=name,
            remedy=message(N_("Name the entry: pdca again ENTRY. pdca list --kind activity shows them.")),
        )
    return newest(plan, own, "last")[0]
