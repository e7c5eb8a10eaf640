"""事務局用: what the office must look at before the council, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.records.kinds import KINDS
from mizuho_pdca.domain.review.office import (
    IndicatorItem,
    InitiativeItem,
    Item,
    Kind,
    MovedItem,
    OpinionItem,
    RatedItem,
    counts,
)
from mizuho_pdca.domain.review.office import office as office_items
from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.fields import Field, Listing, listing
from mizuho_pdca.papers.paper import Cell, Column, Paper
from mizuho_pdca.papers.words import (
    print_answer,
    print_ended,
    print_goal,
    print_indicator,
    print_measured,
    print_rating,
)
from mizuho_pdca.text import NONE

OFFICE_KINDS: Mapping[Kind, str] = {
    "not_reported": N_("not reported"),
    "no_status": N_("no status"),
    "rating_differs": N_("rating and suggestion differ"),
    "figure_after_rating": N_("figure changed after the rating"),
    "two_evaluations": N_("rated by two"),
    "counted_twice": N_("counted twice"),
    "no_figure": N_("no figure"),
    "figure_pending": N_("figure still pending"),
    "text_unchanged": N_("same text as last year"),
    "opinion_open": N_("opinion still open"),
    "opinion_unanswered": N_("opinion not answered"),
    "ended_before": N_("ended before the year"),
    "unmet_without_issue": N_("not met, no word of issues"),
}
"""What the office must look at, in print."""

_TEXTS = {field.key: field.words for kind in KINDS.values() if kind.reports for field in kind.fields}
_TEXTS["summary"] = N_("activity")
"""What the texts of reports are called where room is short."""


def office(report: ReviewReport, t: Translate) -> Listing:
    """Return 事務局用: what the office must look at; no data file has it."""
    paper = Paper("office", t(N_("For the office only")), keys=2, internal=True)
    return listing(paper, _fields(report, t), office_items(report))


def _fields(report: ReviewReport, t: Translate) -> Iterator[Field[Item]]:
    whole = t(N_("whole plan"))
    what = Column(t(N_("What to look at")), 14, choices=True)
    yield Field("what", what, lambda item: Cell(t(OFFICE_KINDS[item.kind]), tone="alert"))
    yield Field("number", Column(t(N_("No.")), 8), lambda item: Cell(item.place.number if item.place else whole))
    yield Field("title", Column(t(N_("Title")), 24), lambda item: Cell(item_title(report, item)))
    department = Column(t(N_("Department")), 8)
    yield Field("department", department, lambda item: Cell(t(N_(", ")).join(_departments(item)) or NONE))
    if any(item.place and item.place.owner for item in office_items(report)):
        owner = Column(t(N_("Whom to ask")), 12)
        yield Field("owner", owner, lambda item: Cell((item.place and print_owner(item.place)) or NONE))
    yield Field("note", Column(t(N_("Note")), 24), lambda item: Cell(item_text(report, item, t) or NONE))


def _departments(item: Item) -> Sequence[str]:
    return () if item.place is None else item.place.departments


def print_owner(place: Place) -> str | None:
    """Return whom to ask about a place: section, person and telephone; None where the plan names nobody."""
    owner = place.owner
    said = () if owner is None else (owner.section, owner.person, owner.phone)
    return " ".join(filter(None, said)) or None


def item_title(report: ReviewReport, item: Item) -> str:
    """Return the title of what an item is about."""
    return report.plan.header.title if item.place is None else report.plan.title(item.place)


def item_message(report: ReviewReport, item: Item, t: Translate) -> str:
    """Return what there is to look at, in one line."""
    kind, text = t(OFFICE_KINDS[item.kind]), item_text(report, item, t)
    return t(N_("{kind}: {text}")).format(kind=kind, text=text) if text else kind


def office_line(items: tuple[Item, ...], t: Translate) -> str:
    """Return how many things the office must look at, by kind: 12 (not reported 2, no figure 10)."""
    named = (f"{t(OFFICE_KINDS[kind])} {number}" for kind, number in counts(items).items())
    return t(N_("For the office to look at: {n} ({kinds})")).format(n=len(items), kinds=t(N_(", ")).join(named))


def item_text(report: ReviewReport, item: Item, t: Translate) -> str:
    """Return what there is to look at beyond the kind of it, empty where that says it all."""
    match item:
        case InitiativeItem():
            return _of_initiative(report.plan, item, t)
        case RatedItem():
            return _of_ratings(report.plan, item, t)
        case MovedItem(moved=moved):
            before, now = (print_measured(moved.indicator, value.value) for value in (moved.before, moved.now))
            words, name = t(N_("{name}: {before} when it was rated, {now} now")), print_indicator(moved.indicator, t)
            return words.format(name=name, before=before, now=now)
        case IndicatorItem():
            return _of_indicator(item, t)
        case OpinionItem(row=row):
            words = t(N_("{name} ({id})") if row.state is None else N_("{name}: {reasons}"))
            state = print_answer(report.plan, row.state or "")
            return words.format(name=row.opinion.text.strip(), id=row.opinion.id, reasons=state)
        case _:
            assert_never(item)


def _of_initiative(plan: Plan, item: InitiativeItem, t: Translate) -> str:
    row = item.row
    match item.kind:
        case "rating_differs":
            words = t(N_("rated {rating}, the figures suggest {suggested}"))
            return words.format(rating=print_rating(plan, row.state.rating), suggested=row.suggestion)
        case "text_unchanged":
            texts = t(N_(", ")).join(t(_TEXTS[key]) for key in row.unchanged)
            return t(N_("{texts}; the rating as well")).format(texts=texts) if row.is_same else texts
        case "ended_before":
            return print_ended(plan, row.state, t)
        case _:
            return ""


def _of_ratings(plan: Plan, item: RatedItem, t: Translate) -> str:
    if item.kind == "not_reported":
        return t(N_("no rating yet"))
    rated = (f"{print_rating(plan, one.rating, one.evaluator)} ({one.by})" for one in item.judgement.evaluations)
    said = t(N_("{ratings}; the last one counts")).format(ratings=" → ".join(rated))
    whose = item.judgement.evaluator
    about = [] if item.indicator is None else [print_indicator(item.indicator, t)]
    about += [whose.name] if whose is not None and len(plan.scheme.evaluators) > 1 else []
    return " ".join([*about, said])


def _of_indicator(item: IndicatorItem, t: Translate) -> str:
    row = item.row
    name, value = print_indicator(row.indicator, t), print_measured(row.indicator, row.value.value)
    match item.kind:
        case "counted_twice":
            return t(N_("{name}: {value} adds up activities and actuals")).format(name=name, value=value)
        case "figure_pending":
            reasons = dict.fromkeys(one.missing for one in row.value.used if one.missing is not None)
            return t(N_("{name}: {reasons}")).format(name=name, reasons=t(N_(", ")).join(reasons))
        case "unmet_without_issue":
            target = print_goal(row.indicator, row.result.target, t)
            return t(N_("{name}: {value}, target {target}")).format(name=name, value=value, target=target)
        case _:
            return t(N_("{name} ({id})")).format(name=name, id=row.indicator.id)
