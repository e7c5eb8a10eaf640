"""Trace who changed plan and records, when and how: git's history in the plan's words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from mizuho_pdca.app.as_of import head_of
from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.input import find_indicator, find_place
from mizuho_pdca.app.opinion import WHOLE_WORDS
from mizuho_pdca.app.workspace import FaultyPlan
from mizuho_pdca.domain.calendar import fiscal_year
from mizuho_pdca.domain.closing.seal import Seal, SealFile, read_seals
from mizuho_pdca.domain.history.commits import Ancestry, Change, is_entry, moves, own_changes
from mizuho_pdca.domain.plan.numbers import NODE_ID, SLUG
from mizuho_pdca.domain.plan.plan import PLAN_SHAPE, Place, Plan, PlanFile
from mizuho_pdca.domain.records.entries import ENTRY_SHAPE, WHOLE_PLAN, Activity, Actual, Entry, Response
from mizuho_pdca.domain.records.kinds import displaced
from mizuho_pdca.domain.records.paths import ALPHABET, ENTRY_ID, PLAN_PATH, RECORDS, TOKEN_LENGTH, sealed_year
from mizuho_pdca.domain.schema.shapes import read_shape
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message
from mizuho_pdca.papers.differences import Difference, brief_year
from mizuho_pdca.papers.entry_changes import entry_differences, entry_line, print_target
from mizuho_pdca.papers.history import Event, EventKind, History, Recording, Traced
from mizuho_pdca.papers.plan_changes import node_name, plan_differences
from mizuho_pdca.papers.steps import Words, indicator_name
from mizuho_pdca.storage.git.differences import Differences
from mizuho_pdca.storage.git.objects import Objects, Snapshot, opened
from mizuho_pdca.storage.git.program import Git
from mizuho_pdca.storage.loading import load_plan
from mizuho_pdca.storage.yaml.reading import Unreadable, parse
from mizuho_pdca.text import folded

_ENTRY = re.compile(rf"{RECORDS}/([0-9]{{4}})/([^/]+)/([^/]+)\.yaml")
_PLANS_KEPT = 8


def trace(desk: Desk, target: str | None, *, count: int | None = None, most: int | None = None) -> History:
    """Return the history of everything, or of what a person's number, indicator or entry means.

    ``count`` stops after so many commits, ``most`` looks into so many changes of one commit. Raise
    ``UsageFault`` for what neither the plan nor the history knows, ``EnvironmentFault`` without git.
    """
    head = head_of(desk.git)
    rows = [line.split() for line in desk.git.read("rev-list", "--parents", "--date-order", head, "--").splitlines()]
    with opened(desk.git) as objects:
        plan = _plan_now(desk, objects, (row[0] for row in rows))
        subject = _subject(desk, plan, target)
        tracer = _Tracer(objects, _Commits(desk.git, objects, rows), plan, subject, most)
        found = []
        for row in rows:
            traced = tracer.traced(row)
            if traced is not None:
                found.append(traced)
            if count is not None and len(found) > count:
                break
        if not tracer.met and subject.unless_found is not None:
            raise subject.unless_found
        shown = found[:count]
        return History(plan, subject.heading, tuple(shown), more=len(shown) < len(found), cut=tracer.cut)


def _plan_now(desk: Desk, objects: Objects, commits: Iterable[str]) -> Plan:
    """Return the plan as it is, or as it last was without faults: who looks back may look for who broke it."""
    plan, problems = load_plan(desk.tree)
    if plan is not None:
        return plan
    tried = set()
    for name in commits:
        snapshot = Snapshot(objects, objects.commit(name))
        node = objects.at(snapshot.commit, PLAN_PATH)
        if node is not None and node.id not in tried:
            tried.add(node.id)
            plan, _ = load_plan(snapshot)
            if plan is not None:
                return plan
    raise FaultyPlan(problems)


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
    def is_everything(self) -> bool:
        """Return whether nothing in particular was asked for."""
        return self.indicator is None and self.entry is None and not self.nodes

    @property
    def by_path(self) -> bool:
        """Return whether a path says whether an entry belongs to it."""
        return self.indicator is None and self.entry is None

    def may_hold(self, path: str) -> bool:
        """Return whether what lies at a path may belong to it."""
        match = _ENTRY.fullmatch(path)
        if self.is_everything:
            return True
        if path == PLAN_PATH:
            return self.entry is None
        return match is not None and (not self.nodes or self.has_node(match[2]))

    def has_node(self, node_id: str) -> bool:
        """Return whether a number is one of those meant, or below one of them."""
        return any(node_id == known or node_id.startswith(f"{known}-") for known in self.nodes)

    def is_named(self, name: str) -> bool:
        """Return whether an entry's name is the one that was asked for."""
        return self.entry is not None and (name == self.entry or name.endswith(f"-{self.entry}"))

    def holds(self, path: str, raw: bytes | None, entry: Entry | None) -> bool:
        """Return whether an entry at a path that may be meant is."""
        if self.entry is not None:
            named = [] if entry is None else [name for _, name in displaced(entry)]
            if isinstance(entry, Response):
                named.append(entry.responds)
            return any(map(self.is_named, [_name(path), *named]))
        if self.indicator is None:
            return True
        match entry:
            case Activity():
                return self.indicator in entry.values
            case Actual():
                return self.indicator in entry.values or self.indicator in entry.missing
            case _:
                return entry is None and raw is not None and self.indicator.encode() in raw

    def is_worth_reading(self, names: Iterable[str], *versions: bytes | None) -> bool:
        """Return whether an entry's bytes may have to do with what is meant: reading it takes far longer."""
        word = self.indicator if self.entry is None else self.entry
        return (
            word is None
            or any(map(self.is_named, names))
            or any(raw is not None and word.encode() in raw for raw in versions)
        )

    @property
    def of_plan_itself(self) -> bool:
        """Return whether everything in the plan belongs to it."""
        return self.is_everything or self.nodes == (WHOLE_PLAN,)

    def of_plan(self, differences: Sequence[Difference]) -> tuple[Difference, ...]:
        """Return the differences of the plan that belong to it."""
        if self.of_plan_itself:
            return tuple(differences)
        return tuple(
            one
            for one in differences
            if (self.indicator is not None and one.part.indicator == self.indicator)
            or any(map(self.has_node, one.part.nodes))
        )

    def is_in(self, file: PlanFile) -> bool:
        """Return whether a plan has it."""
        plan = Plan(file)
        return self.of_plan_itself or self.indicator in plan.indicators or any(map(self.has_node, plan.places))


