"""What a person reads after recording: all that was kept, where, and how to take it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.entries import Activity, Entry, Opinion, Response, Withdrawal
from mizuho_pdca.domain.records.kinds import KINDS, EntryField
from mizuho_pdca.message import N_, Message, Translate
from mizuho_pdca.papers.entries.line import measured, said, subject_words
from mizuho_pdca.papers.words import SAMPLE_BANNER, of_plan, year_label
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
        *wrap(t(words).format(what=subject_words(plan, entry, t)), width),
        *_body(plan, entry, notes, t, before=before, width=width),
    ]
    lines.append(f"  {path}")
    if not isinstance(entry, Withdrawal):
        lines.append(t(N_('To take it back: pdca withdraw {entry} --reason "…"')).format(entry=entry.id))
    return "\n".join(lines)


def preview_text(
    plan: Plan,
    entry: Entry,
    notes: Sequence[Message],
    t: Translate,
    *,
    before: Entry | None = None,
    width: int = _WIDTH,
) -> str:
    """Return an entry as it will stand, before it is recorded; of a correction what will differ."""
    t = of_plan(t, plan)
    return "\n".join([subject_words(plan, entry, t), *_body(plan, entry, notes, t, before=before, width=width)])


def _body(
    plan: Plan, entry: Entry, notes: Sequence[Message], t: Translate, *, before: Entry | None, width: int
) -> Iterator[str]:
    if entry.sample:
        yield f"  【{t(SAMPLE_BANNER)}】"
    yield f"  {year_label(entry.year, t)}  {entry.date.isoformat()}  {entry.by}"
    yield from _drawn(_why(entry, t), width)
    if isinstance(entry, Activity) and (place := plan.places.get(entry.target)) and (step := place.step(entry.year)):
        yield from _drawn([(t(N_("planned for the year")), step)], width)
    rows = _rows(plan, entry, t)
    if before is None:
        yield from _drawn(rows.values(), width)
    else:
        old, new = _frame(before, t) | _rows(plan, before, t), _frame(entry, t) | rows
        yield from _compared(old, new, t, width, is_moved=before.target != entry.target)
    if isinstance(entry, Opinion):
        yield "  " + t(N_('To answer it: pdca respond {entry} -m "…"')).format(entry=entry.id)
    yield from (f"  ※ {note.text(t)}" for note in notes)  # whole: one that is broken can't be copied as a command


def _drawn(rows: Iterable[Row], width: int, indent: int = _INDENT) -> Iterator[str]:
    for label, text in rows:
        mark = label.removeprefix("the ")
        yield from (line.rstrip() for line in hanging(f"{mark[:1].upper()}{mark[1:]}: ", text, width, indent))


def _compared(old: Rows, new: Rows, t: Translate, width: int, *, is_moved: bool) -> Iterator[str]:
    """Yield what differs between two versions, before and after, then what stays; a note tells of a move."""
    changed = [key for key in old | new if old.get(key) != new.get(key)]
    if changed or not is_moved:
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
        if field.form in ("figures", "reasons"):
            rows |= {f"values.{slug}": (name, text) for slug, name, text in measured(plan, entry, field, t)}
        elif (text := _said(plan, entry, field, t)) is not None:
            rows[field.key] = t(field.words), text
    return rows


def _said(plan: Plan, entry: Entry, field: EntryField, t: Translate) -> str | None:
    """Return what a key holds in words, None where it holds nothing."""
    held = getattr(entry, field.key)
    if field.form == "grounds":
        return entry.refusal if isinstance(entry, Response) else None
    if field.form == "undone":
        return t(N_("{entry} ({reason})")).format(entry=held, reason=entry.reason)
    return None if held in (None, ()) else said(plan, entry, field, t).strip()
