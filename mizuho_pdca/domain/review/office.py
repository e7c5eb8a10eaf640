"""事務局用: what the office must look at before the council, as one list in one order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.records.entries import Entry
from mizuho_pdca.domain.records.kinds import texts
from mizuho_pdca.domain.review.council import OpinionRow
from mizuho_pdca.domain.review.observations import Moved
from mizuho_pdca.domain.review.ratings import Judgement
from mizuho_pdca.domain.review.review import IndicatorRow, InitiativeRow, ReviewReport

Kind = Literal[
    "not_reported",
    "no_status",
    "rating_differs",
    "figure_after_rating",
    "two_evaluations",
    "counted_twice",
    "no_figure",
    "figure_pending",
    "text_unchanged",
    "opinion_open",
    "opinion_unanswered",
    "ended_before",
    "unmet_without_issue",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""What there may be to look at, in the order of the list."""


@dataclass(frozen=True)
class OfficeItem:
    """One thing to look at: what, where (``place`` None for the plan as a whole), and the entries behind it."""

    kind: Kind
    place: Place | None
    entries: tuple[str, ...]

    @property
    def department(self) -> str | None:
        """Return who sees to it."""
        return None if self.place is None else self.place.department


@dataclass(frozen=True)
class InitiativeItem(OfficeItem):
    """Something about an initiative."""

    row: InitiativeRow


@dataclass(frozen=True)
class RatedItem(OfficeItem):
    """Something about ratings: of an initiative, of what stands above it, or of an ``indicator``."""

    judgement: Judgement
    indicator: Indicator | None = None


@dataclass(frozen=True)
class MovedItem(OfficeItem):
    """A figure that is another than when its initiative was evaluated."""

    moved: Moved


@dataclass(frozen=True)
class IndicatorItem(OfficeItem):
    """Something about an indicator."""

    row: IndicatorRow


@dataclass(frozen=True)
class OpinionItem(OfficeItem):
    """Something about an opinion."""

    row: OpinionRow


Item = InitiativeItem | RatedItem | MovedItem | IndicatorItem | OpinionItem


def office(report: ReviewReport) -> tuple[Item, ...]:
    """Return everything that the office must look at: kind by kind, by department, then in the order of its paper."""
    found = (item for kind in KINDS for item in sorted(_FINDERS[kind](report), key=lambda one: one.department or ""))
    return tuple(found)


def counts(items: tuple[Item, ...]) -> dict[Kind, int]:
    """Return how many there are of each kind that there is, in the order of the list; they add up to all."""
    number = Counter(item.kind for item in items)
    return {kind: number[kind] for kind in KINDS if number[kind]}


def is_awaited(report: ReviewReport, row: IndicatorRow) -> bool:
    """Return whether a figure, or why there is none, is still to come: not of what had ended, or is not surveyed."""
    if row.value.used or not row.value.is_due:
        return False
    return not any(one.state.is_carried and one.original.id == row.place.id for one in report.initiatives)


# -- initiatives ------------------------------------------------------------------------------


def _initiatives(kind: Kind, holds: Callable[[InitiativeRow], bool]) -> Callable[[ReviewReport], Iterator[Item]]:
    """Return what finds the originals of which something holds, each with the entries that say so."""

    def find(report: ReviewReport) -> Iterator[Item]:
        for row in report.initiatives:
            if not row.is_relisting and holds(row):
                yield InitiativeItem(kind, row.place, _entries(kind, row), row)

    return find


def _entries(kind: Kind, row: InitiativeRow) -> tuple[str, ...]:
    match kind:
        case "rating_differs":
            return _names(row.evaluations[-1:])
        case "text_unchanged":
            said = [one for one in (*row.activities, row.evaluation, row.improvement) if one is not None]
            return _names(tuple(one for one in said if any(key in row.unchanged for key, _ in texts(one))))
        case _:
            return ()


def _names(entries: tuple[Entry, ...]) -> tuple[str, ...]:
    return tuple(entry.id for entry in entries)


def _without_status(report: ReviewReport) -> Iterator[Item]:
    if report.plan.scheme.statuses:
        yield from _initiatives("no_status", lambda row: row.state.reported and row.state.status is None)(report)


