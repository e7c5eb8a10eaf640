"""What a person reads after forms came in: of each file what was recorded, what was known, what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.entries import Entry
from mizuho_pdca.domain.records.kinds import KINDS, texts
from mizuho_pdca.message import N_, Message, Translate, message
from mizuho_pdca.papers.entries.line import print_figures, said_first, subject_words
from mizuho_pdca.papers.forms.inbox import CameIn
from mizuho_pdca.papers.words import of_plan, print_status, year_label
from mizuho_pdca.render.layout import hanging
from mizuho_pdca.text import NONE, display_width, one_line

_MOST_LISTED = 3
"""So many files are told entry by entry; of more there is the table alone."""


def imported_text(plan: Plan, files: Sequence[CameIn], t: Translate, *, dry: bool, width: int) -> str:
    """Return what became of each file, a table of them where there are several."""
    t = of_plan(t, plan)
    lines = list[str]()
    for one in files:
        if one.is_refused or dry or len(files) <= _MOST_LISTED:
            lines += _file(plan, one, t, dry=dry, width=width)
    if len(files) > 1:
        lines += ["", *_table(files, t)]
    recorded = sum(len(one.entries) for one in files if not one.is_refused)
    if recorded and not dry:
        lines += ["", t(N_("{count} entries were recorded. pdca commit commits them.")).format(count=recorded)]
    elif dry:
        lines += ["", t(N_("Nothing was written (--dry-run)."))]
    return "\n".join(lines).strip("\n")


def _file(plan: Plan, one: CameIn, t: Translate, *, dry: bool, width: int) -> Iterator[str]:
    yield _head(one, t)
    if one.is_refused:
        words = N_("  refused: nothing of it was recorded ({count} faults, named below)")
        yield t(words).format(count=one.faults)
    else:
        yield from _entries(plan, one.entries, t, width)
        yield "  " + _sum(one, t, dry=dry)
    yield from (f"  ※ {note.text(t)}" for note in one.notes)


def _head(one: CameIn, t: Translate) -> str:
    parts = [one.name, one.by or one.department or ""]
    if one.year is not None:
        parts.append(year_label(one.year, t))
    return "■ " + "　".join(filter(None, parts))


def _sum(one: CameIn, t: Translate, *, dry: bool) -> str:
    words = N_("to be recorded: {new}; recorded already: {same}") if dry else N_("recorded: {new}; known: {same}")
    told = t(words).format(new=len(one.entries), same=one.same)
    if one.asked:
        told += t(N_("; filled in: {complete} of {asked} rows")).format(complete=one.complete, asked=one.asked)
    return told


def _entries(plan: Plan, entries: Sequence[Entry], t: Translate, width: int) -> Iterator[str]:
    """Yield the entries by what they are about, each in the words of a receipt."""
    for _, group in groupby(entries, key=lambda entry: entry.target):
        held = list(group)
        yield f"  {subject_words(plan, held[0], t)}"
        for entry in held:
            kind = KINDS[entry.kind].name.text(t)
            mark = t(N_("{kind} (corrects {entry})")).format(kind=kind, entry=entry.supersedes)
            figures = one_line(print_figures(plan, entry))
            said = said_first(plan, entry) if any(texts(entry)) or not figures else ""
            told = " ".join(filter(None, [*_statuses(plan, entry), figures, said])) or NONE
            yield from hanging(f"{mark if entry.supersedes else kind}: ", told, width, indent=4)


def _statuses(plan: Plan, entry: Entry) -> Iterator[str]:
    """Yield the status that an entry gives."""
    for key in KINDS[entry.kind].keys("status"):
        if getattr(entry, key):
            yield print_status(plan.at(entry.year), getattr(entry, key))


def _table(files: Sequence[CameIn], t: Translate) -> Iterator[str]:
    """Yield what came in, from whom, what is missing and what was refused."""
    heads = [N_("File"), N_("From"), N_("Recorded"), N_("Known"), N_("Filled in"), N_("Result")]
    rows = [[t(head) for head in heads], *(_cells(one, t) for one in files)]
    widths = [max(display_width(row[column]) for row in rows) for column in range(len(heads))]
    for row in rows:
        padded = (cell + " " * (wide - display_width(cell)) for cell, wide in zip(row, widths, strict=True))
        yield "  ".join(padded).rstrip()


def _cells(one: CameIn, t: Translate) -> list[str]:
    result: Message = message(N_("complete"))
    if one.is_refused:
        result = message(N_("refused"))
    elif one.complete < one.asked:
        result = message(N_("{count} rows are missing"), count=one.asked - one.complete)
    new = 0 if one.is_refused else len(one.entries)
    counts = [str(new), str(one.same), f"{one.complete}/{one.asked}"]
    return [one.name, one.by or one.department or NONE, *counts, result.text(t)]
