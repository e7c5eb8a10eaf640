"""The history for programs: ``pdca.history/1``."""

from __future__ import annotations

from datetime import datetime

from mizuho_pdca.message import Translate
from mizuho_pdca.papers.history import Changeset, Event, History
from mizuho_pdca.render.json.text import Json, dump
from mizuho_pdca.render.json.values import said


def history(found: History, t: Translate) -> bytes:
    """Return ``pdca.history/1``, newest commit first; texts are in the language of ``t``."""
    return dump(
        {
            "schema": "pdca.history/1",
            "subject": said(found.subject, t),
            "sample": found.sample,
            "more": found.more,
            "cut": found.cut,
            "commits": [_commit(changeset, t) for changeset in found.commits],
        }
    )


def _commit(changeset: Changeset, t: Translate) -> Json:
    commit = changeset.commit
    return {
        "id": commit.id,
        "author": commit.author,
        "email": commit.email,
        "date": _moment(changeset.authored),
        "committer": commit.committer,
        "committed": _moment(changeset.committed),
        "subject": commit.subject,
        "changes": [_event(event, t) for event in changeset.events],
    }


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _event(event: Event, t: Translate) -> Json:
    entry = event.entry
    return {
        "kind": event.kind,
        "path": event.path,
        "entry": None if entry is None else entry.name,
        "entry_kind": None if entry is None else entry.kind,
        "target": None if entry is None else entry.target,
        "fiscal_year": event.year,
        "by": event.by,
        "text": said(event.text, t),
        "differences": [
            {
                "of": said(one.fact.of, t),
                "what": said(one.fact.what, t),
                "before": said(one.before, t),
                "after": said(one.after, t),
                "kind": one.kind,
                "ids": list(one.fact.ids),
                "indicator": one.fact.indicator,
            }
            for one in event.differences
        ],
    }
