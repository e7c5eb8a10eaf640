"""Audit a workspace's history: who changed committed entries, closed years or seals, and when.

Git is asked for the list of commits and for what they changed once, and gives objects through one
process, so that the number of processes does not grow with the history. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache, partial

from mizuho_pdca.app.as_of import head_of, revision
from mizuho_pdca.app.desk import Desk
from mizuho_pdca.domain.calendar import APRIL, parse_date
from mizuho_pdca.domain.closing.checks import plan_state
from mizuho_pdca.domain.closing.seal import Seal, SealFile, read_seals
from mizuho_pdca.domain.history.audit import Audit, Finding, Kind
from mizuho_pdca.domain.history.commits import Ancestry, Change, Commit, is_entry, own_changes
from mizuho_pdca.domain.history.rules.case import Basis, Case, Known
from mizuho_pdca.domain.history.rules.closed import closed_findings
from mizuho_pdca.domain.history.rules.dated import SLACK, commit_faults, dates_of, newest
from mizuho_pdca.domain.history.rules.entries import entry_findings, odd_places
from mizuho_pdca.domain.history.rules.seals import head_findings, lost_seals, seal_findings
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.paths import PLAN_PATH, RECORDS, sealed_year
from mizuho_pdca.domain.schema.faults import Problem
from mizuho_pdca.errors import EnvironmentFault, UsageFault
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.storage import tree
from mizuho_pdca.storage.git.differences import Differences
from mizuho_pdca.storage.git.objects import Objects, Snapshot, opened
from mizuho_pdca.storage.loading import load, load_plan
from mizuho_pdca.storage.yaml.reading import Unreadable, parse

Tell = Callable[[int, int], None]
"""Is told now and then how many commits have been looked at, and of how many."""

_STEP = 100


def audit(desk: Desk, since: str | None = None, tell: Tell = lambda _done, _all: None) -> Audit:
    """Return what in the history is not as it should be, in all of it or in what came after a commit or a day.

    What came before is gone through all the same: what a later commit did depends on it. A day
    before the first commit leaves nothing out. Raise ``UsageFault`` where there is no such commit,
    ``EnvironmentFault`` without git, or where an object is lost or not what its name says.
    """
    git = desk.git
    head = head_of(git)
    start = None if since is None else _start(desk, since)
    is_shallow = git.read("rev-parse", "--is-shallow-repository").strip() == "true"
    git.check()
    lines = git.read("rev-list", "--parents", "--topo-order", "--reverse", head).splitlines()
    parents = {names[0]: names[1:] for names in map(str.split, lines)}
    mainline = set(git.read("rev-list", "--first-parent", head).split())
    wanted = parents.keys() if start is None else set(git.read("rev-list", f"{start}..{head}").split())
    with opened(git) as objects:
        commits = {name: objects.commit(name) for name in parents}
        if not any(objects.at(commits[head], top) for top in (PLAN_PATH, RECORDS)):
            raise EnvironmentFault(
                N_("nothing of this folder has been committed yet"),
                remedy=message(N_("Commit what was recorded: pdca commit; after moving the folder: git commit")),
            )
        differences = Differences(git, objects.prefix, parents)
        walk = _Walk(objects, commits, Ancestry(parents), differences, desk.clock())
        for number, name in enumerate(parents):
            if number % _STEP == 0:
                tell(number, len(parents))
            walk.step(name, is_wanted=name in wanted, is_mainline=name in mainline)
        if not is_shallow:
            walk.judge_head(head)
        plan = walk.past.plan(walk.states[head].plan)
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
        merged=len(walk.merged - walk.late),
        carried_over=len(walk.carried_over),
    )


def _start(desk: Desk, since: str) -> str | None:
    try:
        return revision(desk, since)
    except UsageFault:
        if parse_date(since, desk.today) is None:
            raise
        return None


class _Past:
    """What stood in the workspace, by git's names: read once for as many commits as it stays the same."""

    def __init__(self, objects: Objects) -> None:
        """Take the objects of a repository."""
        self._objects = objects
        self.data = lru_cache(maxsize=1024)(self._data)
        self.seals = lru_cache(maxsize=256)(self._seals)
        self.plan = lru_cache(maxsize=8)(self._plan)
        self._states: dict[tuple[str | None, str], str | None] = {}

    def _data(self, blob: str | None) -> object:
        try:
            return None if blob is None else parse(self._objects.blob(blob))
        except Unreadable:
            return None

    def _seals(self, blob: str, year: int) -> SealFile | None:
        data = self.data(blob)
        seals = None if data is None else read_seals(data, year)
        return seals if isinstance(seals, SealFile) else None

    def _plan(self, blob: str | None) -> Plan | None:
        return None if blob is None else load_plan(tree.Memory({PLAN_PATH: self._objects.blob(blob)}))[0]

    def plan_state(self, blob: str | None, seal: Seal) -> str | None:
        """Return how a plan stands to a seal, None where there is none or it has faults."""
        key = (blob, seal.short)
        if key not in self._states:
            plan = self.plan(blob)
            self._states[key] = None if plan is None else plan_state(seal, plan)
        return self._states[key]

    def starts(self, blob: str | None) -> int:
        """Return the month with which the years of a plan begin."""
        plan = self.plan(blob)
        return APRIL if plan is None else plan.header.starts

    def state(self, before: Basis, changes: Mapping[str, Change]) -> Basis:
        """Return what became of plan and seals."""
        seals = {year: change.after for path, change in changes.items() if (year := sealed_year(path)) is not None}
        plan = changes[PLAN_PATH].after if PLAN_PATH in changes else before.plan
        if not seals:
            return before._replace(plan=plan)
        kept = {year: blob for year, blob in {**before.seals, **seals}.items() if blob is not None}
        read = {year: self.seals(blob, year) for year, blob in kept.items()}
        return Basis(plan, kept, {year: file for year, file in read.items() if file is not None})


