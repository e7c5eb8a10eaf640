"""正誤表: what differs between two reviews of a year, paper by paper, and which entries caused it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from mizuho_pdca.core.entries import Activity, Actual, Entry, Opinion, Response, Withdrawal
from mizuho_pdca.core.figures import NONE
from mizuho_pdca.core.ledger import Ledger
from mizuho_pdca.core.link_checks import KINDS
from mizuho_pdca.core.paper import Cell, Column, Paper, Papers
from mizuho_pdca.core.papers import edition, papers
from mizuho_pdca.core.plan import Plan
from mizuho_pdca.core.review import ReviewReport
from mizuho_pdca.core.wording import SAMPLE_BANNER, year_label
from mizuho_pdca.message import N_, Translate

Mark = tuple[Literal["node", "indicator", "opinion", "entry"], str]
"""Something that an entry speaks of, or that a row of a paper shows."""

_WHOLE: Mark = ("node", "")


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


def errata(before: Side, after: Side, t: Translate) -> Errata:
    """Return what differs between two reviews of the same year, told in the language of ``t``."""
    return _Comparison(before, after).errata(t)


class _Comparison:
    """Holds two sides against each other; the causes of every mark are found once."""

    def __init__(self, before: Side, after: Side) -> None:
        self.before = before
        self.after = after
        self.causes = dict(self.by_mark())
        self.plan_differs = before.plan.file != after.plan.file

    def errata(self, t: Translate) -> Errata:
        sides = [
            {paper.name: paper for paper in papers(side.report, t).for_council.papers}
            for side in (self.before, self.after)
        ]
        names = [*sides[0], *(name for name in sides[1] if name not in sides[0])]
        found = (item for name in names for item in self.paper(sides[0].get(name), sides[1].get(name)))
        return Errata(self.before.report, self.after.report, tuple(found))

    def paper(self, before: Paper | None, after: Paper | None) -> Iterator[Correction]:
        shown = after or before
        if shown is None:
            return
        old, new = _rows(before), _rows(after)
        for anchor in _merged(list(old), list(new)):
            was, now = old.get(anchor), new.get(anchor)
            row = _title(shown, now or was or {})
            for column in _merged(list(was or {}), list(now or {})):
                texts = (None if was is None else was.get(column, ""), None if now is None else now.get(column, ""))
                if texts[0] != texts[1]:
                    causes = self.of(shown.name, anchor)
                    yield Correction(
                        shown.name, shown.title, anchor, row, column, *texts, causes, self.plan_differs and not causes
                    )

    def of(self, paper: str, anchor: str) -> tuple[Cause, ...]:
        """Return what may have changed a row: the differing entries that speak of what it shows."""
        year = self.after.report.year
        found = {cause.entry.id: cause for mark in self.marks(paper, anchor) for cause in self.causes.get(mark, ())}
        counted = (cause for cause in found.values() if _counts(paper, cause.entry, year))
        return tuple(sorted(counted, key=lambda cause: cause.entry.order))

    def marks(self, paper: str, anchor: str) -> Iterator[Mark]:
        match paper:
            case "summary":
                yield ("node", anchor.removeprefix("summary").removeprefix("-"))
            case "indicators":
                yield ("indicator", anchor.removeprefix("indicator-"))
            case "opinions":
                yield ("opinion", anchor)
            case "initiatives":
                for side in (self.before, self.after):
                    if anchor in side.plan.places:
                        yield ("node", side.plan.original(side.plan.places[anchor]).id)
            case _:
                yield ("entry", anchor)

    def by_mark(self) -> Iterator[tuple[Mark, list[Cause]]]:
        grouped: dict[Mark, list[Cause]] = {}
        for cause in self.differing():
            for mark in dict.fromkeys(self.spoken_of(cause.entry, set())):
                grouped.setdefault(mark, []).append(cause)
        yield from grouped.items()

    def differing(self) -> Iterator[Cause]:
        old, new = self.before.ledger.by_id, self.after.ledger.by_id
        for name in _merged(list(old), list(new)):
            if name not in old:
                yield Cause(new[name], "added")
            elif name not in new:
                yield Cause(old[name], "gone")
            elif old[name] != new[name]:
                yield Cause(new[name], "changed")

    def spoken_of(self, entry: Entry, seen: set[str]) -> Iterator[Mark]:
        """Yield what an entry speaks of: itself, its node and all above, its figures, and what it refers to."""
        if entry.id in seen:
            return
        seen.add(entry.id)
        yield _WHOLE
        yield ("entry", entry.id)
        for side in (self.before, self.after):
            place = side.plan.places.get(entry.target)
            yield from (("node", step.id) for step in (place.lineage if place is not None else ()))
        match entry:
            case Activity() | Actual():
                yield from (("indicator", slug) for slug in entry.values)
                yield from (("indicator", slug) for slug in (entry.missing if isinstance(entry, Actual) else ()))
            case Opinion():
                yield ("opinion", entry.id)
            case _:
                pass
        for other in _references(entry):
            for side in (self.before, self.after):
                if other in side.ledger.by_id:
                    yield from self.spoken_of(side.ledger.by_id[other], seen)


def _counts(paper: str, entry: Entry, year: int) -> bool:
    """Return whether an entry of its own year can change a paper of ``year``; responses come later."""
    if paper == "summary":
        return entry.year == year
    return entry.year <= year or isinstance(entry, Response)


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


def _rows(paper: Paper | None) -> dict[str, dict[str, str]]:
    """Return the rows of a paper by anchor, each with its texts by heading."""
    if paper is None:
        return {}
    headings = [column.heading for column in paper.columns]
    texts = (dict(zip(headings, (cell.text for cell in row), strict=True)) for row in paper.rows)
    return dict(zip(paper.anchors, texts, strict=True))


def _title(paper: Paper, texts: Mapping[str, str]) -> str:
    keys = (texts.get(column.heading, "") for column in paper.columns[: paper.keys])
    return " ".join(filter(None, keys))


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
        banner=t(SAMPLE_BANNER) if found.after.sample or found.before.sample else None,
        papers=(Paper("errata", t(N_("Corrections")), columns, rows, keys=2),),
        legend=(t(N_("－ none: the row does not stand in that paper.")),),
        edition=edition(found.after, t),
        made=found.after.made,
        language=t(N_("en")),
        author=" ".join(filter(None, (header.municipality, header.office))),
    )


def _row(item: Correction, t: Translate) -> tuple[Cell, ...]:
    causes = [cause_text(cause, t) for cause in item.causes] or [t(N_("the plan")) if item.by_plan else NONE]
    return (
        Cell(item.title),
        Cell(item.row),
        Cell(item.column),
        Cell(NONE if item.before is None else item.before),
        Cell(NONE if item.after is None else item.after),
        Cell("\n".join(causes)),
    )


def cause_text(cause: Cause, t: Translate) -> str:
    """Return an entry as the cause of a correction: its name, its kind, who recorded it, what became of it."""
    entry = cause.entry
    return f"{entry.id} {KINDS[entry.kind].text(t)} {entry.by} {t(_CHANGES[cause.change])}"
