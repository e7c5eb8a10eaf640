"""The message of a commit: what it records, in words for people and in trailers for programs.

Texts come from files that anybody may have written: each is brought onto one line, so that none
can pass for a trailer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.entries import Entry
from mizuho_pdca.domain.records.kinds import KINDS
from mizuho_pdca.domain.records.paths import PLAN_PATH, entry_at, sealed_year
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.entries.line import subject_words
from mizuho_pdca.papers.words import VIA, of_plan, year_label
from mizuho_pdca.text import one_line

SHOWN = 50
"""So many lines say what a commit holds; the rest is counted."""


ChangeKind = Literal["new", "edited", "deleted"]


@dataclass(frozen=True)
class Contents:
    """What a commit does: entries that it adds, and what else it changes, by path or by fiscal year.

    ``seals`` says of a fiscal year whether it was closed (or reopened). ``merge`` joins two histories.
    """

    entries: tuple[Entry, ...] = ()
    plan: ChangeKind | None = None
    seals: tuple[tuple[int, bool], ...] = ()
    edited: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    merge: bool = False

    @property
    def years(self) -> list[int]:
        """Return the fiscal years that are touched."""
        found = {entry.year for entry in self.entries} | {year for year, _ in self.seals}
        return sorted(found | {int(path.split("/")[1]) for path in (*self.edited, *self.deleted)})


def contents(
    changes: Mapping[str, ChangeKind], entries: Mapping[str, Entry], closed: Mapping[int, bool], *, merge: bool = False
) -> Contents:
    """Sort changed files by what they are; ``entries`` by path and ``closed`` by year say what they hold now."""
    added: list[Entry] = []
    seals: list[tuple[int, bool]] = []
    files: dict[ChangeKind, list[str]] = {"edited": [], "deleted": []}
    others: list[str] = []
    for path, change in sorted(changes.items()):
        if change == "new" and path in entries:
            added.append(entries[path])
        elif change != "deleted" and (year := sealed_year(path)) is not None and year in closed:
            seals.append((year, closed[year]))
        elif change != "new" and (entry_at(path) is not None or sealed_year(path) is not None):
            files[change].append(path)
        elif path != PLAN_PATH:
            others.append(path)
    return Contents(
        entries=tuple(sorted(added, key=lambda entry: entry.order)),
        plan=changes.get(PLAN_PATH),
        seals=tuple(seals),
        edited=tuple(files["edited"]),
        deleted=tuple(files["deleted"]),
        others=tuple(others),
        merge=merge,
    )


def commit_message(plan: Plan, held: Contents, t: Translate, subject: str | None = None) -> str:
    """Return the whole message: a subject, a line for each thing that the commit holds, the trailers."""
    t = of_plan(t, plan)
    trailers = [f"Pdca-Entry: {entry.id}" for entry in held.entries]
    trailers += [f"Pdca-Year: {year}" for year in held.years]
    parts = [subject_of(plan, held, t) if subject is None else one_line(subject)]
    parts += ["\n".join(f"- {line}" for line in listing(plan, held, t)), "\n".join(trailers)]
    return "\n\n".join(part for part in parts if part) + "\n"


def subject_of(plan: Plan, held: Contents, t: Translate) -> str:
    """Return the first line: what weighs most."""
    if held.merge:
        return t(N_("Merge of what was recorded elsewhere"))
    if held.seals:
        year, closed = held.seals[0]
        return _sealed(year, t, closed=closed)
    planned = None if held.plan is None else _planned(plan, held.plan, t)
    if held.entries:
        recorded = _recorded(plan, held.entries, t)
        return recorded if planned is None else t(N_("{plan}; {records}")).format(plan=planned, records=recorded)
    if planned is not None:
        return planned
    count = len(held.edited) + len(held.deleted)
    if count:
        return t(N_("Changes by hand: {count} files of records")).format(count=count)
    return t(N_("Other files: {count}")).format(count=len(held.others))


def listing(plan: Plan, held: Contents, t: Translate) -> list[str]:
    """Return a line for each thing that a commit holds; beyond fifty they are counted."""
    t = of_plan(t, plan)
    lines = _lines(plan, held, t)
    shown = list(islice(lines, SHOWN))
    more = sum(1 for _ in lines)
    return [*shown, t(N_("and {count} more")).format(count=more)] if more else shown


def _lines(plan: Plan, held: Contents, t: Translate) -> Iterator[str]:
    for year, closed in held.seals:
        yield _sealed(year, t, closed=closed)
    if held.plan is not None:
        yield _planned(plan, held.plan, t)
    for entry in held.entries:
        yield t(N_("{what} ({kind}) {day} {who} {entry}")).format(
            what=one_line(subject_words(plan, entry, t)),
            kind=_kind(entry, t),
            day=entry.date.isoformat(),
            who=one_line(entry.by),
            entry=entry.id,
        )
    yield from (t(N_("Changed by hand: {file}")).format(file=one_line(path)) for path in held.edited)
    yield from (t(N_("Deleted by hand: {file}")).format(file=one_line(path)) for path in held.deleted)
    yield from (t(N_("Other file: {file}")).format(file=one_line(path)) for path in held.others)


def _recorded(plan: Plan, entries: tuple[Entry, ...], t: Translate) -> str:
    what = one_line(subject_words(plan, entries[0], t))
    if len(entries) == 1:
        return t(N_("Record: {what} ({kind})")).format(what=what, kind=_kind(entries[0], t))
    if len({entry.target for entry in entries}) == 1:
        return t(N_("Record: {count} entries ({what})")).format(count=len(entries), what=what)
    return t(N_("Record: {count} entries ({what} and others)")).format(count=len(entries), what=what)


def _kind(entry: Entry, t: Translate) -> str:
    kind = KINDS[entry.kind].name.text(t)
    if entry.supersedes is not None:
        kind = t(N_("a correction of {kind}")).format(kind=kind)
    if entry.via is not None:
        kind = t(VIA[entry.via]).format(text=kind)
    return t(N_("{kind}, sample")).format(kind=kind) if entry.sample else kind


def _planned(plan: Plan, change: ChangeKind, t: Translate) -> str:
    if change == "new":
        return t(N_("Plan: {title}")).format(title=one_line(plan.header.title))
    return t(N_("Change of the plan"))


def _sealed(year: int, t: Translate, *, closed: bool) -> str:
    words = N_("Closing of {year}") if closed else N_("Reopening of {year}")
    return t(words).format(year=year_label(year, t))
