"""Audit a workspace's history: who changed committed entries, closed years or seals, and when.

Git is asked for the list of commits once and gives its objects through one process; all else is
done here, so that the number of processes does not grow with the history. Nothing is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple, TypeGuard

from mizuho_pdca.app.as_of import head_of, revision
from mizuho_pdca.app.desk import Desk
from mizuho_pdca.domain.calendar import parse_date
from mizuho_pdca.domain.closing.checks import plan_state, sealed_state
from mizuho_pdca.domain.closing.digests import data_digest
from mizuho_pdca.domain.closing.seal import Seal, SealFile, read_seals
from mizuho_pdca.domain.history.audit import (
    Ancestry,
    Audit,
    Finding,
    commit_faults,
    concerns,
    dates_of,
    has_grown,
    is_duly_joined,
    is_entry,
    is_place,
    kept_seals,
    moves,
    newest,
    own_changes,
    seal_faults,
    still_closes,
    was_open,
)
from mizuho_pdca.domain.history.commits import Change, Commit
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.paths import PLAN_PATH, RECORDS, name_at, seal_path, sealed_year
from mizuho_pdca.domain.schema.faults import Problem
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.storage.git.objects import Difference, Node, Objects, Snapshot, opened
from mizuho_pdca.storage.loading import load, load_plan
from mizuho_pdca.storage.tree import Memory
from mizuho_pdca.storage.yaml.reading import Unreadable, parse

Tell = Callable[[int, int], None]
"""Is told now and then how many commits have been looked at, and of how many."""

_STEP = 100
_SLACK = timedelta(days=1)
_IN_FILE = N_("{file}: {reason}")
_NO_DIGEST = "none"
"""Stands for the digest of data that has none, and differs from every digest."""

_SEAL_FAULTS = frozenset({"E501", "E502", "E503", "E504", "E505"})


def audit(desk: Desk, since: str | None = None, tell: Tell = lambda _done, _all: None) -> Audit:
    """Return what in the history is not as it should be, in all of it or in what came after a commit or a day.

    What came before is gone through all the same: what a later commit did depends on it. A day
    before the first commit leaves nothing out. Raise ``UsageFault`` where there is no such commit,
    ``EnvironmentFault`` without git.
    """
    git = desk.git
    head = head_of(git)
    start = None if since is None else _start(desk, since)
    is_shallow = git.read("rev-parse", "--is-shallow-repository").strip() == "true"
    lines = git.read("rev-list", "--parents", "--topo-order", "--reverse", head).splitlines()
    parents = {names[0]: names[1:] for names in map(str.split, lines)}
    wanted = parents.keys() if start is None else set(git.read("rev-list", f"{start}..{head}").split())
    with opened(git) as objects:
        past = _Past(objects)
        walk = _Walk(past, Ancestry(parents), desk.clock(), _mainline(parents, head))
        for number, name in enumerate(parents):
            if number % _STEP == 0:
                tell(number, len(parents))
            walk.step(name, is_wanted=name in wanted)
        if not is_shallow:
            walk.judge_head(head)
        plan = past.plan(objects.commit(head))
    return Audit(
        head=head,
        since=start,
        is_shallow=is_shallow,
        commits=len(wanted),
        entries=len(walk.entries),
        samples=len(walk.samples),
        findings=tuple(finding for finding in walk.findings if finding.commit.id in wanted),
        plan=plan,
        late=len(walk.late),
    )


def _start(desk: Desk, since: str) -> str | None:
    try:
        return revision(desk, since)
    except UsageFault:
        if parse_date(since, desk.today) is None:
            raise
        return None


def _mainline(parents: Mapping[str, Sequence[str]], head: str) -> frozenset[str]:
    """Return the commits at which this workspace stood, as far as git tells: always the first parent."""
    result, name = set[str](), head
    while name in parents:
        result.add(name)
        name = next(iter(parents[name]), "")
    return frozenset(result)


class _Past:
    """What stood in the workspace at a commit, read once for as many commits as it stays the same."""

    def __init__(self, objects: Objects) -> None:
        """Take the objects of a repository."""
        self.objects = objects
        self._parsed = lru_cache(maxsize=1024)(self._parse)
        self._seals = lru_cache(maxsize=256)(self._read_seals)
        self._sealed = lru_cache(maxsize=64)(self._list_seals)
        self._plan = lru_cache(maxsize=8)(self._load_plan)
        self._states: dict[tuple[str, str], str | None] = {}

    def data(self, commit: Commit, path: str) -> object:
        """Return the data of a file, None where there is none or it can't be read."""
        node = self.objects.at(commit, path)
        return self._parsed(node.id) if _is_file(node) else None

    def _parse(self, blob: str) -> object:
        try:
            return parse(self.objects.blob(blob))
        except Unreadable:
            return None

    def closings(self, commit: Commit) -> Mapping[int, SealFile]:
        """Return the files of seals that can be read, by fiscal year."""
        node = self.objects.at(commit, RECORDS)
        return self._sealed(node.id) if node is not None and node.is_folder else {}

    def _list_seals(self, folder: str) -> Mapping[int, SealFile]:
        result = {}
        for name, node in self.objects.folder(folder).items():
            year = sealed_year(f"{RECORDS}/{name}/closed.yaml")
            if year is None or not node.is_folder:
                continue
            found = self.objects.folder(node.id).get("closed.yaml")
            if _is_file(found) and (seals := self._seals(found.id, year)) is not None:
                result[year] = seals
        return result

    def _read_seals(self, blob: str, year: int) -> SealFile | None:
        data = self._parsed(blob)
        seals = None if data is None else read_seals(data, year)
        return seals if isinstance(seals, SealFile) else None

    def plan(self, commit: Commit) -> Plan | None:
        """Return the plan, None where it has faults."""
        node = self.objects.at(commit, PLAN_PATH)
        return self._plan(node.id) if _is_file(node) else None

    def _load_plan(self, blob: str) -> Plan | None:
        return load_plan(Memory({PLAN_PATH: self.objects.blob(blob)}))[0]

    def plan_state(self, commit: Commit, seal: Seal) -> str | None:
        """Return how the plan stands to a seal, None where it has faults."""
        node = self.objects.at(commit, PLAN_PATH)
        if not _is_file(node):
            return None
        key = (node.id, seal.short)
        if key not in self._states:
            plan = self._plan(node.id)
            self._states[key] = None if plan is None else plan_state(seal, plan)
        return self._states[key]


