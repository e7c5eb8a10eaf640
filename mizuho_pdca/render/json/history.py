"""The history for programs: ``pdca.history/1``."""

from __future__ import annotations

from datetime import datetime

from mizuho_pdca.message import Message, Translate
from mizuho_pdca.papers.differences import Difference
from mizuho_pdca.papers.history import Event, History, Traced
from mizuho_pdca.papers.steps import Words
from mizuho_pdca.render.json.text import Json, dump


def history(found: History, t: Translate) -> bytes:
    """Return ``pdca.history/1``, newest commit first; texts are in the language of ``t``."""
    return dump(
        {
            "schema": "pdca.history/1",
            "subject": _said(found.subject, t),
            "sample": found.sample,
            "more": found.more,
            "cut": found.cut,
            "commits": [_commit(traced, t) for traced in found.commits],
        }
    )


def _commit(traced: Traced, t: Translate) -> Json:
    commit = traced.commit
    return {
        "id": commit.id,
        "author": commit.author,
        "email": commit.email,
        "date": _moment(traced.authored),
        "committer": commit.committer,
        "committed": _moment(traced.committed),
        "subject": commit.subject,
        "changes": [_event(event, t) for event in traced.events],
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
        "text": _said(event.text, t),
        "differences": [_difference(one, t) for one in event.differences],
    }


def _difference(one: Difference, t: Translate) -> Json:
    return {
        "of": _said(one.part.of, t),
        "what": _said(one.what, t),
        "before": _said(one.before, t),
        "after": _said(one.after, t),
        "kind": one.kind,
        "ids": list(one.part.nodes),
        "indicator": one.part.indicator,
    }


def _said(words: Words | None, t: Translate) -> str | None:
    return words.text(t) if isinstance(words, Message) else words