@dataclass
class _Walk:
    """A walk through a history, from the first commit to the last; ``reached`` has the newest commit up to each."""

    objects: Objects
    commits: Mapping[str, Commit]
    ancestry: Ancestry
    differences: Differences
    now: datetime
    findings: list[Finding] = field(default_factory=list)
    entries: set[str] = field(default_factory=set)
    samples: set[str] = field(default_factory=set)
    late: set[str] = field(default_factory=set)
    carried_over: set[str] = field(default_factory=set)
    merged: set[str] = field(default_factory=set)
    states: dict[str, Basis] = field(default_factory=dict)
    _reached: dict[str, Commit] = field(default_factory=dict)
    _dated: set[str] = field(default_factory=set)
    _known: Known = field(default_factory=Known)

    def __post_init__(self) -> None:
        """Open what stood in the workspace."""
        self.past = _Past(self.objects)

    def step(self, name: str, *, is_wanted: bool, is_mainline: bool) -> None:
        """Look at the next commit; of one that is not wanted only what later ones depend on."""
        commit, parents = self.commits[name], self.ancestry.parents[name]
        befores = [self.states[parent] for parent in parents]
        reached = self._reached[name] = newest(commit, [self._reached[parent] for parent in parents], self.now)
        found = [list(self.differences.between(name, one)) for one in parents or (None,)]
        by_parent = [{one.path: one.change for one in differences if one.change} for differences in found]
        after = self.states[name] = self.past.state(befores[0] if parents else Basis(None, {}, {}), by_parent[0])
        if not any(found):
            return
        known = self._known
        own = own_changes(
            by_parent,
            lambda path, at, others: self.ancestry.came_from(
                known.touched.get(path, ()), parents[at], [parents[other] for other in others]
            ),
        )
        if commit.parents and not parents:  # where a shallow clone begins: all of it may have been there before
            known.remember(commit, own)
            return
        odd = odd_places(
            [{one.path: one.after.is_link for one in part if one.after and not one.after.is_file} for part in found]
        )
        case = Case(
            commit,
            parents,
            befores,
            after,
            by_parent,
            own,
            odd,
            reached,
            self.ancestry,
            self.past.starts(after.plan) if any(map(sealed_year, own)) else APRIL,
        )
        self._found("dated", commit, None, commit_faults(commit, reached, self.now) if is_wanted else ())
        for path, words in odd.items():
            self._found("edited" if sealed_year(path) is None else "seal", commit, path, [words])
        judged, new = entry_findings(case, known, self.past)
        self.findings += judged
        if is_wanted:
            self.entries |= {path for path in own if is_entry(path)}
            self._judge_new(case, new)
        lost = lost_seals(case, known)
        self.findings += closed_findings(case, lost, self.past)
        self.findings += seal_findings(case, lost, partial(self._problems, commit))
        known.remember(commit, own)
        if is_wanted and is_mainline and len(parents) > 1:
            self._count_merged(case, by_parent[0].keys() - own.keys())

    def _found(self, kind: Kind, commit: Commit, path: str | None, reasons: Iterable[Message]) -> bool:
        """Keep a finding that has reasons."""
        told = tuple(reasons)
        if told:
            self.findings.append(Finding(kind, commit, path, told))
        return bool(told)

    def _judge_new(self, case: Case, paths: Sequence[str]) -> None:
        """Judge the dates of entries that are new, and say where they lay before the workspace could be followed."""
        commit, reached = case.commit, case.reached.committed
        judged = []
        for path in paths:
            data = self.past.data(case.own[path].after)
            if not isinstance(data, dict):
                continue
            if data.get("sample") is True:
                self.samples.add(path)
                continue
            judged.append(path)
            dates = dates_of(data)
            reasons = [] if dates.are_known else [message(N_("its dates can't be read, and so not be judged"))]
            reasons += dates.faults(commit.committed, reached)
            if self._found("dated", commit, path, reasons):
                self._dated.add(path)
            elif data.get("via") == CARRIED_OVER:
                self.carried_over.add(path)
            elif _is_late(data, max(commit.committed, reached)):
                self.late.add(path)
        for folder, came in self.differences.strangers(judged).items():
            words = message(
                N_("entries that lay there before: {n}; what became of them there was not examined"), n=len(came)
            )
            self._found("moved", commit, folder or ".", [words])

    def _count_merged(self, case: Case, paths: Iterable[str]) -> None:
        """Count the entries that came with a merge long after the council met; on their branch they were in time.

        The workspace stood, as far as git tells, at the first parent of each commit.
        """
        came = max(case.commit.committed, case.reached.committed)
        for path in paths:
            change = case.by_parent[0][path]
            data = self.past.data(change.after) if is_entry(path) and path not in self._dated else None
            is_new = isinstance(data, dict) and data.get("sample") is not True and change.before is None
            if is_new and _is_late(data, came):
                self.merged.add(path)

    def judge_head(self, name: str) -> None:
        """Hold the last commit against all seals."""
        problems = lru_cache(maxsize=1)(partial(self._problems, self.commits[name]))
        self.findings += head_findings(self.commits[name], self._known, self.findings, problems)

    def _problems(self, commit: Commit) -> Sequence[Problem]:
        day = min(max(commit.committed, commit.authored).date(), date.max - SLACK) + SLACK
        return load(Snapshot(self.objects.moved_to(self.differences.folders[commit.id]), commit), day).problems


CARRIED_OVER = "import"
"""How an entry came in that was made of a table which the town had."""


def _is_late(data: object, came: datetime) -> bool:
    """Return whether an entry came long after the council met on its year, and corrects none that it knew."""
    return isinstance(data, dict) and "supersedes" not in data and dates_of(data).is_late(came)