def _is_file(node: Node | None) -> TypeGuard[Node]:
    return node is not None and node.is_file


class _Lost(NamedTuple):
    """Whose seals of a year a commit lost, by number of the parent: by itself, or duly."""

    itself: tuple[int, ...]
    duly: tuple[int, ...]


class _Dropped(NamedTuple):
    """A commit that lost some seals, and whether it duly went on with a reopening."""

    commit: str
    seals: SealFile
    is_duly: bool


@dataclass
class _Walk:
    """A walk through a history, from the first commit to the last.

    ``_first`` has the contents that each entry was committed with first: what puts them back is
    no new finding. ``_touched`` has the commits that changed or deleted a file themselves,
    ``_told`` those that were named for what they made of a closed year (year, path and what became
    of it), ``_dropped`` those that lost seals of a year, and whether duly. ``_reached`` has of each
    commit the newest one up to it.
    """

    past: _Past
    ancestry: Ancestry
    now: datetime
    mainline: frozenset[str]
    findings: list[Finding] = field(default_factory=list)
    entries: set[str] = field(default_factory=set)
    samples: set[str] = field(default_factory=set)
    late: set[str] = field(default_factory=set)
    _commits: dict[str, Commit] = field(default_factory=dict)
    _reached: dict[str, Commit] = field(default_factory=dict)
    _dated: set[str] = field(default_factory=set)
    _first: dict[str, str] = field(default_factory=dict)
    _deleted: set[str] = field(default_factory=set)
    _touched: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _told: defaultdict[tuple[int, str, str | None], list[str]] = field(default_factory=lambda: defaultdict(list))
    _dropped: defaultdict[int, list[_Dropped]] = field(default_factory=lambda: defaultdict(list))

    def step(self, name: str, *, is_wanted: bool) -> None:
        """Look at the next commit; of one that is not wanted only what later ones depend on."""
        objects = self.past.objects
        commit = self._commits[name] = objects.commit(name)
        parents = [self._commits[parent] for parent in self.ancestry.parents[name]]
        reached = self._reached[name] = newest(commit, [self._reached[parent.id] for parent in parents], self.now)
        found = [list(objects.differences(commit, one)) for one in parents or (None,)]
        if not any(found):
            return
        by_parent = [_changes(differences) for differences in found]
        own = own_changes(by_parent, lambda path, at, others: self._came_from(path, parents, at, others))
        entries = {path: change for path, change in own.items() if is_entry(path)}
        if commit.parents and not parents:  # where a shallow clone begins: all of it may have been there before
            self._remember(commit, own)
            return
        if is_wanted:
            self._found(Finding("dated", commit, None, tuple(commit_faults(commit, reached, self.now))))
            self.entries |= entries.keys()
        odd = _odd(found)
        for path, words in odd.items():
            self.findings.append(Finding("edited" if sealed_year(path) is None else "seal", commit, path, (words,)))
        judged = {path: change for path, change in entries.items() if path not in odd}
        self._judge_entries(commit, parents, judged, is_wanted=is_wanted)
        lost = self._lost_seals(commit, parents, by_parent)
        self._judge_years(commit, parents, by_parent, lost)
        parted = {year: parents_of for year, parents_of in lost.items() if seal_path(year) not in odd}
        self._judge_seals(commit, parents, own, parted)
        self._remember(commit, own)
        if is_wanted and len(parents) > 1 and name in self.mainline:
            self._count_late(commit, parents, [path for path in by_parent[0] if path not in own])

    def _came_from(self, path: str, parents: Sequence[Commit], at: int, others: Sequence[int]) -> bool:
        """Return whether a commit that other parents hold, and the one at ``at`` does not, changed a file."""
        holds = self.ancestry.holds
        return any(
            not holds(parents[at].id, name) and any(holds(parents[other].id, name) for other in others)
            for name in self._touched.get(path, ())
        )

    def _remember(self, commit: Commit, own: Mapping[str, Change]) -> None:
        for path, change in own.items():
            if change.before is not None:
                self._touched[path].append(commit.id)
            if change.after is None:
                self._deleted.add(path)
            else:
                self._first.setdefault(path, change.after)

    def _found(self, finding: Finding) -> None:
        """Keep a finding that has reasons."""
        if finding.reasons:
            self.findings.append(finding)

    # -- entries

    def _judge_entries(
        self, commit: Commit, parents: Sequence[Commit], own: Mapping[str, Change], *, is_wanted: bool
    ) -> None:
        gone = {path: change.before for path, change in own.items() if change.before and change.after is None}
        came = {path: change.after for path, change in own.items() if change.after and change.before is None}
        back = {blob for path, blob in came.items() if self._first.get(path) == blob}
        for path, change in own.items():
            is_first = path in self._touched and self._first.get(path) == change.after
            if change.before is None or change.after is None or is_first:
                continue
            self.findings.append(Finding("edited", commit, path))
        moved = moves(
            {path: blob for path, blob in gone.items() if blob not in back},
            {path: blob for path, blob in came.items() if self._first.get(path) != blob},
            lambda path: self._id(commit if path in came else parents[0], path),
        )
        self.findings += [Finding("renamed", commit, path, came_to=new) for path, new in moved.renamed.items()]
        self.findings += [Finding("deleted", commit, path) for path in moved.deleted]
        for path in moved.added:
            if path in self._deleted:
                words = message(N_("it was deleted before, and came back with other contents"))
                self.findings.append(Finding("edited", commit, path, (words,)))
            elif is_wanted:
                self._judge_dates(commit, parents, path)

    def _id(self, commit: Commit, path: str) -> str | None:
        data = self.past.data(commit, path)
        found = data.get("id") if isinstance(data, dict) else None
        return found if isinstance(found, str) else None

    def _judge_dates(self, commit: Commit, parents: Sequence[Commit], path: str) -> None:
        data = self.past.data(commit, path)
        if not isinstance(data, dict):
            return
        if data.get("sample") is True:
            self.samples.add(path)
            return
        dates = dates_of(data)
        reasons = [] if dates.are_known else [message(N_("its dates can't be read, and so not be judged"))]
        reached = self._reached[commit.id].committed
        may_be_late = self._may_be_late(commit, parents, path, data)
        reasons += dates.faults(commit.committed, reached, may_be_late=may_be_late)
        if reasons:
            self._dated.add(path)
        self._found(Finding("dated", commit, path, tuple(reasons)))

    def _may_be_late(self, commit: Commit, parents: Sequence[Commit], path: str, data: Mapping[object, object]) -> bool:
        """Return whether an entry may come after the council met: its year was reopened, or it corrects another one."""
        year, after = int(path.split("/")[1]), self.past.closings(commit)
        old = f"{path.rpartition('/')[0]}/{data.get('supersedes')}.yaml"
        for parent in parents:
            corrected = self.past.data(parent, old)
            if isinstance(corrected, dict) and corrected.get("date") == data.get("date"):
                return True
            if was_open(self.past.closings(parent).get(year), after.get(year)):
                return True
        return False

    def _count_late(self, commit: Commit, parents: Sequence[Commit], paths: Iterable[str]) -> None:
        """Count the entries that came with a merge long after the council met; on their branch they were in time."""
        came = max(commit.committed, self._reached[commit.id].committed)
        for path in paths:
            data = self.past.data(commit, path) if is_entry(path) and path not in self._dated else None
            if not isinstance(data, dict) or data.get("sample") is True or self.past.data(parents[0], path) is not None:
                continue
            if dates_of(data).is_late(came) and not self._may_be_late(commit, parents[:1], path, data):
                self.late.add(path)

    # -- closed years

    def _judge_years(
        self,
        commit: Commit,
        parents: Sequence[Commit],
        by_parent: Sequence[Mapping[str, Change]],
        lost: Mapping[int, _Lost],
    ) -> None:
        """Name what a commit changed in a year that is closed at a parent, and was not duly reopened."""
        reasons: defaultdict[str, dict[int, Message]] = defaultdict(dict)
        news: set[tuple[int, str, str | None]] = set()
        for at, (parent, changes) in enumerate(zip(parents, by_parent, strict=False)):
            for seal in self._closed(parent, commit):
                if seal.year in lost and at in lost[seal.year].duly:
                    continue
                for path, change in changes.items():
                    became, words = self._broken(commit, parent, seal, change)
                    key = (seal.year, path, became)
                    if words is None or self._is_elsewhere(self._told.get(key, ()), parents, at):
                        continue
                    reasons[path][seal.year] = words
                    news.add(key)
        for key in news:
            self._told[key].append(commit.id)
        for path, by_year in sorted(reasons.items()):
            self._found(Finding("closed", commit, path, tuple(by_year.values())))

    def _is_elsewhere(self, names: Iterable[str], parents: Sequence[Commit], at: int) -> bool:
        """Return whether one of some commits is held by another parent, and not by the one at ``at``."""
        holds, others = self.ancestry.holds, [parent.id for parent in parents if parent is not parents[at]]
        return any(not holds(parents[at].id, name) and any(holds(other, name) for other in others) for name in names)

    def _closed(self, parent: Commit, commit: Commit) -> Iterator[Seal]:
        before = self.past.closings(parent)
        after = self.past.closings(commit) if before else {}
        for year, file in before.items():
            seal = still_closes(file, after.get(year))
            if seal is not None:
                yield seal

    def _broken(self, commit: Commit, parent: Commit, seal: Seal, change: Change) -> tuple[str | None, Message | None]:
        """Return what a change made of a file, and in words how a closed year is no longer as sealed thereby."""
        path = change.path
        words: dict[str, str | int] = {"year": seal.year, "day": seal.day}
        if path == PLAN_PATH:
            now = self.past.plan_state(commit, seal)
            if now in (None, sealed_state(seal), self.past.plan_state(parent, seal)):
                return now, None
            return now, message(N_("the plan of FY{year}, which was closed on {day}, was changed"), **words)
        if not is_entry(path) or self._is_as_sealed(commit, seal, change):
            return change.after, None
        spoken = {
            "added": N_("added to FY{year}, which was closed on {day}"),
            "edited": N_("changed in FY{year}, which was closed on {day}"),
            "deleted": N_("taken out of FY{year}, which was closed on {day}"),
        }
        return change.after, message(spoken[change.kind], **words)

    def _is_as_sealed(self, commit: Commit, seal: Seal, change: Change) -> bool:
        """Return whether an entry does not belong to a closed year, or is what the seal says."""
        data = None if change.after is None else self.past.data(commit, change.path)
        named = [data.get("supersedes"), data.get("withdraws")] if isinstance(data, dict) else []
        if not concerns(seal, change.path, named):
            return True
        digest = None if change.after is None else (data_digest(data) or _NO_DIGEST)
        return digest == seal.entries.get(name_at(change.path))

    # -- seals

    def _lost_seals(
        self, commit: Commit, parents: Sequence[Commit], by_parent: Sequence[Mapping[str, Change]]
    ) -> Mapping[int, _Lost]:
        """Return by year which parents' seals a commit lost, itself or with a side on which they had been lost."""
        result = {}
        for path in {path for changes in by_parent for path in changes}:
            year = sealed_year(path)
            if year is None:
                continue
            after = self.past.closings(commit).get(year)
            befores = {
                at: before
                for at, parent in enumerate(parents)
                if (before := self._last_seals(parent, year, after)) is not None
            }
            gone = {at: before for at, before in befores.items() if not has_grown(before, after)}
            is_duly = is_duly_joined([*befores.values()], after)
            itself, duly = [], []
            for at, before in gone.items():
                known = [drop for drop in self._dropped[year] if has_grown(before, drop.seals)]
                elsewhere = [drop for drop in known if self._is_elsewhere([drop.commit], parents, at)]
                if not elsewhere and not is_duly:
                    itself.append(at)
                elif is_duly or all(drop.is_duly for drop in elsewhere):
                    duly.append(at)
            self._dropped[year] += [_Dropped(commit.id, before, is_duly) for before in gone.values()]
            result[year] = _Lost(tuple(itself), tuple(duly))
        return result

    def _last_seals(self, parent: Commit, year: int, after: SealFile | None) -> SealFile | None:
        """Return the seals of a year at a parent; where it has none, those lost before that new ones must continue."""
        found = self.past.closings(parent).get(year)
        if found is not None or after is None:
            return found
        dropped = [drop.seals for drop in self._dropped[year] if self.ancestry.holds(parent.id, drop.commit)]
        return dropped[-1] if dropped else None

    def _judge_seals(
        self, commit: Commit, parents: Sequence[Commit], own: Collection[str], lost: Mapping[int, _Lost]
    ) -> None:
        for year, parted in sorted(lost.items()):
            path = seal_path(year)
            after = self.past.closings(commit).get(year)
            reasons: list[Message] = []
            if not _is_file(self.past.objects.at(commit, path)):
                if path in own or parted.itself:
                    reasons.append(message(N_("the seals of FY{year} were deleted"), year=year))
            else:
                if parted.itself and (after is not None or path not in own):
                    reasons.append(message(N_("older seals of FY{year} were changed or taken out"), year=year))
                if path in own:
                    reasons += self._late_seals(commit, parents, year)
                    reasons += self._unfit(commit, year)
            self._found(Finding("seal", commit, path, tuple(reasons)))

    def _late_seals(self, commit: Commit, parents: Sequence[Commit], year: int) -> Iterator[Message]:
        after = self.past.closings(commit).get(year)
        if after is not None:
            befores = [self.past.closings(parent).get(year) for parent in parents]
            kept = max((kept_seals(before, after) for before in befores if before is not None), default=0)
            yield from seal_faults(after, kept, commit.committed, self._reached[commit.id].committed)

    def _unfit(self, commit: Commit, year: int) -> Iterator[Message]:
        """Yield how what the commit holds differs from the seal of a year; one that was reopened has none."""
        file = self.past.closings(commit).get(year)
        if file is not None and file.seal is None:
            return
        for problem in self._problems(commit):
            if _is_about(problem, year):
                yield _words(problem, year)

    def _problems(self, commit: Commit) -> Sequence[Problem]:
        day = min(max(commit.committed, commit.authored).date(), date.max - _SLACK) + _SLACK
        return load(Snapshot(self.past.objects, commit), day).problems

    def judge_head(self, name: str) -> None:
        """Hold the last commit against all seals, and charge it with what no other one was charged with."""
        commit = self._commits[name]
        years = sorted({year for path in self._first if (year := sealed_year(path)) is not None})
        problems = self._problems(commit) if years else ()
        for year in years:
            path = seal_path(year)
            seals = [one for one in self.findings if one.kind == "seal" and one.path == path]
            told = [reason for one in seals for reason in one.reasons]
            reasons = [
                words
                for problem in problems
                if _is_about(problem, year)
                and (words := _words(problem, year)) not in told
                and not (problem.fault.code == "E505" and seals)
                and not self._was_named(commit, problem, year)
            ]
            self._found(Finding("seal", commit, path, tuple(reasons)))

    def _was_named(self, commit: Commit, problem: Problem, year: int) -> bool:
        """Return whether a commit was named for what a file of a closed year has become."""
        match problem.fault.code:
            case "E502":
                name = problem.fault.values["entry"]
                return any(key[0] == year and key[2] is None and name_at(key[1]) == name for key in self._told)
            case "E504":
                seal = self.past.closings(commit)[year].last_seal
                return (year, PLAN_PATH, self.past.plan_state(commit, seal)) in self._told
            case _:
                node = self.past.objects.at(commit, problem.file)
                return node is not None and (year, problem.file, node.id) in self._told


def _is_about(problem: Problem, year: int) -> bool:
    fault = problem.fault
    return fault.code in _SEAL_FAULTS and (problem.file == seal_path(year) or fault.values.get("year") == year)


def _words(problem: Problem, year: int) -> Message:
    words = problem.fault.message
    return words if problem.file == seal_path(year) else message(_IN_FILE, file=problem.file, reason=words)


def _changes(differences: Iterable[Difference]) -> dict[str, Change]:
    return {change.path: change for one in differences if (change := one.change) is not None}


def _odd(found: Sequence[Sequence[Difference]]) -> dict[str, Message]:
    """Return what a commit made a link or another repository, where there should be a file or a folder."""
    by_parent = [
        {one.path: one.after for one in differences if one.after is not None and not one.after.is_file}
        for differences in found
    ]
    return {
        path: message(
            N_("it is a symbolic link now, whose contents no commit keeps")
            if node.is_link
            else N_("it is another repository now, whose contents no commit of this one keeps")
        )
        for path, node in sorted(by_parent[0].items())
        if is_place(path) and all(path in others for others in by_parent[1:])
    }
