"""The history as CSV: a row for each change, and for each difference where it has some."""

from __future__ import annotations

import re

from mizuho_pdca.domain.records.entries import WHOLE_PLAN
from mizuho_pdca.domain.records.kinds import KINDS
from mizuho_pdca.message import N_, Message, Translate
from mizuho_pdca.papers.differences import Difference
from mizuho_pdca.papers.history import LABELS, Event, History, Traced, one_line, print_moment
from mizuho_pdca.papers.steps import Words
from mizuho_pdca.render.csv.table import LEVELS, Cells, dateproof, table

_DATE_LIKE = re.compile(r"[0-9]{1,4}[-/][0-9]{1,4}(?:[-/][0-9]{1,4})?")


def history(found: History, t: Translate) -> bytes:
    """Return all changes in long form; a commit's own columns are in each of its rows."""
    rows = [
        _row(found, traced, event, one, t)
        for traced in found.commits
        for event in traced.events
        for one in event.differences or (None,)
    ]
    return table(rows, [(t(heading), None) for heading in _HEADINGS])


def _row(found: History, traced: Traced, event: Event, one: Difference | None, t: Translate) -> Cells:
    commit, entry = traced.commit, event.entry
    values = (
        print_moment(traced.committed, t),
        print_moment(traced.authored, t) if traced.is_dated_apart else None,
        one_line(commit.author),
        one_line(commit.email),
        None if traced.other_committer is None else one_line(traced.other_committer),
        commit.id,
        one_line(commit.subject),
        t(LABELS[event.kind]),
        event.year,
        None if entry is None else _number(found, entry.target, t),
        None if entry is None else entry.name,
        None if entry is None or entry.kind is None else KINDS[entry.kind].name.text(t),
        None if event.by is None else one_line(event.by),
        t(N_("SAMPLE")) if entry is not None and entry.sample else None,
        _said(event.text, t),
        None if one is None else _said(one.part.of, t),
        None if one is None else _said(one.what, t),
        None if one is None else _said(one.before, t),
        None if one is None else _said(one.after, t),
        one_line(event.path),
    )
    return [(t(heading), value) for heading, value in zip(_HEADINGS, values, strict=True)]


def _number(found: History, target: str, t: Translate) -> str:
    """Return a number that no spreadsheet takes for a date, also one that the plan no longer has."""
    place = found.plan.places.get(target)
    if place is not None:
        return dateproof(place, t)
    depth = target.count("-")
    return t(N_("whole plan")) if target == WHOLE_PLAN else t(LEVELS[min(depth, len(LEVELS) - 1)]) + target


def _said(words: Words | None, t: Translate) -> str | None:
    """Return a text in its lines; what a spreadsheet would make a date of is marked as a text."""
    if words is None:
        return None
    text = words.text(t) if isinstance(words, Message) else words
    plain = "\n".join(map(one_line, text.split("\n")))
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
