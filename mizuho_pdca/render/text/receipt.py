"""What a person reads after recording: what was kept, where, and how to take it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.entries import (
    Activity,
    Actual,
    Entry,
    Evaluation,
    Improvement,
    Opinion,
    Response,
    Withdrawal,
)
from mizuho_pdca.message import N_, Message, Translate
from mizuho_pdca.papers.words import (
    HALVES,
    SAMPLE_BANNER,
    print_indicator,
    print_measured,
    print_rating,
    print_status,
    year_label,
)


def receipt_text(plan: Plan, entry: Entry, path: str, notes: Sequence[Message], t: Translate) -> str:
    """Return the confirmation of one entry."""
    lines = [
        t(N_("Recorded: {what}")).format(what=_about(plan, entry, t)),
        f"  {year_label(entry.year, t)}  {entry.date.isoformat()}  {entry.by}",
        *(f"  {line}" for line in _content(plan, entry, t)),
        *(f"  ※ {note.text(t)}" for note in notes),
        f"  {path}",
    ]
    if entry.sample:
        lines.insert(1, f"  【{t(SAMPLE_BANNER)}】")
    if not isinstance(entry, Withdrawal):
        lines.append(t(N_('To take it back: pdca withdraw {entry} --reason "…"')).format(entry=entry.id))
    return "\n".join(lines)


def _about(plan: Plan, entry: Entry, t: Translate) -> str:
    place = plan.places.get(entry.target)
    return t(N_("the plan as a whole")) if place is None else f"{place.number} {plan.title(place)}"


def _content(plan: Plan, entry: Entry, t: Translate) -> Iterator[str]:
    match entry:
        case Activity():
            if entry.status:
                yield t(N_("Status: {name}")).format(name=print_status(plan, entry.status))
            yield entry.summary.split("\n")[0]
            yield from _values(plan, entry, t)
        case Actual():
            yield from _values(plan, entry, t)
            for slug, reason in entry.missing.items():
                yield f"{print_indicator(plan.indicators[slug][0], t)}: {reason}"
        case Evaluation():
            yield t(N_("Rating: {rating}")).format(rating=print_rating(plan, entry.rating))
        case Improvement():
            yield t(N_("Direction: {word}")).format(word=entry.direction)
            yield entry.next.split("\n")[0]
        case Opinion() | Response():
            yield from _council(plan, entry, t)
        case Withdrawal():
            yield t(N_("Taken back: {entry} ({reason})")).format(entry=entry.withdraws, reason=entry.reason)
    if entry.supersedes is not None:
        yield t(N_("Takes the place of {entry}")).format(entry=entry.supersedes)


def _council(plan: Plan, entry: Opinion | Response, t: Translate) -> Iterator[str]:
    match entry:
        case Opinion():
            yield t(N_("Meeting: {day}")).format(day=entry.meeting.isoformat())
            yield entry.text.split("\n")[0]
            yield t(N_('To answer it: pdca respond {entry} -m "…"')).format(entry=entry.id)
        case Response():
            answer = plan.scheme.answer(entry.state)
            yield t(N_("Answer to {entry}: {state}")).format(
                entry=entry.responds, state=entry.state if answer is None else answer.name
            )
            yield entry.text.split("\n")[0]


def _values(plan: Plan, entry: Activity | Actual, t: Translate) -> Iterator[str]:
    for slug, figure in entry.values.items():
        indicator = plan.indicators[slug][0]
        unit = "" if indicator.method == "done" else indicator.unit or ""
        yield f"{print_indicator(indicator, t)}: {print_measured(indicator, indicator.read(figure))}{unit}"
    if isinstance(entry, Actual) and entry.half is not None:
        yield t(N_("Half of the year: {half}")).format(half=t(HALVES[entry.half]))
