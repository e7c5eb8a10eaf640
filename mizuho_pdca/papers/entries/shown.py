"""One entry with everything that it holds, what it stands in the place of, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.entries import Entry, Response, Via, Withdrawal
from mizuho_pdca.domain.records.kinds import KINDS
from mizuho_pdca.domain.records.paths import path_of
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.entries.line import said, said_first, subject_words
from mizuho_pdca.papers.entries.listed import ListedEntry
from mizuho_pdca.papers.paper import Cell, Column, Paper, Papers
from mizuho_pdca.papers.words import (
    SAMPLE_BANNER,
    of_plan,
    print_answer,
    year_label,
)
from mizuho_pdca.text import NONE

_SHORT = 12
"""Digits that name a commit in print."""

Line = tuple[str, str]
"""What something is, and what it says."""


_READ_FROM: Mapping[Via, str] = {
    "form": N_("a form that came back (SHA-256 {digest}…)"),
    "import": N_("a table that the town had (SHA-256 {digest}…)"),
}
_DIGEST = 12


@dataclass(frozen=True)
class ShownEntry:
    """An entry with the ones around it.

    ``before`` are those that it corrects, the nearest first; ``about`` is the opinion that it answers,
    or the entry that it takes back; ``answers`` are the responses in force to an opinion. ``commit``
    says which commit brought its file, who wrote that and when.
    """

    plan: Plan
    row: ListedEntry
    before: tuple[Entry, ...] = ()
    about: Entry | None = None
    answers: tuple[Response, ...] = ()
    commit: tuple[str, str, str] | None = None


def shown_papers(found: ShownEntry, t: Translate) -> Papers:
    """Return all that there is to say of an entry, a row a thing."""
    t = of_plan(t, found.plan)
    lines = (*_head(found, t), *_content(found, t), *_around(found, t), *_kept(found, t))
    columns = (Column(t(N_("Item")), 16), Column(t(N_("Content")), 40))
    rows = tuple((Cell(what), Cell(said)) for what, said in lines)
    entry = found.row.entry
    kind = KINDS[entry.kind].name.text(t)
    return Papers(
        title=t(N_("{kind} of {day}")).format(kind=kind, day=entry.date.isoformat()),
        subtitles=(),
        banner=t(SAMPLE_BANNER) if entry.sample else None,
        papers=(Paper("entry", entry.id, columns, rows),),
        legend=(),
    )


def _head(found: ShownEntry, t: Translate) -> Iterator[Line]:
    entry = found.row.entry
    yield t(N_("About")), subject_words(found.plan, entry, t)
    yield t(N_("Date")), f"{entry.date.isoformat()}  {year_label(entry.year, t)}"


def _content(found: ShownEntry, t: Translate) -> Iterator[Line]:
    """Yield what the keys of its kind hold, whole."""
    for one in KINDS[found.row.entry.kind].fields:
        held = getattr(found.row.entry, one.key)
        if held not in (None, (), {}):
            is_name = one.form in ("answered", "undone")
            text = _named(found.plan, found.about, held) if is_name else said(found.plan, found.row.entry, one, t)
            yield t(one.words), text.strip("\n")


def _named(plan: Plan, entry: Entry | None, name: str) -> str:
    """Return an entry's name with what it says first; the name alone where it can't be read."""
    return name if entry is None else f"{name} {entry.date.isoformat()} {said_first(plan, entry)}".rstrip()


def _around(found: ShownEntry, t: Translate) -> Iterator[Line]:
    """Yield whether it is in force, what it corrects, and how it was answered."""
    plan, entry, later = found.plan, found.row.entry, found.row.later
    if entry.reason and not isinstance(entry, Response):
        yield t(N_("Reason")), entry.reason.strip("\n")
    elif entry.reason:
        words = N_("Reason for the correction") if entry.supersedes else N_("why nothing will be done")
        yield t(words), entry.reason.strip("\n")
    yield from ((t(N_("Corrects")), _named(plan, older, older.id)) for older in found.before)
    if later is not None:
        words = N_("no longer: taken back by {entry} ({by}): {reason}")
        if not isinstance(later, Withdrawal):
            words = N_("no longer: corrected by {entry} ({by}): {reason}")
        said = t(words).format(entry=later.id, by=later.by, reason=(later.reason or "").strip())
        yield t(N_("In force")), said
    elif not isinstance(entry, Withdrawal):
        yield t(N_("In force")), t(N_("in force"))
    for answer in found.answers:
        state = print_answer(plan.at(answer.year), answer.state)
        said = f"{answer.date.isoformat()} {state} {answer.text.strip()}"
        if answer.refusal:
            said += t(N_(" (reason: {reason})")).format(reason=answer.refusal)
        yield t(N_("Response")), f"{said}\n{answer.id} ({answer.by})"


def _kept(found: ShownEntry, t: Translate) -> Iterator[Line]:
    """Yield who recorded it, when and where, and whether it is committed."""
    entry = found.row.entry
    moment = entry.recorded.astimezone(found.plan.header.zone).strftime("%Y-%m-%d %H:%M")
    yield t(N_("Recorded by")), t(N_("{by}, {moment}")).format(by=entry.by, moment=moment)
    if entry.via is not None:
        yield t(N_("Read from")), t(_READ_FROM[entry.via]).format(digest=(entry.digest or NONE)[:_DIGEST])
    if found.commit is not None:
        commit, author, when = found.commit
        words = t(N_("committed by {name} on {day} ({commit})"))
        yield t(N_("In git")), words.format(name=author, day=when[:10], commit=commit[:_SHORT])
    elif found.row.is_committed is not None:
        words = N_("committed") if found.row.is_committed else N_("not committed yet (pdca commit commits it)")
        yield t(N_("In git")), t(words)
    yield t(N_("Entry")), entry.id
    yield t(N_("File")), path_of(entry)