def _subject(desk: Desk, plan: Plan, target: str | None) -> _Subject:
    """Return what a person means; raise ``UsageFault``."""
    if target is None:
        return _Subject()
    if target.strip() in WHOLE_WORDS:
        return _Subject(message(N_("whole plan")), nodes=(WHOLE_PLAN,))
    name = _name(folded(target).replace("\\", "/"))
    if ENTRY_ID.fullmatch(name):
        return _entry(desk, name)
    for known in (plan.at(fiscal_year(desk.today)), plan):
        found = _in_plan(known, plan, target)
        if found is not None:
            return found
    if len(name) == TOKEN_LENGTH and set(name) <= set(ALPHABET):
        return _entry(desk, name)
    return _of_old(plan, target)


def _in_plan(known: Plan, whole: Plan, target: str) -> _Subject | None:
    try:
        indicator, _ = find_indicator(known, target)
    except UsageFault:
        pass
    else:
        heading = message(N_("{name} ({id})"), name=indicator_name(indicator), id=indicator.id)
        return _Subject(heading, indicator=indicator.id)
    try:
        place = find_place(known, target)
    except UsageFault:
        return None
    return _Subject(node_name(whole, place), nodes=_numbers(place))


def _numbers(place: Place) -> tuple[str, ...]:
    """Return a number, and that of the original, under which a relisting's entries lie."""
    return (place.id,) if place.node.original_id is None else (place.id, place.node.original_id)


def _entry(desk: Desk, name: str) -> _Subject:
    """Return an entry by its name or the end of it, as it lies in the folder or once lay there."""
    found = sorted({path.stem for path in (desk.root / RECORDS).glob(f"*/*/*{name}.yaml")})
    if len(found) > 1:
        raise UsageFault(
            N_('"{entry}" may mean {entries}'), entry=name, entries=found, remedy=message(N_("Give the whole name."))
        )
    if found:
        return _Subject(found[0], entry=found[0])
    fault = UsageFault(
        N_('there is no entry "{entry}"'),
        entry=name,
        remedy=message(N_("Give its name such as 2024-06-12-k7x3q9; it is the name of its file under records/.")),
    )
    return _Subject(name, entry=name, unless_found=fault)


def _of_old(plan: Plan, target: str) -> _Subject:
    """Return what only an older plan may have had, by its number or id as files have it; raise ``UsageFault``."""
    plain = target.strip()
    is_number, is_slug = NODE_ID.fullmatch(plain) is not None, SLUG.fullmatch(plain) is not None
    try:
        (find_indicator if is_slug else find_place)(plan, target)
    except UsageFault as fault:
        if is_number:
            return _Subject(plain, nodes=(plain,), unless_found=fault)
        if is_slug:
            return _Subject(plain, indicator=plain, unless_found=fault)
        raise
    return _Subject()  # pragma: no cover (what the plan knows was found before)


