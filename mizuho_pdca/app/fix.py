"""Find the entry that is to be corrected, and the command that records its kind."""

from __future__ import annotations

from collections.abc import Mapping

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.input.entries import entry_in_force
from mizuho_pdca.domain.records.entries import Entry, Withdrawal
from mizuho_pdca.domain.records.kinds import KINDS
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message

CHANGED: Mapping[str, str] = {
    "activity": '-m "…"',
    "actual": '--source "…"',
    "evaluation": "--rating …",
    "improvement": '--next "…"',
    "opinion": '-m "…"',
    "response": '-m "…"',
}
"""What a correction may give, of each kind that can be corrected."""


def entry_to_fix(desk: Desk, name: str) -> Entry:
    """Return the entry of that name; raise ``UsageFault`` for one that can't be corrected."""
    entry, _ = entry_in_force(desk, name, set(CHANGED))
    if isinstance(entry, Withdrawal):
        raise UsageFault(
            N_("{entry} takes back another entry; it can't be corrected"),
            entry=entry.id,
            remedy=message(N_('If it was a mistake, take it back: pdca withdraw {entry} --reason "…"'), entry=entry.id),
        )
    return entry


def by_options(entry: Entry) -> UsageFault:
    """Return what to say where nobody can be asked: the command that corrects an entry by its options."""
    words = N_('Type what is to be another: pdca {command} --supersedes {entry} {changed} --reason "…"')
    remedy = message(words, command=KINDS[entry.kind].command, entry=entry.id, changed=CHANGED[entry.kind])
    return UsageFault(N_("pdca fix asks questions, and works at a terminal only"), remedy=remedy)
