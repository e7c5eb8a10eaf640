"""Which entry is meant: by its name or a beginning of it, by its file, or as the newest. Never the first of two."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from operator import attrgetter

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.workspace import open_workspace
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.entries import Entry
from mizuho_pdca.domain.records.kinds import KINDS
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.records.paths import ENTRY_ID, RECORDS, name_at, token_of
from mizuho_pdca.errors import Refused, UsageFault
from mizuho_pdca.language import translator
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.papers.entries.line import told_apart
from mizuho_pdca.storage.folder import Folder
from mizuho_pdca.text import TO_HYPHENS, folded

LAST = frozenset({"last", "直前", "最後", "最新"})
"""What people call the entry that was recorded last."""

_LEAST = 2
"""Signs that a beginning has at least: a single one names half of all entries."""

_MOST = 20
"""So many entries that may be meant are named, the newest; the rest is counted."""

_ALIKE = str.maketrans("oil", "011")
"""Letters that no name has, and the digits that they were read as."""

_ALSO: Mapping[str, tuple[str, ...]] = {
    "activity": ("記録", "取組", "log"),
    "evaluation": ("evaluate",),
    "improvement": ("今後の方向性", "improve"),
    "response": ("回答", "respond"),
    "withdrawal": ("取り消し", "withdraw"),
}
"""What people call kinds of entries beside their codes and their names."""

_DATED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}-)(.*)")


def that_may_be_meant(
    plan: Plan, ledger: Ledger, kinds: Collection[str] | None = None, *, only_open: bool = False
) -> list[Entry]:
    """Return the entries in force of some kinds, oldest first; of opinions those that still wait, where asked."""
    found = [entry for entry in ledger.in_force if kinds is None or entry.kind in kinds]
    if not only_open:
        return found
    from mizuho_pdca.domain.review.council import opinions

    waiting = {row.opinion.id for row in opinions(plan, ledger) if row.is_open}
    return [entry for entry in found if entry.id in waiting]


def entry_in_force(
    desk: Desk,
    text: str,
    kinds: Collection[str] | None = None,
    *,
    only_open: bool = False,
    to_withdraw: bool = False,
) -> tuple[Entry, list[Message]]:
    """Return the entry that is meant, if it may still be corrected, withdrawn or answered, with what is worth a note.

    ``kinds`` and ``only_open`` say which ones "last" may mean; one that is at fault for what it
    refers to can only be withdrawn. Raise ``UsageFault`` where none is
    meant or several are, ``Refused`` if another has taken its place.
    """
    plan, workspace = open_workspace(desk)
    ledger = workspace.ledger
    if is_last(text):
        found = that_may_be_meant(plan, ledger, kinds, only_open=only_open)
        if not found and kinds is not None and len(kinds) == 1:
            raise _none_of(plan, ledger, next(iter(kinds)))
        return newest(plan, found, text)
    known = Ledger([*ledger.entries, *workspace.entangled]) if to_withdraw and workspace.entangled else ledger
    entry = named(desk.tree, plan, known, text)
    later = ledger.withdrawn_by.get(entry.id) or ledger.superseded_by.get(entry.id)
    if later is not None:
        raise Refused(
            N_("the entry {entry} is no longer in force; {later} took its place"),
            entry=entry.id,
            later=later.id,
            remedy=_in_its_place(ledger, entry, later),
        )
    return entry, []


def _none_of(plan: Plan, ledger: Ledger, kind: str) -> UsageFault:
    """Return what to say where no entry of a kind is there to be meant: none at all, or none that waits."""
    known = KINDS[kind]
    if that_may_be_meant(plan, ledger, {kind}):
        remedy = message(N_("pdca list shows what was recorded, with the names."))
        return UsageFault(N_("{kind} that is still open was not found"), kind=known.name, remedy=remedy)
    remedy = message(N_("Record it with pdca {command}; --help shows how."), command=known.command)
    return UsageFault(N_("{kind} has not been recorded yet"), kind=known.name, remedy=remedy)


def is_last(text: str) -> bool:
    """Return whether the entry is meant that was recorded last."""
    return folded(text).casefold() in LAST


def newest(plan: Plan, entries: Sequence[Entry], text: str) -> tuple[Entry, list[Message]]:
    """Return the one that was recorded last, with a note that says which that is; raise ``UsageFault``."""
    if not entries:
        raise UsageFault(
            N_('there is no entry that "{text}" could mean'),
            text=text,
            remedy=message(N_("pdca list shows what was recorded, with the names.")),
        )
    entry = max(entries, key=attrgetter("recorded", "date", "id"))
    words = N_("{text} is {entry}, recorded by {by}: {what}")
    return entry, [message(words, text=text, entry=entry.id, by=entry.by, what=told_apart(plan, entry, title=False))]


def named(tree: Folder, plan: Plan, ledger: Ledger, text: str) -> Entry:
    """Return the entry of a name, in force or not; raise ``UsageFault`` where there is none, or several."""
    whole, token = _spelled(text)
    if whole in ledger.by_id:
        return ledger.by_id[whole]
    if len(whole) < _LEAST:
        raise no_entry(text)
    files = {name for found in tree.records() if ENTRY_ID.fullmatch(name := name_at(found.path))}
    known = list(filter(may_be_named(text), sorted({*ledger.by_id, *files})))
    exact = [name for name in known if name == whole or token_of(name) == token]
    meant = exact or known
    if not meant:
        raise no_entry(text)
    if len(meant) > 1:
        raise _several(plan, ledger, text, meant)
    if meant[0] not in ledger.by_id:
        raise UsageFault(
            N_("the entry {entry} has a fault and can't be used"),
            entry=meant[0],
            remedy=message(N_("pdca validate says what is wrong with it.")),
        )
    return ledger.by_id[meant[0]]


def may_be_named(text: str) -> Callable[[str], bool]:
    """Return what tells whether the name of an entry is, or begins as, the one that was typed."""
    whole, token = _spelled(text)
    return lambda name: name.startswith(whole) or token_of(name).startswith(token)


def _spelled(text: str) -> tuple[str, str]:
    """Return a typed name as names are written, and what may be its random part."""
    path = folded(text).replace("\\", "/")
    if path.lower().endswith(".yaml") or f"{RECORDS}/" in path:
        path = name_at(path)
    name = path.translate(TO_HYPHENS).lower()
    dated = _DATED.fullmatch(name)
    if dated is None:
        return name, name.translate(_ALIKE)
    whole = dated[1] + dated[2].translate(_ALIKE)
    return whole, whole


def _several(plan: Plan, ledger: Ledger, text: str, names: Sequence[str]) -> UsageFault:
    """Return what to say where several entries are meant: all of them with what they are known by, newest first."""
    shown = sorted(names, reverse=True)[:_MOST]
    lines = [
        f"  {name}  {told_apart(plan, ledger.by_id[name], title=False)}" if name in ledger.by_id else f"  {name}"
        for name in shown
    ]
    rest = len(names) - len(shown)
    more = [message(N_("\n  and {count} more"), count=rest)] if rest else []
    return UsageFault(
        N_('"{entry}" may mean several entries:\n{entries}{more}'),
        entry=text,
        entries="\n".join(lines),
        more=more,
        remedy=message(N_("Write more of the name that stands first in the line.")),
    )


def typed_kind(text: str) -> str:
    """Return the code of the kind of entry that is meant by its name or the beginning of it; raise ``UsageFault``."""
    plain, japanese = folded(text).casefold(), translator("ja")
    words = {code: (code, kind.name.text(japanese), *_ALSO.get(code, ())) for code, kind in KINDS.items()}
    found = [code for code, known in words.items() if plain and any(word.startswith(plain) for word in known)]
    if len(found) != 1:
        raise UsageFault(
            N_('"{value}" may be several kinds of entry') if found else N_('"{value}" is no kind of entry'),
            value=text,
            remedy=message(N_("Write one of {kinds}."), kinds=[kind.name for kind in KINDS.values()]),
        )
    return found[0]


def no_entry(text: str) -> UsageFault:
    """Return what to say where no entry has the name."""
    return UsageFault(
        N_('there is no entry "{entry}"'),
        entry=text,
        remedy=message(N_("pdca list shows the entries with their names, such as 2024-06-12-k7x3q9 or k7x3q9.")),
    )


def _in_its_place(ledger: Ledger, entry: Entry, later: Entry) -> Message:
    """Return what to name instead of an entry that is no longer in force."""
    first = ledger.first_form(entry)
    for other in ledger.in_force:
        if ledger.first_form(other) is first:
            return message(N_("Name the entry that is in force: {entry}"), entry=other.id)
    words = N_(
        "Nothing is in force in its place. Record it anew, or undo the withdrawal: pdca withdraw {later} --reason …"
    )
    return message(words, later=later.id)
