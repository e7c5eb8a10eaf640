"""正誤表: what differs between two reviews of a year, paper by paper, and which entries caused it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from mizuho_pdca.core.entries import Activity, Actual, Entry, Opinion, Response, Withdrawal
from mizuho_pdca.core.faults import Problem
from mizuho_pdca.core.figures import NONE
from mizuho_pdca.core.ledger import Ledger
from mizuho_pdca.core.link_checks import KINDS
from mizuho_pdca.core.notes import edition
from mizuho_pdca.core.paper import Cell, Column, Paper, Papers
from mizuho_pdca.core.papers import papers
from mizuho_pdca.core.plan import Plan
from mizuho_pdca.core.review import ReviewReport
from mizuho_pdca.core.wording import SAMPLE_BANNER, year_label
from mizuho_pdca.message import N_, Translate

Mark = tuple[Literal["part", "initiative", "indicator", "opinion", "entry"], str]
"""Something that an entry bears upon, or that a row of a paper shows; the part "" is the whole plan."""


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
class Correction:
    """One cell that differs; ``before`` or ``after`` is None where the whole row is not there.

    ``by_plan`` says that the plan differs and no entry explains it.
    """

    paper: str
    title: str
    anchor: str
    row: str
    column: str
    before: str | None
    after: str | None
    causes: tuple[Cause, ...]
    by_plan: bool


@dataclass(frozen=True)
class Errata:
    """Every difference between two reviews of a year, in the order of the papers."""

    before: ReviewReport
    after: ReviewReport
    corrections: tuple[Correction, ...]

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


class _Row(NamedTuple):
    """A row of a paper, its texts by heading."""

    paper: Paper
    title: str
    texts: Mapping[str, str]


class _Comparison:
    """Holds two sides against each other; the causes of every mark are found once."""

    def __init__(self, before: Side, after: Side) -> None:
        self.sides = (before, after)
        self.plan_differs = before.plan.file != after.plan.file
        self.causes: defaultdict[Mark, list[Cause]] = defaultdict(list)
        self.years: dict[str, set[int]] = {}
        for cause in self.differing():
            meant = self.meant(cause.entry.id)
            self.years[cause.entry.id] = {entry.year for entry in meant}
            for mark in dict.fromkeys(mark for entry in meant for mark in self.borne_upon(entry)):
                self.causes[mark].append(cause)

    def errata(self, t: Translate) -> Errata:
        before, after = (side.report for side in self.sides)
        old, new = ({paper.name: paper for paper in papers(report, t).for_council.papers} for report in (before, after))
        found = (item for name in _merged(list(old), list(new)) for item in self.paper(old.get(name), new.get(name)))
        return Errata(before, after, tuple(found))

    def paper(self, before: Paper | None, after: Paper | None) -> Iterator[Correction]:
        old, new = _rows(before), _rows(after)
        for anchor in _merged(list(old), list(new)):
            yield from self.row(anchor, old.get(anchor), new.get(anchor))

    def row(self, anchor: str, was: _Row | None, now: _Row | None) -> Iterator[Correction]:
        shown = [row for row in (was, now) if row is not None]
        for column in _merged(*([*row.texts] for row in (shown[0], shown[-1]))):
            before, after = (None if row is None else row.texts.get(column, "") for row in (was, now))
            if before != after:
                paper, title, _ = shown[-1]
                causes = self.of(paper.name, anchor)
                by_plan = self.plan_differs and not causes
                yield Correction(paper.name, paper.title, anchor, title, column, before, after, causes, by_plan)

    def of(self, paper: str, anchor: str) -> tuple[Cause, ...]:
        """Return what may have changed a row: the differing entries that bear upon what it shows."""
        found = {cause.entry.id: cause for mark in self.marks(paper, anchor) for cause in self.causes.get(mark, ())}
        counted = (cause for name, cause in found.items() if self.counts(paper, name))
        return tuple(sorted(counted, key=lambda cause: cause.entry.order))

    def counts(self, paper: str, entry_id: str) -> bool:
        """Return whether an entry speaks of a year that the paper shows: the summary has none before its own."""
        year, years = self.sides[1].report.year, self.years[entry_id]
        return year in years if paper == "summary" else min(years) <= year

    def marks(self, paper: str, anchor: str) -> Iterator[Mark]:
        match paper:
            case "summary":
                yield ("part", anchor.removeprefix("summary").removeprefix("-"))
            case "indicators":
                yield ("indicator", anchor.removeprefix("indicator-"))
            case "opinions":
                yield ("opinion", anchor)
            case "initiatives":
                for side in self.sides:
                    if anchor in side.plan.places:
                        original = side.plan.original(side.plan.places[anchor])
                        yield ("initiative", original.id)
                        yield from (("indicator", indicator.id) for indicator in original.node.indicators)
            case _:
                yield ("entry", anchor)

    def differing(self) -> Iterator[Cause]:
        old, new = (side.ledger.by_id for side in self.sides)
        for name in _merged(list(old), list(new)):
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
                due += (other for entry in found[name] for other in _references(entry))
        return [entry for versions in found.values() for entry in versions]

    def borne_upon(self, entry: Entry) -> Iterator[Mark]:
        """Yield what an entry bears upon by itself; a withdrawal does so only through what it withdraws."""
        yield ("entry", entry.id)
        if isinstance(entry, Withdrawal):
            return
        yield ("initiative", entry.target)
        if isinstance(entry, Opinion):
            yield ("opinion", entry.id)
        elif not isinstance(entry, Response):
            yield from self.parts(entry.target)
        if isinstance(entry, Activity | Actual):
            yield from (("indicator", slug) for slug in entry.values)
        if isinstance(entry, Actual):
            yield from (("indicator", slug) for slug in entry.missing)

    def parts(self, target: str) -> Iterator[Mark]:
        """Yield the parts of the plan in which an initiative is counted."""
        for side in self.sides:
            place = side.plan.places.get(target)
            if place is not None and place.is_initiative:
                yield from (("part", step.id) for step in place.lineage)
                yield ("part", "")


def _references(entry: Entry) -> Iterator[str]:
    if entry.supersedes is not None:
        yield entry.supersedes
    match entry:
        case Withdrawal():
            yield entry.withdraws
        case Response():
            yield entry.responds
        case _:
            pass


def _rows(paper: Paper | None) -> dict[str, _Row]:
    """Return the rows of a paper by anchor."""
    if paper is None:
        return {}
    headings = [column.heading for column in paper.columns]
    rows = (
        _Row(
            paper,
            " ".join(cell.text for cell in row[: paper.keys] if cell.text),
            dict(zip(headings, (cell.text for cell in row), strict=True)),
        )
        for row in paper.rows
    )
    return dict(zip(paper.anchors, rows, strict=True))


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


# -- as papers --------------------------------------------------------------------------------

_CHANGES = {"added": N_("added"), "gone": N_("no longer there"), "changed": N_("changed")}


def errata_papers(found: Errata, t: Translate) -> Papers:
    """Return 正誤表 as a paper: where, what was wrong, what is right, and which entries caused it."""
    header = found.after.plan.header
    columns = (
        Column(t(N_("Paper")), 10, choices=True),
        Column(t(N_("Place")), 16),
        Column(t(N_("Column")), 10),
        Column(t(N_("Wrong")), 20),
        Column(t(N_("Right")), 20),
        Column(t(N_("Because of")), 20),
    )
    rows = tuple(_row(item, t) for item in found.corrections)
    return Papers(
        title=t(N_("{plan}: corrections to the review of {year}")).format(
            plan=header.title, year=year_label(found.after.year, t)
        ),
        subtitles=(
            t(N_("Wrong: {edition}")).format(edition=edition(found.before, t) or NONE),
            t(N_("Right: {edition}")).format(edition=edition(found.after, t) or NONE),
            t(N_("Corrections: {count}")).format(count=len(rows)),
        ),
        banner=t(SAMPLE_BANNER) if found.sample else None,
        papers=(Paper("errata", t(N_("Corrections")), columns, rows, keys=2),),
        legend=(t(N_("－ none: the row does not stand in that paper.")),),
        edition=edition(found.after, t),
        made=found.after.made,
        language=t(N_("en")),
        author=" ".join(filter(None, (header.municipality, header.office))),
    )


def _row(item: Correction, t: Translate) -> tuple[Cell, ...]:
    return (
        Cell(item.title),
        Cell(item.row),
        Cell(item.column),
        Cell(NONE if item.before is None else item.before),
        Cell(NONE if item.after is None else item.after),
        Cell(causes_text(item, t) or NONE),
    )


def causes_text(item: Correction, t: Translate) -> str:
    """Return what caused a correction, a line each, empty where it is not known."""
    if item.by_plan:
        return t(N_("the plan"))
    return "\n".join(_cause_text(cause, t) for cause in item.causes)


def _cause_text(cause: Cause, t: Translate) -> str:
    """Return an entry as the cause of a correction: its name, its kind, who recorded it, what became of it."""
    entry = cause.entry
    return f"{entry.id} {KINDS[entry.kind].text(t)} {entry.by} {t(_CHANGES[cause.change])}"
