"""Entries for programs: ``pdca.list/1``, and one with all that it holds, ``pdca.show/1``."""

from __future__ import annotations

from datetime import date
from typing import Any

from mizuho_pdca.domain.plan.checks import as_written
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.kinds import KINDS
from mizuho_pdca.domain.records.paths import path_of
from mizuho_pdca.papers.entries.line import figures
from mizuho_pdca.papers.entries.listed import EntryList, ListedEntry
from mizuho_pdca.papers.entries.shown import ShownEntry
from mizuho_pdca.render.json.text import Json, dump


def entries(found: EntryList) -> bytes:
    """Return ``pdca.list/1``, newest entry first; figures are strings as they stand in the files."""
    return dump({"schema": "pdca.list/1", "entries": [entry_parts(found.plan, row) for row in found.rows]})


def entry_parts(plan: Plan, row: ListedEntry) -> Json:
    """Return one entry, null where it says nothing of a thing."""
    entry, place = row.entry, row.place
    status = [getattr(entry, key) for key in KINDS[entry.kind].keys("status")]
    return {
        "id": entry.id,
        "kind": entry.kind,
        "target": entry.target,
        "number": None if place is None else place.number,
        "title": None if place is None else plan.title(place),
        "date": entry.date.isoformat(),
        "fiscal_year": entry.year,
        "status": status[0] if status else None,
        "summary": row.said or None,
        "values": {slug: as_written(figure) for slug, figure in figures(entry).items()},
        "by": entry.by,
        "recorded": entry.recorded.isoformat(),
        "in_force": row.later is None,
        "committed": row.is_committed,
    }


def _plain(held: Any) -> object:  # noqa: ANN401 (the shape has checked its type)
    """Return what a key of an entry holds as JSON can: figures as strings, days as ISO dates."""
    match held:
        case dict():
            return {slug: as_written(one) for slug, one in held.items()}
        case tuple():
            return [*held]
        case date():
            return held.isoformat()
        case _:
            return held


def entry(found: ShownEntry) -> bytes:
    """Return ``pdca.show/1``: one entry with what its file says by the file's own keys, and what stands around it."""
    one, later = found.row.entry, found.row.later
    commit = None if found.commit is None else dict(zip(("id", "author", "date"), found.commit, strict=True))
    return dump(
        {
            "schema": "pdca.show/1",
            **entry_parts(found.plan, found.row),
            "path": path_of(one),
            "sample": one.sample,
            "says": {field.key: _plain(getattr(one, field.key)) for field in KINDS[one.kind].fields},
            "supersedes": one.supersedes,
            "reason": one.reason,
            "via": one.via,
            "digest": one.digest,
            "later": None if later is None else {"id": later.id, "kind": later.kind, "reason": later.reason},
            "corrects": [older.id for older in found.before],
            "answers": [
                {
                    "id": answer.id,
                    "date": answer.date.isoformat(),
                    "state": answer.state,
                    "text": answer.text,
                    "reason": answer.refusal,
                    "by": answer.by,
                }
                for answer in found.answers
            ],
            "commit": commit,
        }
    )
