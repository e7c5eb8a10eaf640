"""What a person reads after recording: what was kept, where, and how to take it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, assert_never

from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.entries import Entry, Opinion, Withdrawal
from mizuho_pdca.domain.records.kinds import KINDS, EntryField, references
from mizuho_pdca.domain.schema.shapes import Figure
from mizuho_pdca.message import N_, Message, Translate
from mizuho_pdca.papers.words import (
    SAMPLE_BANNER,
    half_label,
    of_plan,
    print_indicator,
    print_measured,
    print_rating,
    print_status,
    year_label,
)


def receipt_text(plan: Plan, entry: Entry, path: str, notes: Sequence[Message], t: Translate) -> str:
    """Return the confirmation of one entry."""
    t = of_plan(t, plan)
    lines = [t(N_("Recorded: {what}")).format(what=_about(plan, entry, t)), *_body(plan, entry, notes, t), f"  {path}"]
    if entry.sample:
        lines.insert(1, f"  【{t(SAMPLE_BANNER)}】")
    if isinstance(entry, Opinion):
        lines.append(t(N_('To answer it: pdca respond {entry} -m "…"')).format(entry=entry.id))
    if not isinstance(entry, Withdrawal):
        lines.append(t(N_('To take it back: pdca withdraw {entry} --reason "…"')).format(entry=entry.id))
    return "\n".join(lines)


def preview_text(plan: Plan, entry: Entry, notes: Sequence[Message], t: Translate) -> str:
    """Return an entry as it will stand, before it is recorded."""
    t = of_plan(t, plan)
    return "\n".join([_about(plan, entry, t), *_body(plan, entry, notes, t)])


def _body(plan: Plan, entry: Entry, notes: Sequence[Message], t: Translate) -> Iterator[str]:
    yield f"  {year_label(entry.year, t)}  {entry.date.isoformat()}  {entry.by}"
    yield from (f"  {line}" for line in _content(plan, entry, t))
    yield from (f"  ※ {note.text(t)}" for note in notes)


def _about(plan: Plan, entry: Entry, t: Translate) -> str:
    place = plan.places.get(entry.target)
    return t(N_("the plan as a whole")) if place is None else f"{place.number} {plan.title(place)}"


def _content(plan: Plan, entry: Entry, t: Translate) -> Iterator[str]:
    for field in KINDS[entry.kind].fields:
        held = getattr(entry, field.key)
        if held is not None:
            yield from _said(plan, entry, field, held, t)
    if entry.supersedes is not None:
        yield t(N_("Takes the place of {entry}")).format(entry=entry.supersedes)


def _said(plan: Plan, entry: Entry, field: EntryField, held: Any, t: Translate) -> Iterator[str]:  # noqa: ANN401, C901 (a line a form)
    match field.form:
        case "status":
            yield t(N_("Status: {name}")).format(name=print_status(plan, held))
        case "rating":
            yield t(N_("Rating: {rating}")).format(rating=print_rating(plan, held))
        case "direction":
            yield t(N_("Direction: {word}")).format(word=held)
        case "day":
            yield t(N_("Meeting: {day}")).format(day=held.isoformat())
        case "text":
            yield held.split("\n")[0]
        case "figures":
            yield from _values(plan, held, t)
        case "reasons":
            yield from (f"{print_indicator(plan.indicators[slug][0], t)}: {reason}" for slug, reason in held.items())
        case "answer":
            answer = plan.scheme.answer(held)
            said = held if answer is None else answer.name
            yield t(N_("Answer to {entry}: {state}")).format(entry=dict(references(entry))["responds"], state=said)
        case "undone":
            yield t(N_("Taken back: {entry} ({reason})")).format(entry=held, reason=entry.reason)
        case "half":
            yield t(N_("Half of the year: {half}")).format(half=half_label(plan, held).text(t))
        case "answered" | "links" | "note" | "grounds":
            pass
        case _:
            assert_never(field.form)


def _values(plan: Plan, figures: Mapping[str, Figure], t: Translate) -> Iterator[str]:
    for slug, figure in figures.items():
        indicator = plan.indicators[slug][0]
        unit = "" if indicator.method == "done" else indicator.unit or ""
        yield f"{print_indicator(indicator, t)}: {print_measured(indicator, indicator.read(figure))}{unit}"
