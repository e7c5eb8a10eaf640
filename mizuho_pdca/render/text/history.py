"""The history as a person reads it: a block for each commit, what it did below it, newest first."""

from __future__ import annotations

from collections.abc import Iterator

from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.differences import ChangedFact, or_none
from mizuho_pdca.papers.history import LABELS, Changeset, Event, History, print_moment
from mizuho_pdca.papers.steps import print_words
from mizuho_pdca.papers.words import SAMPLE_BANNER
from mizuho_pdca.render.layout import hanging, wrap
from mizuho_pdca.text import display_width, visible

_INDENT = 2
_GAP = "  "
_BULLET = "・"
_SHORT = 12
_FEW = 2
"""Lines that a difference may take before the two values get lines of their own."""


def history_text(found: History, t: Translate, width: int) -> str:
    """Return the history in lines of at most ``width`` columns."""
    title = t(N_("{plan}: history")).format(plan=found.plan.header.title)
    lines = wrap(_visible(title), width)
    if found.subject is not None:
        lines += wrap(_visible(print_words(found.subject, t)), width)
    if found.sample:
        lines.append(f"【{t(SAMPLE_BANNER)}】")
    for changeset in found.commits:
        lines += ["", *_commit(changeset, t, width)]
    lines += [line for note in _notes(found, t) for line in ("", *_hanging("※ ", note, 0, width))]
    return "\n".join([*lines, ""])


def _notes(found: History, t: Translate) -> Iterator[str]:
    if not found.commits:
        yield t(N_("No commit has changed this. What is not committed yet has no history."))
    if found.more:
        yield t(N_("There are older changes; -n 0 shows all of them."))
    if found.cut:
        yield t(N_("This copy of the repository lacks its older commits; git fetch --unshallow brings them."))


def _commit(changeset: Changeset, t: Translate, width: int) -> Iterator[str]:
    commit = changeset.commit
    author = f"{commit.author} <{commit.email}>" if commit.email else commit.author
    when = print_moment(changeset.committed, t)
    yield from _hanging(f"{when}{_GAP}", f"{commit.id[:_SHORT]}{_GAP}{author}", 0, width)
    if changeset.is_dated_apart:
        words = t(N_("time that the author gives: {moment}")).format(moment=print_moment(changeset.authored, t))
        yield from _hanging("", words, _INDENT, width)
    if changeset.other_committer is not None:
        yield from _hanging("", t(N_("committed by {name}")).format(name=changeset.other_committer), _INDENT, width)
    yield from _hanging("", commit.subject, _INDENT, width)
    room = max(display_width(t(label)) for label in LABELS.values())
    for event in changeset.events:
        label = t(LABELS[event.kind])
        mark = label + " " * (room - display_width(label)) + _GAP
        yield from _event(event, mark, t, width)
    if changeset.rest:
        yield from _hanging("", t(N_("  and {n} more")).format(n=changeset.rest).strip(), _INDENT, width)


def _event(event: Event, mark: str, t: Translate, width: int) -> Iterator[str]:
    entry = event.entry
    if event.kind == "plan" and event.differences:
        for one in event.differences:
            yield from _difference(one, mark, _INDENT, t, width)
        return
    about = [event.path] if entry is None else [entry.name, print_words(entry.number, t), event.by or ""]
    if entry is None and event.kind in ("closed", "reopened", "plan"):
        about = []
    yield from _hanging(mark, _GAP.join([*filter(None, about), print_words(event.text, t)]), _INDENT, width)
    for one in event.differences:
        yield from _difference(one, _BULLET, _INDENT + display_width(mark), t, width)


def _difference(one: ChangedFact, mark: str, indent: int, t: Translate, width: int) -> Iterator[str]:
    """Yield a difference in one line, or with each of two long texts in lines of its own."""
    what = one.fact.what if mark == _BULLET else one.heading
    told = one.told(what).text(t)
    lines = list(_hanging(mark, told, indent, width))
    if one.kind != "changed" or (len(lines) <= _FEW and "\n" not in told.strip("\n")):
        yield from lines
        return
    yield from _hanging(mark, print_words(what, t), indent, width)
    inner = indent + display_width(mark)
    yield from _hanging(t(N_("before: ")), print_words(or_none(one.before), t), inner, width)
    yield from _hanging(t(N_("after: ")), print_words(or_none(one.after), t), inner, width)


def _hanging(mark: str, text: str, indent: int, width: int) -> Iterator[str]:
    return hanging(mark, _visible(text.strip("\n")), width, indent)


def _visible(text: str) -> str:
    """Return a text that names what nobody would see, in its lines."""
    return "\n".join(map(visible, text.split("\n")))
