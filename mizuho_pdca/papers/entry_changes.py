"""What an entry says, in one line, and what differs between two versions of one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.plan.scheme import Scheme
from mizuho_pdca.domain.records.entries import (
    WHOLE_PLAN,
    Activity,
    Actual,
    Entry,
    Evaluation,
    Improvement,
    OfYear,
    Opinion,
    Recorded,
    Response,
    Withdrawal,
)
from mizuho_pdca.domain.records.kinds import KINDS
from mizuho_pdca.domain.schema.shapes import Figure, Shape
from mizuho_pdca.message import N_, Value, message
from mizuho_pdca.papers.differences import Comparison, Difference, Part, WordTable, brief_year
from mizuho_pdca.papers.plan_changes import PlanSide, print_figure
from mizuho_pdca.papers.steps import Words, indicator_name
from mizuho_pdca.papers.words import print_rating

WORDS: WordTable = {
    Recorded: {
        "kind": N_("kind of entry"),
        "id": N_("entry's name"),
        "target": N_("number"),
        "date": N_("date"),
        "by": N_("recorded by"),
        "recorded": N_("time of recording"),
        "sample": N_("sample"),
        "supersedes": N_("entry corrected"),
        "reason": N_("reason"),
    },
    OfYear: {"year": N_("the fiscal year")},
    Activity: {
        "status": N_("status"),
        "summary": N_("what was done"),
        "values": N_("value"),
        "links": N_("papers and pages"),
    },
    Actual: {"values": N_("value"), "missing": N_("reason for no value"), "source": N_("source")},
    Evaluation: {"rating": N_("the rating"), "progress": N_("progress"), "issues": N_("issues")},
    Improvement: {"direction": N_("the future direction"), "next": N_("plans for the next year")},
    Opinion: {"meeting": N_("the day of the meeting"), "text": N_("what was said")},
    Response: {"responds": N_("opinion answered"), "state": N_("state of the response"), "text": N_("the response")},
    Withdrawal: {"withdraws": N_("entry taken back")},
}
"""What every key of an entry's file is called."""

STRUCTURE = frozenset({"schema_version"})
"""Keys that never differ."""


def entry_line(entry: Entry, plan: Plan) -> Words:
    """Return what kind of entry it is and what it says, by a plan's words; long texts up to their first line."""
    facts = list(_facts(entry, plan))
    text = _text(entry).strip().split("\n")[0]
    kind = KINDS[entry.kind].name
    if not text:
        return message(N_("{kind} ({said})"), kind=kind, said=facts)
    if not facts:
        return message(N_("{kind}: {text}"), kind=kind, text=text)
    return message(N_("{kind} ({said}): {text}"), kind=kind, said=facts, text=text)


def print_target(target: str, plan: Plan) -> Words:
    """Return the number that an entry is about as printed; one that the plan does not know as it is."""
    place = plan.places.get(target)
    if place is not None:
        return place.number
    return message(N_("whole plan")) if target == WHOLE_PLAN else target


def entry_differences(old: Entry, new: Entry, plan: Plan) -> tuple[Difference, ...]:
    """Return all that differs between two versions of an entry."""
    side = _Side(plan)
    return tuple(Comparison(WORDS, side, side, Part(new.id, (new.target,))).of(old, new))


def _facts(entry: Entry, plan: Plan) -> Iterator[Value]:
    if isinstance(entry, OfYear) and not isinstance(entry, Withdrawal):
        yield brief_year(entry.year)
    yield from _facts_of_kind(entry, plan)
    if entry.supersedes is not None:
        yield message(N_("corrects {entry}: {reason}"), entry=entry.supersedes, reason=_first_line(entry.reason))


def _facts_of_kind(entry: Entry, plan: Plan) -> Iterator[Value]:
    match entry:
        case Activity():
            yield from () if entry.status is None else (_status(plan.scheme, entry.status),)
            yield from _figures(entry, plan)
        case Actual():
            yield from _figures(entry, plan)
            for slug, reason in entry.missing.items():
                yield message("{name} {said}", name=_indicator(plan, slug), said=reason)
        case Evaluation():
            yield _rating(plan, entry.rating)
        case Improvement():
            yield entry.direction
        case Response():
            yield message(N_("to {entry}"), entry=entry.responds)
            yield _answer(plan.scheme, entry.state)
        case Withdrawal():
            yield message(N_("of {entry}"), entry=entry.withdraws)
        case _:  # an opinion has nothing but its text
            pass


def _figures(entry: Activity | Actual, plan: Plan) -> Iterator[Value]:
    for slug, figure in entry.values.items():
        yield message("{name} {said}", name=_indicator(plan, slug), said=_figure(plan, slug, figure))


def _text(entry: Entry) -> str:
    match entry:
        case Activity():
            return entry.summary
        case Actual():
            return ""
        case Evaluation():
            return entry.progress or entry.issues or ""
        case Improvement():
            return entry.next
        case Opinion() | Response():
            return entry.text
        case _:
            return entry.reason


def _first_line(text: str | None) -> str:
    return (text or "").strip().split("\n")[0]


# -- words of the plan, and what it does not know as it is ------------------------------------


def _status(scheme: Scheme, word: str) -> str:
    status = scheme.status(word)
    return word if status is None else status.name


def _rating(plan: Plan, word: str) -> str:
    return word if plan.scheme.scale.find(word) is None else print_rating(plan, word)


def _answer(scheme: Scheme, word: str) -> str:
    answer = scheme.answer(word)
    return word if answer is None else answer.name


def _indicator(plan: Plan, slug: str) -> Words:
    return indicator_name(plan.indicators[slug][0]) if slug in plan.indicators else slug


def _figure(plan: Plan, slug: str, figure: Figure) -> str:
    if slug not in plan.indicators:
        return str(figure)
    indicator = plan.indicators[slug][0]
    return print_figure(indicator, figure) + ("" if indicator.method == "done" else indicator.unit or "")


class _Side(PlanSide):
    """A version of an entry, told by a plan's words."""

    def said(self, shape: type[Shape], key: str, value: object, item: object = None) -> Words | None:
        """Return a value as people see it, None where there is none."""
        match value:
            case str() | Decimal() | bool() if key == "values":
                return _figure(self.plan, str(item), value)
            case bool():
                return message(N_("sample")) if value else message(N_("no sample"))
            case datetime():
                return value.isoformat()
            case _:
                return super().said(shape, key, value)

    def text(self, shape: type[Shape], key: str, text: str) -> Words:  # noqa: ARG002 (an entry's keys say enough)
        """Return a text as people see it: a word of the plan's lists by its name, a number as printed."""
        match key:
            case "kind":
                return KINDS[text].name
            case "target":
                return print_target(text, self.plan)
            case "status":
                return _status(self.plan.scheme, text)
            case "rating":
                return _rating(self.plan, text)
            case "state":
                return _answer(self.plan.scheme, text)
            case _:
                return text

    def of_item(self, item: object) -> Words:
        """Return the name of an indicator: every mapping of an entry is by its id."""
        return _indicator(self.plan, str(item))
