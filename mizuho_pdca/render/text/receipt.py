"""What a person reads after recording: all that was kept, where, and how to take it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, assert_never

from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.entries import Entry, Opinion, Response, Withdrawal
from mizuho_pdca.domain.records.kinds import KINDS, EntryField
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
from mizuho_pdca.render.layout import hanging, wrap
from mizuho_pdca.text import NONE

_WIDTH = 80
_INDENT = 2

Row = tuple[str, str]
"""What something is called, and what is held of it."""

Rows = dict[str, Row]


def receipt_text(  # noqa: PLR0913 (what a use case hands back, part by part)
    plan: Plan,
    entry: Entry,
    path: str,
    notes: Sequence[Message],
    t: Translate,
    *,
    before: Entry | None = None,
    width: int = _WIDTH,
) -> str:
    """Return the confirmation of one entry; of a correction also what differs from the entry ``before`` it."""
    t = of_plan(t, plan)
    words = N_("Recorded: {what}") if entry.supersedes is None else N_("Corrected: {what}")
    lines = [
        *wrap(t(words).format(what=_about(plan, entry, t)), width),
        f"  {year_label(entry.year, t)}  {entry.date.isoformat()}  {entry.by}",
    ]
    if entry.sample:
        lines.insert(-1, f"  【{t(SAMPLE_BANNER)}】")
    lines += _drawn(_why(entry, t), width)
    rows = _rows(plan, entry, t)
    if before is None:
        lines += _drawn(rows.values(), width)
    else:
        lines += _compared(_frame(before, t) | _rows(plan, before, t), _frame(entry, t) | rows, t, width)
    if isinstance(entry, Opinion):
        lines.append("  " + t(N_('To answer it: pdca respond {entry} -m "…"')).format(entry=entry.id))
    lines += [f"  ※ {note.text(t)}" for note in notes]  # whole: one that is broken can't be copied as a command
    lines.append(f"  {path}")
    if not isinstance(entry, Withdrawal):
        lines.append(t(N_('To take it back: pdca withdraw {entry} --reason "…"')).format(entry=entry.id))
    return "\n".join(lines)


def preview_text(plan: Plan, entry: Entry, notes: Sequence[Message], t: Translate, width: int = _WIDTH) -> str:
    """Return an entry as it will stand, before it is recorded."""
    t = of_plan(t, plan)
    lines = [
        *wrap(_about(plan, entry, t), width),
        f"  {year_label(entry.year, t)}  {entry.date.isoformat()}  {entry.by}",
    ]
    lines += _drawn(_why(entry, t), width)
    lines += _drawn(_rows(plan, entry, t).values(), width)
    lines += [f"  ※ {note.text(t)}" for note in notes]
    return "\n".join(lines)


def _about(plan: Plan, entry: Entry, t: Translate) -> str:
    place = plan.places.get(entry.target)
    return t(N_("the plan as a whole")) if place is None else f"{place.number} {plan.title(place)}"


def _drawn(rows: Iterable[Row], width: int, indent: int = _INDENT) -> Iterator[str]:
    for label, text in rows:
        mark = label.removeprefix("the ")
        yield from (line.rstrip() for line in hanging(f"{mark[:1].upper()}{mark[1:]}: ", text, width, indent))


def _compared(old: Rows, new: Rows, t: Translate, width: int) -> Iterator[str]:
    """Yield what differs between two versions, before and after, then what stays."""
    changed = [key for key in old | new if old.get(key) != new.get(key)]
    yield "  " + (t(N_("What changed:")) if changed else t(N_("What changed: nothing")))
    none = t(N_("(none)"))
    for key in changed:
        label = (old | new)[key][0]
        before, after = (rows[key][1] if key in rows else none for rows in (old, new))
        if "\n" in before + after:
            labels = (t(words).format(label=label) for words in (N_("{label} (before)"), N_("{label} (after)")))
            yield from _drawn(zip(labels, (before, after), strict=True), width, 2 * _INDENT)
        else:
            yield from _drawn([(label, f"{before} → {after}")], width, 2 * _INDENT)
    same = [row for key, row in new.items() if key not in changed and key not in _FRAME]
    if same:
        yield "  " + t(N_("What stays:"))
        yield from _drawn(same, width, 2 * _INDENT)


# -- what an entry says -----------------------------------------------------------------------


_FRAME = ("year", "date", "by")
"""What stands in the head of a receipt."""


def _frame(entry: Entry, t: Translate) -> Rows:
    said = (year_label(entry.year, t), entry.date.isoformat(), entry.by)
    labels = (N_("fiscal year"), N_("date"), N_("recorded by"))
    return {key: (t(label), text) for key, label, text in zip(_FRAME, labels, said, strict=True)}


def _why(entry: Entry, t: Translate) -> Iterator[Row]:
    """Yield what a correction takes the place of, and why."""
    if entry.supersedes is not None:
        yield t(N_("entry corrected")), entry.supersedes
        yield t(N_("why it is corrected")), entry.reason or NONE


def _rows(plan: Plan, entry: Entry, t: Translate) -> Rows:
    """Return all that the keys of its kind hold, by key; a figure, or why there is none, by its indicator."""
    rows: Rows = {}
    for field in KINDS[entry.kind].fields:
        held = getattr(entry, field.key)
        if field.form in ("figures", "reasons"):
            rows |= {f"values.{slug}": row for slug, row in _measured(plan, field, held, t)}
        elif (text := _said(plan, entry, field, held, t)) is not None:
            rows[field.key] = t(field.words), text
    return rows


def _measured(plan: Plan, field: EntryField, held: Mapping[str, Any], t: Translate) -> Iterator[tuple[str, Row]]:
    """Yield by indicator its figure, or why there is none."""
    for slug, said in held.items():
        indicator = plan.indicators[slug][0]
        unit = "" if indicator.method == "done" else indicator.unit or ""
        figure = said if field.form == "reasons" else f"{print_measured(indicator, indicator.read(said))}{unit}"
        yield slug, (print_indicator(indicator, t), figure)


def _said(  # noqa: C901, PLR0911 (one row a kind of value)
    plan: Plan,
    entry: Entry,
    field: EntryField,
    held: Any,  # noqa: ANN401 (the value of any field)
    t: Translate,
) -> str | None:
    """Return what a key holds in words, None where it holds nothing."""
    match field.form:
        case "grounds":
            return entry.refusal if isinstance(entry, Response) else None
        case "undone":
            return t(N_("{entry} ({reason})")).format(entry=held, reason=entry.reason)
        case _ if held in (None, ()):
            return None
        case "status":
            return print_status(plan, held)
        case "rating":
            return print_rating(plan, held)
        case "day" | "last_day":
            return str(held.isoformat())
        case "answer":
            answer = plan.scheme.answer(held)
            return str(held) if answer is None else answer.name
        case "half":
            return half_label(plan, held).text(t)
        case "links":
            return "\n".join(held)
        case "text" | "note" | "direction" | "answered" | "figures" | "reasons":
            return str(held).strip()
        case _:
            assert_never(field.form)
