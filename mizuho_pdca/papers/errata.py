"""正誤表: what differs between two reviews of a year, paper by paper, and which entries caused it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from mizuho_pdca.domain.plan.money import unit_of
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.entries import WHOLE_PLAN, Entry, Evaluation
from mizuho_pdca.domain.records.kinds import KINDS, references
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.domain.schema.faults import Problem
from mizuho_pdca.message import Translate
from mizuho_pdca.papers.paper import Cell, Column, Paper
from mizuho_pdca.papers.ratings.columns import OF_EVALUATORS
from mizuho_pdca.papers.review import numbered, papers
from mizuho_pdca.papers.summary import OF_PARTS, Counted, contributions

Mark = tuple[Literal["part", "initiative", "indicator", "entry"], str]
"""Something that an entry bears upon, or that a row of a paper shows; the part "" is the whole plan."""


_LAST_YEARS = ("planned_last_year", "previous")
_OF_BOTH_YEARS = ("rating", "status", "opinions", "responses")
"""Columns of initiatives and indicators that show last year, and those that show it too; the others show the year."""

_OF_MONEY = ("spent", "execution")


@dataclass(frozen=True)
class Side:
    """One of the two reviews, with the plan and the entries that it was made of."""

    report: ReviewReport
    plan: Plan
    ledger: Ledger


@dataclass(frozen=True)
class Cause:
    """An entry that is there on one side only, or says something else there."""

    entry: Entry
    change: Literal["added", "gone", "changed"]


@dataclass(frozen=True)
class Erratum:
    """One cell that differs, or a whole row (``column`` None) that only one side has (the other is None).

    ``by_plan`` says that the plan differs and no entry explains it, ``by_end`` that the year, which
    was still running, is over: then also is judged what no entry changed.
    """

    paper: str
    title: str
    anchor: str
    row: str
    column: str | None
    before: str | None
    after: str | None
    causes: tuple[Cause, ...]
    by_plan: bool
    by_end: bool = False


@dataclass(frozen=True)
class Errata:
    """Every difference between two reviews of a year, in the order of the papers, which have ``numbers`` by name."""

    before: ReviewReport
    after: ReviewReport
    corrections: tuple[Erratum, ...]
    numbers: Mapping[str, int] = field(default_factory=dict)

    @property
    def sample(self) -> bool:
        """Return whether either review has invented entries."""
        return self.before.sample or self.after.sample

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the data of either review, each problem once."""
        known = self.before.problems
        return (*known, *(problem for problem in self.after.problems if problem not in known))


def errata(before: Side, after: Side, t: Translate) -> Errata:
    """Return what differs between two reviews of the same year, told in the language of ``t``."""
    return _Comparison(before, after).errata(t)


class _PaperRow(NamedTuple):
    """A row of a paper: what it is about, and its columns and cells by the columns' keys."""

    paper: Paper
    subject: str
    columns: Mapping[str, Column]
    cells: Mapping[str, Cell]

    @property
    def title(self) -> str:
        """Return what the leading columns say, which tell the row from the others."""
        return " ".join(cell.text for cell in [*self.cells.values()][: self.paper.keys] if cell.text)

    @property
    def whole(self) -> str:
        """Return what the row says, a line for each cell that says something."""
        told = [*self.cells.items()][self.paper.keys :]
        return "\n".join(f"{self.columns[key].heading}: {cell.text}" for key, cell in told if not cell.is_blank)