def _differing(report: ReviewReport) -> Iterator[Item]:
    ranks = {rank.code for rank in report.plan.scheme.scale.ranks}

    def differs(row: InitiativeRow) -> bool:
        return row.state.rating in ranks and row.suggestion is not None and row.suggestion != row.state.rating

    return _initiatives("rating_differs", differs)(report)


def _moved(report: ReviewReport) -> Iterator[Item]:
    for row in report.initiatives:
        for one in () if row.is_relisting else row.moved:
            names = _names((*row.evaluations[-1:], *one.entries))
            yield MovedItem("figure_after_rating", row.place, names, one)


def _unreported(report: ReviewReport) -> Iterator[Item]:
    yield from _initiatives("not_reported", lambda row: row.state.is_due)(report)
    yield from (RatedItem("not_reported", row.place, (), row.own) for row in report.rated if row.is_due)


def _rated_by_two(report: ReviewReport) -> Iterator[Item]:
    """Yield each judgement that several people gave as the same evaluator."""
    rated: list[tuple[Place | None, Indicator | None, tuple[Judgement, ...]]] = [
        *((row.place, None, row.judgements) for row in report.initiatives if not row.is_relisting),
        *((row.place, None, row.judgements) for row in report.rated),
        *((row.place, row.indicator, row.judgements) for row in report.indicators),
    ]
    for place, indicator, judgements in rated:
        for one in judgements:
            if len({entry.by for entry in one.evaluations}) > 1:
                yield RatedItem("two_evaluations", place, _names(one.evaluations), one, indicator)


# -- indicators -------------------------------------------------------------------------------


def _unvalued(report: ReviewReport) -> Iterator[Item]:
    rows = (row for row in report.indicators if is_awaited(report, row))
    return (IndicatorItem("no_figure", row.place, (), row) for row in rows)


def _pending(report: ReviewReport) -> Iterator[Item]:
    pending = {reason.name for reason in report.plan.scheme.missing if reason.is_pending}
    for row in report.indicators:
        open_ones = tuple(one.entry for one in row.value.used if one.missing in pending)
        if open_ones:
            yield IndicatorItem("figure_pending", row.place, open_ones, row)


def _twice(report: ReviewReport) -> Iterator[Item]:
    rows = (row for row in report.indicators if row.counted_twice)
    return (IndicatorItem("counted_twice", row.place, _names(row.counted_twice), row) for row in rows)


def _unmet(report: ReviewReport) -> Iterator[Item]:
    rows = {row.place.id: row for row in report.initiatives}
    for one in report.indicators:
        row = rows.get(one.place.id)
        said = () if row is None else (row.evaluation, one.judgements[0].last)
        if row is not None and one.result.met is False and not any(each and each.issues for each in said):
            names = _names(row.evaluations[-1:])
            yield IndicatorItem("unmet_without_issue", one.place, names, one)


# -- opinions ---------------------------------------------------------------------------------


def _opinions(kind: Kind, holds: Callable[[OpinionRow], bool]) -> Callable[[ReviewReport], Iterator[Item]]:
    def find(report: ReviewReport) -> Iterator[Item]:
        for row in report.opinions:
            if holds(row):
                yield OpinionItem(kind, row.place, (row.opinion.id, *_names(row.responses)), row)

    return find


_FINDERS: Mapping[Kind, Callable[[ReviewReport], Iterator[Item]]] = {
    "not_reported": _unreported,
    "no_status": _without_status,
    "rating_differs": _differing,
    "figure_after_rating": _moved,
    "two_evaluations": _rated_by_two,
    "counted_twice": _twice,
    "no_figure": _unvalued,
    "figure_pending": _pending,
    "text_unchanged": _initiatives("text_unchanged", lambda row: bool(row.unchanged)),
    "opinion_open": _opinions("opinion_open", lambda row: row.waits_now),
    "opinion_unanswered": _opinions("opinion_unanswered", lambda row: row.state_now is None),
    "ended_before": _initiatives("ended_before", lambda row: row.state.is_carried),
    "unmet_without_issue": _unmet,
}
