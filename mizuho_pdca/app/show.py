"""One entry with everything that it holds, in force or not."""

from __future__ import annotations

from collections.abc import Iterator

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.input.entries import is_last, may_be_named, named, newest
from mizuho_pdca.app.list import listed
from mizuho_pdca.app.workspace import open_workspace
from mizuho_pdca.domain.records.entries import Entry, Opinion
from mizuho_pdca.domain.records.kinds import references
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.records.paths import path_of
from mizuho_pdca.domain.review.council import opinions
from mizuho_pdca.papers.entries.shown import ShownEntry
from mizuho_pdca.storage.git.held import held_records, kept_by
from mizuho_pdca.storage.partial import Need, words_of


def show_entry(desk: Desk, text: str) -> ShownEntry:
    """Return the entry that is meant with what stands around it; raise ``UsageFault`` where it is not clear."""
    plan, workspace = open_workspace(desk, part=_part(text))
    ledger = workspace.ledger
    entry = newest(plan, ledger.entries, text)[0] if is_last(text) else named(desk.tree, plan, ledger, text)
    row = listed(plan, ledger, entry, held_records(desk.git))
    about = next((other for key, other in references(entry) if key != "supersedes"), None)
    answers = next((one.responses for one in opinions(plan, ledger) if _is_same(ledger, one.opinion, entry)), ())
    return ShownEntry(
        plan,
        row,
        before=tuple(_before(ledger, entry)),
        about=None if about is None else ledger.by_id.get(about),
        answers=answers,
        commit=kept_by(desk.git, path_of(entry)) if row.is_committed else None,
    )


def _part(text: str) -> Need:
    """Return which entries are needed: those that may be meant, and the council's."""
    is_meant = (lambda _: False) if is_last(text) else may_be_named(text)
    council = words_of("day")
    return Need(lambda place: is_meant(place.name) or council, newest=is_last(text))


def _is_same(ledger: Ledger, opinion: Opinion, entry: Entry) -> bool:
    """Return whether an opinion in force is an entry, or what that became by corrections."""
    return ledger.first_form(opinion) is ledger.first_form(entry)


def _before(ledger: Ledger, entry: Entry) -> Iterator[Entry]:
    """Yield what an entry corrects, and what that corrected, the nearest first."""
    seen = {entry.id}
    while entry.supersedes is not None and entry.supersedes not in seen and entry.supersedes in ledger.by_id:
        entry = ledger.by_id[entry.supersedes]
        seen.add(entry.id)
        yield entry