class _Comparison:
    """Holds two sides against each other; the causes of every mark are found once."""

    def __init__(self, before: Side, after: Side) -> None:
        self.sides = (before, after)
        self.plan_differs = before.plan.file != after.plan.file
        self.has_ended = before.report.is_running and not after.report.is_running
        self.causes: defaultdict[Mark, list[Cause]] = defaultdict(list)
        self.years: dict[str, set[int]] = {}
        self.told: dict[str, list[Entry]] = {}
        self.running_totals: set[str] = set()
        self.alone: Sequence[Mapping[Counted, Mapping[str, str]]] = ({}, {})
        for cause in self.differing():
            meant = self.meant(cause.entry.id)
            self.years[cause.entry.id] = {entry.year for entry in meant}
            self.told[cause.entry.id] = meant
            for mark in dict.fromkeys(mark for entry in meant for mark in self.borne_upon(entry)):
                self.causes[mark].append(cause)
                if mark[0] == "indicator" and self.adds_up(mark[1]):
                    self.running_totals.add(cause.entry.id)

    def errata(self, t: Translate) -> Errata:
        before, after = (side.report for side in self.sides)
        self.alone = [contributions(report, t) for report in (before, after)]
        drawn = [papers(report, t).for_council for report in (before, after)]
        old, new = ({paper.name: paper for paper in whole.papers} for whole in drawn)
        found = (item for name in _merged(list(old), list(new)) for item in self.paper(old.get(name), new.get(name)))
        numbers = {
            name: number for whole in drawn for number, names in enumerate(numbered(whole), start=1) for name in names
        }
        return Errata(before, after, tuple(found), numbers)

    def paper(self, before: Paper | None, after: Paper | None) -> Iterator[Erratum]:
        old, new = _rows(before), _rows(after)
        for anchor in _merged(list(old), list(new)):
            if anchor in old and anchor in new:
                yield from self.cells(anchor, old[anchor], new[anchor])
            elif anchor in new:
                yield self.correction(new[anchor], anchor, None, None, new[anchor].whole)
            else:
                yield self.correction(old[anchor], anchor, None, old[anchor].whole, None)

    def cells(self, anchor: str, was: _PaperRow, now: _PaperRow) -> Iterator[Erratum]:
        nothing = Cell("")
        for key in _merged([*was.cells], [*now.cells]):
            before, after = was.cells.get(key, nothing), now.cells.get(key, nothing)
            column = now.columns.get(key, was.columns.get(key))
            # Columns of ratings come and go with the scale, others with what they hold: there none is an empty one.
            comes_and_goes = (key not in was.cells or key not in now.cells) and not key.startswith("rating.")
            is_nothing = all(cell.is_blank or (comes_and_goes and cell.text == "0") for cell in (before, after))
            if before.text != after.text and not is_nothing:
                yield self.correction(now, anchor, column, before.text, after.text)

    def correction(
        self, row: _PaperRow, anchor: str, column: Column | None, before: str | None, after: str | None
    ) -> Erratum:
        causes = self.of(row, column)
        by_plan = self.plan_differs and not causes
        by_end = not causes and not by_plan and self.has_ended
        heading = None if column is None else column.heading
        title = row.paper.title
        return Erratum(row.paper.name, title, anchor, row.title, heading, before, after, causes, by_plan, by_end)

    def of(self, row: _PaperRow, column: Column | None) -> tuple[Cause, ...]:
        """Return what may have changed a cell: the differing entries that bear upon what it shows."""
        is_total = row.paper.name in ("summary", "groups") and column is not None
        of_parts = column is not None and is_total and column.key.startswith(OF_PARTS)
        marks = self.rated_within(row.subject) if of_parts else self.marks(row.paper.name, row.subject)
        found = {cause.entry.id: cause for mark in marks for cause in self.causes.get(mark, ())}
        counted = [cause for name, cause in found.items() if self.counts(name) and self.is_shown(name, row, column)]
        if column is not None and is_total and column.key == "own_rating":
            counted = [cause for cause in counted if cause.entry.target == (row.subject or WHOLE_PLAN)]
        elif column is not None and is_total:
            counted = self.moving(row, column.key, counted)
        elif column is not None and row.paper.name in ("initiatives", "indicators"):
            counted = self.of_year(column.key, counted)
        return tuple(sorted(counted, key=lambda cause: cause.entry.order))

    def moving(self, row: _PaperRow, key: str, causes: Sequence[Cause]) -> list[Cause]:
        """Return those that moved a total: of what is counted and moved it, this year's before earlier ones."""
        old, new = self.alone
        within = None if row.paper.name == "summary" else self.group(row.subject)
        moved = [name for name in {**old, **new} if old.get(name, {}).get(key) != new.get(name, {}).get(key)]
        counted = [name for name in moved if within is None or name in within]
        names = {cause.entry.id for name in counted for cause in self.causes.get(name, ())}
        found = [cause for cause in causes if cause.entry.id in names]
        own = [cause for cause in found if self.sides[1].report.year in self.years[cause.entry.id]]
        return own or found

    def group(self, subject: str) -> Collection[Mark]:
        """Return what has a tag, and the indicators of a kind."""
        of, _, name = subject.partition(" ")
        found: set[Mark] = set()
        for report in (side.report for side in self.sides):
            found |= {("initiative", row.original.id) for row in report.initiatives if name in row.original.tags}
            for row in report.indicators:
                if name in ((row.indicator.kind,) if of == "kind" else row.place.tags):
                    found.add(("indicator", row.indicator.id))
        return found

    def of_year(self, key: str, causes: list[Cause]) -> list[Cause]:
        """Return those of the year that a column shows, of running totals also earlier ones; all where none is."""
        if key in _OF_BOTH_YEARS:
            return causes
        year = self.sides[1].report.year - (key in _LAST_YEARS)

        def is_of_it(cause: Cause) -> bool:
            told, name = self.years[cause.entry.id], cause.entry.id
            return year in told or (name in self.running_totals and min(told) < year)

        return [cause for cause in causes if is_of_it(cause)] or causes

    def adds_up(self, slug: str) -> bool:
        """Return whether an indicator is a running total, to which earlier years add."""
        known = [side.plan.indicators[slug][0] for side in self.sides if slug in side.plan.indicators]
        return any(indicator.aggregate == "cumulative" for indicator in known)

    def shown(self, row: _PaperRow, column: Column) -> Collection[str] | None:
        """Return what kinds of entries a cell shows: a rating that was given hides what the figures suggest."""
        if row.paper.name == "initiatives" and column.key == "rating":
            both = [one for side in self.sides for one in side.report.initiatives if one.place.id == row.subject]
            if any(one.state.rating is not None for one in both):
                return ("evaluation",)
        return column.shows

    def is_shown(self, entry_id: str, row: _PaperRow, column: Column | None) -> bool:
        """Return whether an entry, or one that it refers to, is of a kind that a column shows, and bears upon it."""
        shows = None if column is None else self.shown(row, column)
        if column is None or shows is None:
            return True
        return any(entry.kind in shows and self.speaks(entry, row, column) for entry in self.told[entry_id])

    def speaks(self, entry: Entry, row: _PaperRow, column: Column) -> bool:
        """Return whether a rating is one of what and by whom a column shows them, a figure of money or of none."""
        if isinstance(entry, Evaluation):
            of = row.subject if row.paper.name == "indicators" else None
            return entry.indicator == of and self.who(entry.year, entry.evaluator) == self.whose(row, column)
        is_of_money = column.key in _OF_MONEY
        if not is_of_money and (row.paper.name, column.key) != ("initiatives", "indicators"):
            return True
        kind, plans = KINDS[entry.kind], [side.plan for side in self.sides]
        slugs = {slug for key in kind.keys("figures", "reasons") for slug in getattr(entry, key)}
        known = [plan.indicators[slug][0] for plan in plans for slug in slugs if slug in plan.indicators]
        return any((unit_of(indicator) is not None) is is_of_money for indicator in known)

    def who(self, year: int, evaluator: str | None) -> str | None:
        """Return the code of an evaluator, of the first one where none is named; None where the plan lists none."""
        known = self.sides[1].plan.scheme_at(year).evaluator(evaluator)
        return None if known is None else known.code

    def whose(self, row: _PaperRow, column: Column) -> str | None:
        """Return whose ratings a column shows: the first evaluator's, who alone is counted, unless it names another."""
        said, _, code = column.key.partition(".")
        is_others = bool(code) and said in OF_EVALUATORS and row.paper.name != "summary"
        return self.who(self.sides[1].report.year, code if is_others else None)

    def counts(self, entry_id: str) -> bool:
        """Return whether an entry speaks of a year that the papers show: their own, or one before it."""
        return min(self.years[entry_id]) <= self.sides[1].report.year

    def marks(self, paper: str, subject: str) -> Iterator[Mark]:
        match paper:
            case "summary":
                yield ("part", subject)
            case "groups":
                yield ("part", "")
            case "indicators":
                yield ("indicator", subject)
            case "ratings":
                yield ("initiative", subject)
            case "initiatives":
                for side in self.sides:
                    if subject in side.plan.places:
                        original = side.plan.original(side.plan.places[subject])
                        yield ("initiative", original.id)
                        yield from (("indicator", indicator.id) for indicator in original.node.indicators)
                    rows = (row for row in side.report.initiatives if row.place.id == subject)
                    yield from (("initiative", row.came_from.id) for row in rows if row.came_from is not None)
            case _:
                yield ("entry", subject)

    def rated_within(self, subject: str) -> Iterator[Mark]:
        """Yield what may be rated in a part of the plan, or in all of it."""
        for of, name in {**self.alone[0], **self.alone[1]}:
            if not subject or name == subject or name.startswith(f"{subject}-"):
                yield (of, name)

    def differing(self) -> Iterator[Cause]:
        old, new = (side.ledger.by_id for side in self.sides)
        for name in dict.fromkeys((*new, *old)):
            if name not in old:
                yield Cause(new[name], "added")
            elif name not in new:
                yield Cause(old[name], "gone")
            elif old[name] != new[name]:
                yield Cause(new[name], "changed")

    def meant(self, entry_id: str) -> list[Entry]:
        """Return an entry and all that it refers to, directly or not, as they read on either side."""
        found: dict[str, list[Entry]] = {}
        due = [entry_id]
        while due:
            name = due.pop()
            if name not in found:
                found[name] = [side.ledger.by_id[name] for side in self.sides if name in side.ledger.by_id]
                due += (other for entry in found[name] for _, other in references(entry))
        return [entry for versions in found.values() for entry in versions]

    def borne_upon(self, entry: Entry) -> Iterator[Mark]:
        """Yield what an entry bears upon by itself; a withdrawal does so only through what it withdraws."""
        kind = KINDS[entry.kind]
        yield ("entry", entry.id)
        if kind.keys("undone"):
            return
        yield ("initiative", entry.target)
        if kind.reports:
            yield from self.parts(entry.target)
        for key in kind.keys("figures", "reasons"):
            for slug in getattr(entry, key):
                yield ("indicator", slug)
                yield from self.parts_of(slug)
        yield from (("indicator", slug) for key in kind.keys("indicator") if (slug := getattr(entry, key)))

    def parts(self, target: str) -> Iterator[Mark]:
        """Yield the parts of the plan in which an initiative is counted; any other itself, which may be rated."""
        for side in self.sides:
            place = side.plan.places.get(target)
            if place is not None and place.is_initiative:
                yield from (("part", step.id) for step in place.lineage)
                yield ("part", "")
        yield ("part", "" if target == WHOLE_PLAN else target)

    def parts_of(self, slug: str) -> Iterator[Mark]:
        """Yield the parts of the plan in which an indicator is counted."""
        for place in [side.plan.indicators[slug][1] for side in self.sides if slug in side.plan.indicators]:
            yield from (("part", step.id) for step in place.lineage)
            yield ("part", "")


def _rows(paper: Paper | None) -> dict[str, _PaperRow]:
    """Return the rows of a paper by anchor."""
    if paper is None:
        return {}
    columns = {column.key: column for column in paper.columns}
    return {
        anchor: _PaperRow(paper, subject, columns, dict(zip(columns, row, strict=True)))
        for anchor, subject, row in zip(paper.anchors, paper.subjects or paper.anchors, paper.rows, strict=True)
    }


def _merged(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return the names of both in the order of the newer, those that are gone where they stood."""
    known = set(new)
    result = list(new)
    place = 0
    for name in old:
        if name in known:
            place = result.index(name) + 1
        else:
            result.insert(place, name)
            place += 1
    return result
