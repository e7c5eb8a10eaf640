"""The history as CSV: a row for each change, and for each difference where it has some."""

from __future__ import annotations

import re

from mizuho_pdca.domain.records.entries import WHOLE_PLAN
from mizuho_pdca.domain.records.kinds import KINDS
from mizuho_pdca.message import N_, Translate, message
from mizuho_pdca.papers.differences import ChangedFact
from mizuho_pdca.papers.history import LABELS, Changeset, Event, History, print_moment
from mizuho_pdca.papers.steps import Words, print_words
from mizuho_pdca.render.csv.table import LEVELS, Cells, dateproof, table
from mizuho_pdca.text import visible

_DATE_LIKE = re.compile(r"[0-9]{1,4}[-/][0-9]{1,4}(?:[-/][0-9]{1,4})?")


def history(found: History, t: Translate) -> bytes:
    """Return all changes in long form; a commit's own columns are in each of its rows."""
    rows = [
        _row(found, changeset, event, one, t)
        for changeset in found.commits
        for event in changeset.events
        for one in event.differences or (None,)
    ]
    return table(rows, [(t(heading), None) for heading in _HEADINGS])


def _row(found: History, changeset: Changeset, event: Event, one: ChangedFact | None, t: Translate) -> Cells:
    commit, entry, fact = changeset.commit, event.entry, None if one is None else one.fact
    values = (
        print_moment(changeset.committed, t),
        print_moment(changeset.authored, t) if changeset.is_dated_apart else None,
        commit.author,
        commit.email,
        changeset.other_committer,
        commit.id,
        commit.subject,
        message(LABELS[event.kind]),
        event.year,
        None if entry is None else _number(found, entry.target, t),
        None if entry is None else entry.name,
        None if entry is None or entry.kind is None else KINDS[entry.kind].name,
        event.by,
        message(N_("SAMPLE")) if entry is not None and entry.sample else None,
        event.text,
        None if fact is None else fact.of,
        None if fact is None else fact.what,
        None if one is None else one.before,
        None if one is None else one.after,
        event.path,
    )
    return [(t(heading), _cell(value, t)) for heading, value in zip(_HEADINGS, values, strict=True)]


def _number(found: History, target: str, t: Translate) -> Words:
    """Return a number that no spreadsheet takes for a date, also one that the plan no longer has."""
    place = found.plan.places.get(target)
    if place is not None:
        return dateproof(place, t)
    level = LEVELS[min(target.count("-"), len(LEVELS) - 1)]
    return message(N_("whole plan")) if target == WHOLE_PLAN else t(level) + target


def _cell(value: Words | int | None, t: Translate) -> str | int | None:
    """Return a text in its lines; what a spreadsheet would make a date of is marked as a text."""
    if value is None or isinstance(value, int):
        return value
    plain = "\n".join(map(visible, print_words(value, t).split("\n")))
    return f"'{plain}" if _DATE_LIKE.fullmatch(plain) else plain


_HEADINGS = (
    N_("Time of the commit"),
    N_("Time that the author gives"),
    N_("Author"),
    N_("Mail address"),
    N_("Committer"),
    N_("Commit"),
    N_("Subject of the commit"),
    N_("Change"),
    N_("Fiscal year"),
    N_("No."),
    N_("Entry"),
    N_("Kind of entry"),
    N_("Recorded by"),
    N_("Sample"),
    N_("Content"),
    N_("Changed: of what"),
    N_("Changed: in what"),
    N_("Before"),
    N_("After"),
    N_("File"),
)