def _name(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")


# -- commits ----------------------------------------------------------------------------------


class _Commits:
    """The commits of a history with what each of them did itself."""

    def __init__(self, git: Git, objects: Objects, rows: Sequence[Sequence[str]]) -> None:
        """Take the names of all commits, each with those of its parents, newest first."""
        self.ancestry = Ancestry({name: parents for name, *parents in reversed(rows)})
        self._differences = Differences(git, objects.prefix, self.ancestry.parents)
        self.commit = lru_cache(maxsize=4096)(objects.commit)
        self._own: dict[str, tuple[Change, ...]] = {}
        self._touched: dict[str, list[str]] | None = None

    def own(self, name: str) -> tuple[Change, ...]:
        """Return the changes of a commit, by path; of a merge, those that it did not take over from a parent."""
        if name not in self._own:
            self._own[name] = self._changes(name, self.touched)
        return self._own[name]

    def _changes(self, name: str, touched: Callable[[str], Sequence[str]]) -> tuple[Change, ...]:
        parents = self.ancestry.parents[name]
        by_parent = [self._differences.changes(name, parent) for parent in parents or (None,)]
        if len(by_parent) == 1:
            return tuple(by_parent[0])
        changes = [{change.path: change for change in each} for each in by_parent]
        own = own_changes(
            changes,
            lambda path, at, others: self.ancestry.came_from(
                touched(path), parents[at], [parents[other] for other in others]
            ),
        )
        return tuple(own.values())

    def touched(self, path: str) -> Sequence[str]:
        """Return the commits that changed or deleted a file themselves.

        All commits have to be gone through for that, oldest first, but only where a merge asks for it.
        """
        if self._touched is None:
            found: defaultdict[str, list[str]] = defaultdict(list)
            for name in self.ancestry.parents:
                if name not in self._own:
                    self._own[name] = self._changes(name, lambda path: found.get(path, ()))
                for change in self._own[name]:
                    if change.before is not None:
                        found[change.path].append(name)
            self._touched = found
        return self._touched.get(path, ())


@dataclass(frozen=True)
class _Step:
    """A change of one file; ``was`` is its path before, where it was moved."""

    change: Change
    was: str | None = None

    @property
    def path_before(self) -> str:
        """Return where the version before lay."""
        return self.was or self.change.path

    @property
    def kind(self) -> EventKind:
        """Return what happened to the file."""
        return self.change.kind if self.was is None else "renamed"


class _Tracer:
    """Says what commits did.

    ``cut`` is set where a commit's parents are missing (a shallow clone), ``met`` where something was
    found that is certainly of the subject: a plan that can't be read may or may not be.
    """

    def __init__(self, objects: Objects, commits: _Commits, plan: Plan, subject: _Subject, most: int | None) -> None:
        self.objects = objects
        self.commits = commits
        self.plan = plan
        self.subject = subject
        self.most = most if subject.by_path else None
        self.cut = self.met = False
        self.plan_file = lru_cache(maxsize=_PLANS_KEPT)(self._plan_file)

    def traced(self, row: Sequence[str]) -> Traced | None:
        """Return what a commit did, given with its parents; None if that is nothing that was asked for."""
        name, *parents = row
        commit = self.commits.commit(name)
        if commit.parents and not parents:
            self.cut = True
            return None
        may_hold = self.subject.may_hold
        steps = [
            step
            for step in self.moved(self.commits.own(name))
            if may_hold(step.change.path) or (step.was is not None and may_hold(step.was))
        ]
        looked_into = steps[: self.most]
        events = [event for step in looked_into for event in self.events(step)]
        self.met = self.met or any(event.text not in _UNCERTAIN for event in events)
        return Traced(commit, tuple(events), len(steps) - len(looked_into)) if events else None

    def moved(self, changes: Sequence[Change]) -> Iterator[_Step]:
        """Yield changes; an entry that went from one path and came at another is one of them."""
        gone = {one.path: one.before for one in changes if one.before and one.after is None and is_entry(one.path)}
        came = {one.path: one.after for one in changes if one.after and one.before is None and is_entry(one.path)}
        if not gone or not came:
            yield from map(_Step, changes)
            return
        blobs = {**gone, **came}
        renamed = moves(gone, came, lambda path: self.id_in(blobs[path])).renamed
        sources = {new: old for old, new in renamed.items()}
        for change in changes:
            if change.path in sources:
                was = sources[change.path]
                yield _Step(replace(change, before=gone[was]), was)
            elif change.path not in renamed:
                yield _Step(change)

    def id_in(self, blob: str) -> str | None:
        """Return the id that stands in a version of an entry."""
        data = _parsed(self.raw(blob))
        found = data.get("id") if isinstance(data, dict) else None
        return found if isinstance(found, str) else None

    def events(self, step: _Step) -> Iterator[Event]:
        change = step.change
        year = sealed_year(change.path)
        if change.path == PLAN_PATH:
            yield from self.of_plan(change)
        elif _ENTRY.fullmatch(change.path):
            yield from self.of_entry(step)
        elif year is not None:
            yield from (replace(event, closed=year) for event in self.of_seals(change, year))
        else:
            yield Event(step.kind, change.path, message(N_("a file that is no entry")))

    def raw(self, blob: str | None) -> bytes | None:
        """Return the bytes of a version, None where there is none."""
        return None if blob is None else self.objects.blob(blob)

    # -- the plan ---------------------------------------------------------------------------------

    def of_plan(self, change: Change) -> Iterator[Event]:
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
            differences = plan_differences(old, new)
            mine = self.subject.of_plan(differences)
            if mine:
                yield replace(event, text=message(N_("{n} changes"), n=len(mine)), differences=mine)
            elif not differences and self.subject.of_plan_itself:
                yield replace(event, text=_ONLY_WRITING)

    def _plan_file(self, blob: str | None) -> PlanFile | None:
        if blob is None:
            return None
        shaped = read_shape(PLAN_SHAPE, _parsed(self.raw(blob)))
        return None if isinstance(shaped, list) else shaped

    # -- entries ----------------------------------------------------------------------------------

    def of_entry(self, step: _Step) -> Iterator[Event]:
        change = step.change
        before, after = self.raw(change.before), self.raw(change.after)
        path, path_before = change.path, step.path_before
        if not self.subject.is_worth_reading((_name(path), _name(path_before)), before, after):
            return
        old, new = _entry_of(before), _entry_of(after)
        if not self.subject.holds(path_before, before, old) and not self.subject.holds(path, after, new):
            return
        entry = new or old
        line = message(N_("this version can't be read")) if entry is None else entry_line(entry, self.plan)
        event = Event(step.kind, path, line, self.recording(path, entry))
        if step.was is not None:
            differences = () if old is None or new is None else entry_differences(old, new, self.plan)
            text = message(N_("{text} (was {path})"), text=line, path=step.was)
            yield replace(event, text=text, differences=differences)
        elif step.kind == "edited" and old is not None and new is not None:
            differences = entry_differences(old, new, self.plan)
            yield replace(event, text=line if differences else _ONLY_WRITING, differences=differences)
        elif step.kind == "edited":
            yield replace(event, text=message(N_("a version can't be read: {text}"), text=line))
        else:
            yield event

    def recording(self, path: str, entry: Entry | None) -> Recording:
        _, year, target, _ = path.split("/")
        known = Recording(_name(path), target, print_target(target, self.plan), int(year))
        return known if entry is None else replace(known, kind=entry.kind, by=entry.by, sample=entry.sample)

    # -- closed years -----------------------------------------------------------------------------

    def of_seals(self, change: Change, year: int) -> Iterator[Event]:
        old, new = self.seals(change.before, year), self.seals(change.after, year)
        if change.after is None:
            yield Event("deleted", change.path, message(N_("the seals of {year}"), year=brief_year(year)))
        elif new is None or (change.before is not None and old is None):
            text = message(N_("the seals of {year}: a version can't be read"), year=brief_year(year))
            yield Event(change.kind, change.path, text)
        else:
            kept = () if old is None else old.seals
            if new.seals[: len(kept)] != kept:
                text = message(N_("the seals of {year} are no longer those from before"), year=brief_year(year))
                yield Event("edited", change.path, text)
            elif new.seals == kept:
                yield Event("edited", change.path, _ONLY_WRITING)
            for seal in new.seals[len(kept) :]:
                day = seal.recorded.date().isoformat()
                if isinstance(seal, Seal):
                    text = message(N_("{year} closed by {by} on {day}"), year=brief_year(year), by=seal.by, day=day)
                    yield Event("closed", change.path, text, closed_by=seal.by)
                else:
                    text = message(
                        N_("{year} reopened by {by} on {day}: {reason}"),
                        year=brief_year(year),
                        by=seal.by,
                        day=day,
                        reason=seal.reason,
                    )
                    yield Event("reopened", change.path, text, closed_by=seal.by)

    def seals(self, blob: str | None, year: int) -> SealFile | None:
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


def _entry_of(raw: bytes | None) -> Entry | None:
    if raw is None:
        return None
    shaped = read_shape(ENTRY_SHAPE, _parsed(raw))
    return None if isinstance(shaped, list) else shaped
