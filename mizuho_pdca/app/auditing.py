"""Audit a workspace's history: who changed committed entries, closed years or seals, and when.

Git is asked for the list of commits once and gives its objects through one process; all else is
done here, so that the number of processes does not grow with the history. Nothing is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from stat import S_ISREG
from typing import TypeGuard

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.looking_back import head_of, revision
from mizuho_pdca.core.audit import (
    Ancestry,
    Audit,
    Finding,
    commit_faults,
    concerns,
    dates_of,
    has_grown,
    is_entry,
    moves,
    name_of,
    own_changes,
    still_closes,
)
from mizuho_pdca.core.faults import Problem
from mizuho_pdca.core.history import Change, Commit
from mizuho_pdca.core.plan import Plan
from mizuho_pdca.core.seal import Seal, SealFile, data_digest, plan_digest, read_seals
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.storage.loading import load, load_plan
from mizuho_pdca.storage.objects import Node, Objects, Snapshot, opened
from mizuho_pdca.storage.seals import sealed_year
from mizuho_pdca.storage.tree import PLAN_PATH, RECORDS, Memory, seal_path
from mizuho_pdca.storage.yaml_reading import Unreadable, parse

Tell = Callable[[int, int], None]
"""Is told now and then how many commits have been looked at, and of how many."""

_STEP = 100
_SLACK = timedelta(days=1)
_NO_DIGEST = "none"
"""Stands for the digest of data that has none, and differs from every digest."""

_SEAL_FAULTS = frozenset({"E501", "E502", "E503", "E504", "E505", "E506"})


def audit(desk: Desk, since: str | None = None, tell: Tell = lambda _done, _all: None) -> Audit:
    """Return what in the history is not as it should be, in all of it or in what came after a commit or a day.

    What came before is gone through all the same: what a later commit did depends on it. Raise
    ``UsageFault`` where there is no such commit, ``EnvironmentFault`` without git.
    """
    git = desk.git
    head = head_of(git)
    start = None if since is None else revision(desk, since)
    is_shallow = git.read("rev-parse", "--is-shallow-repository").strip() == "true"
    lines = git.read("rev-list", "--parents", "--topo-order", "--reverse", head).splitlines()
    parents = {names[0]: names[1:] for names in map(str.split, lines)}
    wanted = parents.keys() if start is None else set(git.read("rev-list", f"{start}..{head}").split())
    with opened(git) as objects:
        past = _Past(objects)
        walk = _Walk(past, Ancestry(parents))
        for number, name in enumerate(parents):
            if number % _STEP == 0:
                tell(number, len(parents))
            walk.step(name, is_wanted=name in wanted)
        plan = past.plan(objects.commit(head))
    return Audit(
        head=head,
        since=start,
        is_shallow=is_shallow,
        commits=len(wanted),
        entries=len(walk.entries),
        samples=walk.samples,
        findings=tuple(finding for finding in walk.findings if finding.commit.id in wanted),
        plan=plan,
    )


class _Past:
    """What stood in the workspace at a commit, read once for as many commits as it stays the same."""

    def __init__(self, objects: Objects) -> None:
        """Take the objects of a repository."""
        self.objects = objects
        self._parsed = lru_cache(maxsize=1024)(self._parse)
        self._seals = lru_cache(maxsize=256)(self._read_seals)
        self._sealed = lru_cache(maxsize=64)(self._list_seals)
        self._plan = lru_cache(maxsize=8)(self._load_plan)
        self._digest = lru_cache(maxsize=256)(self._digest_plan)

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

    def plan_digest(self, commit: Commit, year: int) -> str | None:
        """Return the digest of the plan as in force in a fiscal year, None where it has faults."""
        node = self.objects.at(commit, PLAN_PATH)
        return self._digest(node.id, year) if _is_file(node) else None

    def _digest_plan(self, blob: str, year: int) -> str | None:
        plan = self._plan(blob)
        return None if plan is None else plan_digest(plan, year)


def _is_file(node: Node | None) -> TypeGuard[Node]:
    return node is not None and S_ISREG(node.mode)


@dataclass
class _Walk:
    """A walk through a history, from the first commit to the last.

    ``_first`` has the contents that each entry was committed with first: what puts them back is
    no new finding. ``_touched`` has the commits that changed or deleted a file themselves, and
    ``_told`` the changes of closed years that were named: year, path and what became of it.
    """

    past: _Past
    ancestry: Ancestry
    findings: list[Finding] = field(default_factory=list)
    entries: set[str] = field(default_factory=set)
    samples: int = 0
    _commits: dict[str, Commit] = field(default_factory=dict)
    _first: dict[str, str] = field(default_factory=dict)
    _deleted: set[str] = field(default_factory=set)
    _touched: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _told: set[tuple[int, str, str | None]] = field(default_factory=set)

    def step(self, name: str, *, is_wanted: bool) -> None:
        """Look at the next commit; of one that is not wanted only what later ones depend on."""
        objects = self.past.objects
        commit = self._commits[name] = objects.commit(name)
        parents = [self._commits[parent] for parent in self.ancestry.parents[name]]
        by_parent = [{change.path: change for change in objects.changes(commit, one)} for one in parents or (None,)]
        if not any(by_parent):
            return
        own = own_changes(by_parent, lambda path, at, others: self._came_from(path, parents, at, others))
        entries = {path: change for path, change in own.items() if is_entry(path)}
        if commit.parents and not parents:  # where a shallow clone begins: all of it may have been there before
            self._remember(commit, own)
            return
        if is_wanted:
            self._found(Finding("dated", commit, None, tuple(commit_faults(commit, parents))))
            self.entries |= entries.keys()
        self._judge_entries(commit, parents, entries, is_wanted=is_wanted)
        self._judge_years(commit, parents, by_parent)
        if is_wanted:
            self._judge_seals(commit, parents, own)
        self._remember(commit, own)

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
            if change.kind == "edited" and not is_first:
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
                self._judge_dates(commit, path)

    def _id(self, commit: Commit, path: str) -> str | None:
        data = self.past.data(commit, path)
        found = data.get("id") if isinstance(data, dict) else None
        return found if isinstance(found, str) else None

    def _judge_dates(self, commit: Commit, path: str) -> None:
        data = self.past.data(commit, path)
        if not isinstance(data, dict):
            return
        if data.get("sample") is True:
            self.samples += 1
        else:
            self._found(Finding("dated", commit, path, tuple(dates_of(data).faults(commit.committed))))

    # -- closed years

    def _judge_years(
        self, commit: Commit, parents: Sequence[Commit], by_parent: Sequence[Mapping[str, Change]]
    ) -> None:
        """Name what a commit changed in a year that is closed at a parent, and was not duly reopened."""
        reasons: defaultdict[str, dict[int, Message]] = defaultdict(dict)
        news: set[tuple[int, str, str | None]] = set()
        for parent, changes in zip(parents, by_parent, strict=False):
            for seal in self._closed(parent, commit):
                for path, change in changes.items():
                    became, words = self._broken(commit, parent, seal, change)
                    if words is None or (len(parents) > 1 and (seal.year, path, became) in self._told):
                        continue
                    reasons[path][seal.year] = words
                    news.add((seal.year, path, became))
        self._told |= news
        for path, by_year in sorted(reasons.items()):
            self._found(Finding("closed", commit, path, tuple(by_year.values())))

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
            now = self.past.plan_digest(commit, seal.year)
            if now in (None, seal.plan, self.past.plan_digest(parent, seal.year)):
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
        return digest == seal.entries.get(name_of(change.path))

    # -- seals

    def _judge_seals(self, commit: Commit, parents: Sequence[Commit], own: Mapping[str, Change]) -> None:
        for path, change in own.items():
            year = sealed_year(path)
            if year is None:
                continue
            if change.after is None:
                reasons = [message(N_("the seals of FY{year} were deleted"), year=year)]
            else:
                reasons = [*self._lost(commit, parents, year), *self._unfit(commit, year)]
            self._found(Finding("seal", commit, path, tuple(reasons)))

    def _lost(self, commit: Commit, parents: Sequence[Commit], year: int) -> Iterator[Message]:
        after = self.past.closings(commit).get(year)
        befores = [self.past.closings(parent).get(year) for parent in parents]
        if after is not None and not all(before is None or has_grown(before, after) for before in befores):
            yield message(N_("older seals of FY{year} were changed or taken out"), year=year)

    def _unfit(self, commit: Commit, year: int) -> Iterator[Message]:
        """Yield how what the commit holds differs from the seal of a year; one that was reopened has none."""
        file = self.past.closings(commit).get(year)
        if file is not None and file.seal is None:
            return
        day = min(max(commit.committed, commit.authored).date(), date.max - _SLACK) + _SLACK
        for problem in _about(load(Snapshot(self.past.objects, commit), day).problems, year):
            words = problem.fault.message
            if problem.file == seal_path(year):
                yield words
            else:
                yield message(N_("{file}: {reason}"), file=problem.file, reason=words)


def _about(problems: Iterable[Problem], year: int) -> Iterator[Problem]:
    for problem in problems:
        fault = problem.fault
        if fault.code in _SEAL_FAULTS and (problem.file == seal_path(year) or fault.values.get("year") == year):
            yield problem
