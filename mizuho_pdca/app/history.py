"""Who changed plan and records, when and how: git's history in the plan's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import TypeVar

from pydantic import TypeAdapter

from mizuho_pdca.app.as_of import head_of
from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.input.entries import no_entry
from mizuho_pdca.app.input.names import find_subject
from mizuho_pdca.app.workspace import FaultyPlan
from mizuho_pdca.domain.calendar import fiscal_year
from mizuho_pdca.domain.closing.seal import Seal, SealFile, read_seals
from mizuho_pdca.domain.history.commits import Change, id_in, is_entry, moves
from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.plan.numbers import NODE_ID, SLUG
from mizuho_pdca.domain.plan.plan import PLAN_SHAPE, Plan, PlanFile
from mizuho_pdca.domain.records.entries import ENTRY_SHAPE, WHOLE_PLAN
from mizuho_pdca.domain.records.kinds import references
from mizuho_pdca.domain.records.paths import (
    ALPHABET,
    ENTRY_ID,
    PLAN_PATH,
    RECORDS,
    TOKEN_LENGTH,
    EntryPath,
    entry_at,
    name_at,
    sealed_year,
)
from mizuho_pdca.domain.schema.shapes import read_shape
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message
from mizuho_pdca.papers.differences import (
    ChangedFact,
    entry_differences,
    entry_line,
    node_name,
    plan_differences,
    print_target,
)
from mizuho_pdca.papers.history import Changeset, EntryRef, Event, History
from mizuho_pdca.papers.steps import Words, indicator_name
from mizuho_pdca.papers.words import VIA, brief_year
from mizuho_pdca.storage.git.commits import Commits
from mizuho_pdca.storage.git.objects import Objects, Snapshot, opened
from mizuho_pdca.storage.loading import load_plan
from mizuho_pdca.storage.yaml.reading import Unreadable, parse
from mizuho_pdca.text import folded

T = TypeVar("T")


def history(desk: Desk, target: str | None, *, count: int | None = None, most: int | None = None) -> History:
    """Return the history of everything, or of what a person's number, indicator or entry means.

    ``count`` stops after so many commits, ``most`` looks into so many changes of one commit. Raise
    ``UsageFault`` for what neither the plan nor the history knows, ``EnvironmentFault`` without git.
    """
    head = head_of(desk.git)
    with opened(desk.git) as objects:
        commits = Commits(desk.git, objects, head)
        plan = _plan_now(desk, objects, commits.newest_first)
        subject = _subject(desk, plan, target)
        reading = _Changesets(objects, commits, plan, subject, most)
        changesets = (one for name in commits.newest_first if (one := reading.of(name)) is not None)
        found = [*islice(changesets, None if count is None else count + 1)]
    if not reading.met and subject.unless_found is not None:
        raise subject.unless_found
    shown = found[:count]
    return History(plan, subject.heading, tuple(shown), more=len(shown) < len(found), cut=reading.cut)


def _plan_now(desk: Desk, objects: Objects, commits: Iterable[str]) -> Plan:
    """Return the plan as it is, or as it last was without faults: who looks back may look for who broke it."""
    plan, problems = load_plan(desk.tree)
    if plan is None:
        at = {node.id: one for one in map(objects.commit, commits) if (node := objects.at(one, PLAN_PATH)) is not None}
        plan = next(filter(None, (load_plan(Snapshot(objects, one))[0] for one in at.values())), None)
    if plan is None:
        raise FaultyPlan(problems)
    return plan


# -- what the history is asked of -------------------------------------------------------------


@dataclass(frozen=True)
class _Subject:
    """What a person wants to know of: numbers, an indicator, an entry (its name or the end of it), or everything.

    ``unless_found`` is raised where the history holds nothing of it, because it may be mistyped.
    """

    heading: Words | None = None
    nodes: tuple[str, ...] = ()
    indicator: str | None = None
    entry: str | None = None
    unless_found: UsageFault | None = None

    @property
    def by_path(self) -> bool:
        """Return whether a path says whether an entry belongs to it."""
        return self.indicator is None and self.entry is None

    @property
    def of_plan_itself(self) -> bool:
        """Return whether everything in the plan belongs to it."""
        return self.by_path and self.nodes in ((), (WHOLE_PLAN,))

    def may_hold(self, path: str | None) -> bool:
        """Return whether what lies at a path may belong to it."""
        if path == PLAN_PATH:
            return self.entry is None
        place = entry_at(path or "")
        if place is None:
            return path is not None and self.by_path and not self.nodes
        return not self.nodes or self.has_node(place.target)

    def has_node(self, node_id: str) -> bool:
        """Return whether a number is one of those meant, or below one of them."""
        return any(node_id == known or node_id.startswith(f"{known}-") for known in self.nodes)

    def holds(self, path: str, raw: bytes | None) -> bool:
        """Return whether an entry at a path that may be meant is; one is read only where its bytes have the word."""
        word = self.indicator or self.entry
        if word is None or (self.entry is not None and self._is_named(name_at(path))):
            return True
        if raw is None or word.encode() not in raw:
            return False
        entry = _read(ENTRY_SHAPE, raw)
        if self.entry is not None:
            return entry is not None and any(self._is_named(name) for _, name in references(entry))
        return entry is None or any(word in getattr(entry, key, ()) for key in ("values", "missing"))

    def _is_named(self, name: str) -> bool:
        return name == self.entry or name.endswith(f"-{self.entry}")

    def of_plan(self, facts: Sequence[ChangedFact]) -> tuple[ChangedFact, ...]:
        """Return the differences of the plan that belong to it."""
        return tuple(
            one
            for one in facts
            if self.of_plan_itself
            or (self.indicator is not None and one.fact.indicator == self.indicator)
            or any(map(self.has_node, one.fact.ids))
        )

    def is_in(self, file: PlanFile) -> bool:
        """Return whether a plan has it."""
        plan = Plan(file)
        return self.of_plan_itself or self.indicator in plan.indicators or any(map(self.has_node, plan.places))


def _subject(desk: Desk, plan: Plan, target: str | None) -> _Subject:
    """Return what a person means: of the plan in force, of the plan, or of an older plan; raise ``UsageFault``."""
    if target is None:
        return _Subject()
    plain, year = target.strip(), fiscal_year(desk.today, plan.header.starts)
    for known in (plan.at(year), plan):
        try:
            return _in_plan(known, plan, target, year)
        except UsageFault as exc:
            fault = exc
    name = name_at(folded(target).replace("\\", "/"))
    if ENTRY_ID.fullmatch(name) or (len(name) == TOKEN_LENGTH and set(name) <= set(ALPHABET)):
        return _entry(desk, name)
    if NODE_ID.fullmatch(plain):
        return _Subject(plain, nodes=(plain,), unless_found=fault)
    if SLUG.fullmatch(plain):
        return _Subject(plain, indicator=plain, unless_found=fault)
    raise fault


def _in_plan(known: Plan, whole: Plan, target: str, year: int) -> _Subject:
    """Return the indicator or the node that a person means, with the entries of the original of a relisting."""
    found = find_subject(known, target, year)
    if isinstance(found, Indicator):
        return _Subject(message(N_("{name} ({id})"), name=indicator_name(found), id=found.id), indicator=found.id)
    if found is None:
        return _Subject(message(N_("whole plan")), nodes=(WHOLE_PLAN,))
    return _Subject(node_name(whole, found), nodes=(found.id, *filter(None, [found.node.original_id])))


def _entry(desk: Desk, name: str) -> _Subject:
    """Return an entry by its name or the end of it, as it lies in the folder or once lay there."""
    found = sorted({path.stem for path in (desk.root / RECORDS).glob(f"*/*/*{name}.yaml")})
    if len(found) > 1:
        raise UsageFault(
            N_('"{entry}" may mean {entries}'), entry=name, entries=found, remedy=message(N_("Give the whole name."))
        )
    if found:
        return _Subject(found[0], entry=found[0])
    return _Subject(name, entry=name, unless_found=no_entry(name))


# -- what commits did -------------------------------------------------------------------------


class _Changesets:
    """Says what commits did.

    ``cut`` is set where a commit's parents are missing (a shallow clone), ``met`` where something was
    found that is certainly of the subject: a plan that can't be read may or may not be.
    """

    def __init__(self, objects: Objects, commits: Commits, plan: Plan, subject: _Subject, most: int | None) -> None:
        self.objects = objects
        self.commits = commits
        self.plan = plan
        self.subject = subject
        self.most = most if subject.by_path else None
        self.cut = self.met = False
        self.plan_file = lru_cache(maxsize=8)(lambda blob: _read(PLAN_SHAPE, self.raw(blob)))

    def of(self, name: str) -> Changeset | None:
        """Return what a commit did; None if that is nothing that was asked for."""
        commit = self.commits.commit(name)
        if commit.parents and not self.commits.ancestry.parents[name]:
            self.cut = True
            return None
        may_hold = self.subject.may_hold
        steps = [(one, was) for one, was in self.moved(self.commits.own(name)) if may_hold(one.path) or may_hold(was)]
        looked_into = steps[: self.most]
        events = [event for change, was in looked_into for event in self.events(change, was)]
        self.met = self.met or any(event.text not in _UNCERTAIN for event in events)
        return Changeset(commit, tuple(events), len(steps) - len(looked_into)) if events else None

    def moved(self, changes: Sequence[Change]) -> Iterator[tuple[Change, str | None]]:
        """Yield changes; an entry that went from one path and came at another is one of them, with where it was."""
        gone = {one.path: one.before for one in changes if one.before and one.after is None and is_entry(one.path)}
        came = {one.path: one.after for one in changes if one.after and one.before is None and is_entry(one.path)}
        blobs = {**gone, **came}
        renamed = moves(gone, came, lambda path: id_in(_parsed(self.raw(blobs[path])))).renamed
        sources = {new: old for old, new in renamed.items()}
        for change in changes:
            if (was := sources.get(change.path)) is not None:
                yield replace(change, before=gone[was]), was
            elif change.path not in renamed:
                yield change, None

    def events(self, change: Change, was: str | None) -> Iterator[Event]:
        """Yield what became of a file that was at another path before, if it was moved."""
        if change.path == PLAN_PATH:
            yield from self.of_plan(change)
        elif (place := entry_at(change.path)) is not None:
            yield from self.of_entry(change, was, place)
        elif (year := sealed_year(change.path)) is not None:
            yield from self.of_seals(change, year)
        else:
            yield Event(change.kind, change.path, message(N_("a file that is no entry")))

    def raw(self, blob: str | None) -> bytes | None:
        """Return the bytes of a version, None where there is none."""
        return None if blob is None else self.objects.blob(blob)

    def of_plan(self, change: Change) -> Iterator[Event]:
        """Yield what became of the plan."""
        old, new = self.plan_file(change.before), self.plan_file(change.after)
        event = Event("plan", change.path, message(N_("the plan was deleted")))
        if change.after is None:
            if old is None or self.subject.is_in(old):
                yield event
        elif new is None:
            yield replace(event, text=_UNREAD)
        elif change.before is None:
            if self.subject.is_in(new):
                yield replace(event, text=message(N_("the plan came: {title}"), title=new.plan.title))
        elif old is None:
            yield replace(event, text=_READ_AGAIN)
        else:
            facts = plan_differences(old, new)
            mine = self.subject.of_plan(facts)
            if mine:
                yield replace(event, text=message(N_("{n} changes"), n=len(mine)), differences=mine)
            elif not facts and self.subject.of_plan_itself:
                yield replace(event, text=_ONLY_WRITING)

    def of_entry(self, change: Change, was: str | None, place: EntryPath) -> Iterator[Event]:
        """Yield what became of an entry."""
        before, after = self.raw(change.before), self.raw(change.after)
        if not self.subject.holds(was or change.path, before) and not self.subject.holds(change.path, after):
            return
        old, new = _read(ENTRY_SHAPE, before), _read(ENTRY_SHAPE, after)
        entry = new or old
        text = message(N_("this version can't be read")) if entry is None else entry_line(entry, self.plan)
        facts = () if old is None or new is None else entry_differences(old, new, self.plan)
        if was is not None:
            text = message(N_("{text} (was {path})"), text=text, path=was)
        elif change.kind == "edited" and not facts:
            is_read = old is not None and new is not None
            text = _ONLY_WRITING if is_read else message(N_("a version can't be read: {text}"), text=text)
        ref = EntryRef(place.name, place.target, print_target(place.target, self.plan))
        if entry is not None:
            ref = replace(ref, kind=entry.kind, sample=entry.sample)
            text = message(VIA[entry.via], text=text) if entry.via else text
        by = None if entry is None else entry.by
        yield Event(change.kind if was is None else "renamed", change.path, text, ref, facts, place.year, by)

    def of_seals(self, change: Change, year: int) -> Iterator[Event]:
        """Yield who closed or reopened a year, or what became of its seals otherwise."""
        old, new = (self.seals(blob, year) for blob in (change.before, change.after))
        named = brief_year(year)
        event = Event(change.kind, change.path, message(N_("the seals of {year}"), year=named), year=year)
        kept = () if old is None else old.seals
        if new is None or (change.before is not None and old is None):
            unread = message(N_("the seals of {year}: a version can't be read"), year=named)
            yield event if change.after is None else replace(event, text=unread)
            return
        if new.seals[: len(kept)] != kept:
            yield replace(event, text=message(N_("the seals of {year} are no longer those from before"), year=named))
        elif new.seals == kept:
            yield replace(event, text=_ONLY_WRITING)
        for seal in new.seals[len(kept) :]:
            day = seal.recorded.date().isoformat()
            if isinstance(seal, Seal):
                text = message(N_("{year} closed by {by} on {day}"), year=named, by=seal.by, day=day)
            else:
                words = N_("{year} reopened by {by} on {day}: {reason}")
                text = message(words, year=named, by=seal.by, day=day, reason=seal.reason)
            yield replace(event, kind="closed" if isinstance(seal, Seal) else "reopened", text=text, by=seal.by)

    def seals(self, blob: str | None, year: int) -> SealFile | None:
        """Return the seals of a version, None where it can't be read or there is none."""
        found = read_seals(_parsed(self.raw(blob)), year)
        return None if isinstance(found, list) else found


_UNREAD = message(N_("the plan can't be read as it stands here"))
_READ_AGAIN = message(N_("the plan can be read again; what was before can't, so nothing can be compared"))
_UNCERTAIN = (_UNREAD, _READ_AGAIN)
_ONLY_WRITING = message(N_("only how it is written changed; the content is the same"))


def _parsed(raw: bytes | None) -> object:
    try:
        return None if raw is None else parse(raw)
    except Unreadable:
        return None


def _read(adapter: TypeAdapter[T], raw: bytes | None) -> T | None:
    data = _parsed(raw)
    if data is None:
        return None
    shaped = read_shape(adapter, data)
    return None if isinstance(shaped, list) else shaped
