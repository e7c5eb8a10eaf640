"""The list of what was recorded: an entry a row, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.records.entries import Entry, Withdrawal
from mizuho_pdca.domain.records.kinds import KINDS, texts
from mizuho_pdca.domain.records.paths import token_of
from mizuho_pdca.domain.schema.faults import Problem
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.entries.line import print_figures, said_first
from mizuho_pdca.papers.fields import DAY, NUMBER, YEAR, Field, Listing, Meaning, field, listing
from mizuho_pdca.papers.paper import Cell, Column, Paper, Papers
from mizuho_pdca.papers.steps import Words, print_words
from mizuho_pdca.papers.words import SAMPLE_BANNER, faulty_data, level_words, not_committed_line, of_plan, print_status
from mizuho_pdca.text import NONE

_MARKS: Mapping[str, str] = {"withdrawn": N_("taken back"), "superseded": N_("corrected")}


@dataclass(frozen=True)
class ListedEntry:
    """An entry with what became of it: ``later`` took it out of force.

    ``is_committed`` says whether git's last commit holds it, None where there is no git.
    """

    entry: Entry
    place: Place | None
    later: Entry | None = None
    is_committed: bool | None = None

    @property
    def said(self) -> str:
        """Return all that it says, else why; empty where it has figures alone."""
        return "\n".join(text for _, text in texts(self.entry)) or (self.entry.reason or "").strip()


@dataclass(frozen=True)
class EntryList:
    """The entries that were asked for, newest first; ``narrowed`` says by what, as it was understood."""

    plan: Plan
    rows: tuple[ListedEntry, ...]
    narrowed: tuple[Words, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def not_committed(self) -> int:
        """Return how many of them git does not hold yet."""
        return sum(row.is_committed is False for row in self.rows)


def marks(row: ListedEntry, t: Translate) -> Iterator[str]:
    """Yield what has become of an entry, where it is not as it should stay: out of force, not committed."""
    if row.later is not None:
        yield t(_MARKS["withdrawn" if isinstance(row.later, Withdrawal) else "superseded"])
    if row.is_committed is False:
        yield t(N_("uncommitted"))


def entry_listing(found: EntryList, t: Translate) -> Listing:
    """Return the list as a table and as a data file; the file has whole texts, the table their first lines."""
    t = of_plan(t, found.plan)
    paper = Paper("list", t(N_("What was recorded")), keys=2)
    return listing(paper, (*_about(found, t), *_said(found, t), *_stands(found, t)), found.rows)


def _about(found: EntryList, t: Translate) -> Iterator[Field[ListedEntry]]:
    plan = found.plan

    def title(row: ListedEntry) -> str:
        return t(N_("the plan as a whole")) if row.place is None else plan.title(row.place)

    def kind(row: ListedEntry) -> str:
        return KINDS[row.entry.kind].name.text(t)

    meaning = Meaning(t(N_("The day that the entry is about.")), DAY)
    yield field("date", Column(t(N_("Date")), 10), meaning, lambda row: row.entry.date)
    yield field("number", Column(t(N_("No.")), 8), Meaning(t(NUMBER)), lambda row: row.place)
    column = Column(level_words(plan, -1, N_("Initiative"), "{level}", t), 16, essential=False)
    yield field("title", column, Meaning(t(N_("The title in the plan."))), title)
    yield field("kind", Column(t(N_("Kind")), 6, choices=True), Meaning(t(N_("The kind of entry."))), kind)
    meaning = Meaning(t(N_("The fiscal year that the entry belongs to.")), t(YEAR))
    yield field("fiscal_year", t(N_("Fiscal year")), meaning, lambda row: row.entry.year)


def _said(found: EntryList, t: Translate) -> Iterator[Field[ListedEntry]]:
    plan = found.plan
    meaning = Meaning(t(N_("What was recorded, in words.")))
    column = Column(t(N_("Content")), 18)
    yield field("summary", column, meaning, lambda row: row.said, lambda row: Cell(said_first(plan, row.entry) or NONE))
    meaning = Meaning(t(N_("The figures, each with its indicator and unit.")))
    yield field("values", Column(t(N_("Figures")), 12), meaning, lambda row: print_figures(plan, row.entry))
    if plan.scheme.statuses:
        meaning = Meaning(t(N_("The status that was recorded.")))
        yield field("status", t(N_("Status")), meaning, lambda row: _status(plan, row.entry))


def _stands(found: EntryList, t: Translate) -> Iterator[Field[ListedEntry]]:
    def mark(row: ListedEntry) -> Cell:
        said = t(N_(", ")).join(marks(row, t))
        return Cell(said or NONE, tone="quiet" if row.later is not None else "plain")

    column = Column(t(N_("By")), 8, essential=False)
    yield field("by", column, Meaning(t(N_("Who recorded it."))), lambda row: row.entry.by)
    column, meaning = Column(t(N_("Entry")), 6), Meaning(t(N_("The entry's name.")))
    yield field("id", column, meaning, lambda row: row.entry.id, lambda row: Cell(token_of(row.entry.id)))
    is_marked = any(any(marks(row, t)) for row in found.rows)
    place = Column(t(N_("Mark")), 6) if is_marked else t(N_("Mark"))
    meaning = Meaning(t(N_("Whether it was taken back or corrected, or is not committed yet.")))
    yield field("mark", place, meaning, lambda row: t(N_(", ")).join(marks(row, t)), mark)
    if any(row.entry.sample for row in found.rows):
        meaning = Meaning(t(N_("Says that an entry is invented.")))
        yield field("sample", t(N_("Sample")), meaning, lambda row: t(N_("SAMPLE")) if row.entry.sample else None)


def _status(plan: Plan, entry: Entry) -> str | None:
    known = [getattr(entry, key) for key in KINDS[entry.kind].keys("status")]
    return print_status(plan.at(entry.year), known[0]) if known and known[0] is not None else None


def entry_papers(found: EntryList, t: Translate) -> Papers:
    """Return the list as it is printed."""
    t = of_plan(t, found.plan)
    asked = t(N_(", ")).join(print_words(words, t) for words in found.narrowed)
    count = t(N_("{n} entries")).format(n=len(found.rows))
    return Papers(
        title=found.plan.header.title,
        subtitles=(
            " ".join(filter(None, [asked, count])),
            *not_committed_line(found.not_committed, t),
            *faulty_data(found.problems, t),
        ),
        banner=t(SAMPLE_BANNER) if any(row.entry.sample for row in found.rows) else None,
        papers=(entry_listing(found, t).paper,),
        legend=tuple(_legend(found, t)),
    )


def _legend(found: EntryList, t: Translate) -> Iterator[str]:
    if not found.rows:
        yield t(N_("There is no such entry."))
        return
    example = token_of(found.rows[0].entry.id)
    yield t(N_("The entry's name is what other commands take: pdca show {entry}")).format(entry=example)
