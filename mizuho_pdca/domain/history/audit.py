"""Audit 監査: the rules that a history of entries, closed years and seals is held against.

The time of a commit is its committer's: it says when the commit came into this history, and takes
more than ``git commit --date`` to forge. The author's time stays when a commit is made anew (rebase,
amend), so it is only asked whether the commit is dated before it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from mizuho_pdca.domain.calendar import JAPAN, first_day, fiscal_year
from mizuho_pdca.domain.closing.seal import Reopening, Seal, SealFile
from mizuho_pdca.domain.history.commits import Change, Commit
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.paths import name_at
from mizuho_pdca.message import N_, Message, message

Kind = Literal["edited", "renamed", "deleted", "dated", "closed", "seal"]

KINDS: dict[Kind, str] = {
    "edited": N_("entry rewritten"),
    "renamed": N_("entry renamed or moved"),
    "deleted": N_("entry deleted"),
    "dated": N_("dates that do not fit"),
    "closed": N_("closed year changed"),
    "seal": N_("seal that does not hold"),
}
"""What each kind of finding is called."""

_PATH = re.compile(r"records/(?P<year>[0-9]{4})/(?P<target>[^/]+)/(?P<name>[^/]+)\.yaml")
_PLACE = re.compile(
    r"plan(/measures\.yaml)?|records(/[0-9]{4}(/closed\.yaml|/(?![.~])[^/.]+|/(?![.~])[^/]+/(?![.~])[^/]+\.yaml)?)?"
)
_SLACK = dt.timedelta(days=1)
"""What a clock or its zone may be wrong by."""

_MONTH = dt.timedelta(days=31)
_LAST_MEETING = (10, 31)
"""Month and day by which the council has long met on the fiscal year that ended in March."""


@dataclass(frozen=True)
class Finding:
    """What a commit did that nobody may do, or that can't be as it says.

    ``path`` is None where it is about the commit itself; ``came_to`` is the new path of an entry
    that was renamed. ``reasons`` says more where the kind alone does not say it all.
    """

    kind: Kind
    commit: Commit
    path: str | None
    reasons: tuple[Message, ...] = ()
    came_to: str | None = None


@dataclass(frozen=True)
class Audit:
    """All findings, oldest first, and what was looked at.

    ``samples`` counts the invented entries, whose dates are not judged; ``late`` those that
    a merge brought in only after the council had long met on their year. ``plan`` is the one
    of the last commit, None where it can't be read.
    """

    head: str
    since: str | None
    is_shallow: bool
    commits: int
    entries: int
    samples: int
    findings: tuple[Finding, ...]
    plan: Plan | None
    late: int = 0

    def subject(self, path: str | None) -> tuple[str, str] | None:
        """Return the printed number and the title of what an entry is about, None where the plan has no such thing."""
        match = None if path is None else _PATH.fullmatch(path)
        place = None if match is None or self.plan is None else self.plan.places.get(match["target"])
        return None if place is None or self.plan is None else (place.number, self.plan.title(place))


def is_entry(path: str) -> bool:
    """Return whether an entry's file lies at a path."""
    match = _PATH.fullmatch(path)
    return match is not None and not match["name"].startswith((".", "~")) and not match["target"].startswith((".", "~"))


def is_place(path: str) -> bool:
    """Return whether only a folder or a regular file may stand at a path: there lie the plan, seals and entries."""
    return _PLACE.fullmatch(path) is not None


# -- dates ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Dates:
    """When something is said to have been done, and to have been recorded; None where that can't be read."""

    day: dt.date | None
    recorded: dt.datetime | None

    @property
    def are_known(self) -> bool:
        """Return whether both can be read."""
        return self.day is not None and self.recorded is not None

    def faults(
        self, committed: dt.datetime, reached: dt.datetime | None = None, *, may_be_late: bool = False
    ) -> Iterator[Message]:
        """Yield why an entry can't have come into the history at this time as it says.

        ``reached`` is the time that the history had reached already: a commit that is dated back
        makes nothing younger. ``may_be_late`` says that the council need not have met yet.
        """
        came = committed if reached is None else max(committed, reached)
        if self.recorded is not None:
            words = {"recorded": self.recorded.isoformat()}
            if self.recorded - committed > _SLACK:
                yield message(N_("recorded {recorded}, after the commit"), **words)
            elif (late := came - self.recorded) > _MONTH:
                yield message(N_("recorded {recorded}, but committed {days} days later only"), **words, days=late.days)
        if self.day is None:
            return
        if self.day - committed.date() > _SLACK:
            yield message(N_("date {date}, after the commit"), date=self.day.isoformat())
        if self.recorded is not None and self.day - self.recorded.date() > _SLACK:
            words = {"date": self.day.isoformat(), "day": self.recorded.date().isoformat()}
            yield message(N_("date {date}, but recorded before it, on {day}"), **words)
        if not may_be_late and self.is_late(came):
            words = {"date": self.day.isoformat(), "day": came.date().isoformat()}
            yield message(
                N_("date {date}, but committed on {day} only, long after the council met on FY{year}"),
                **words,
                year=fiscal_year(self.day),
            )

    def is_late(self, came: dt.datetime) -> bool:
        """Return whether the council had long met on the year of the day when it came into the history."""
        return self.day is not None and (came.year, came.month, came.day) > (fiscal_year(self.day) + 1, *_LAST_MEETING)


def dates_of(data: Mapping[object, object]) -> Dates:
    """Return the dates of an entry's data."""
    return Dates(_day(data.get("date")), _moment(data.get("recorded")))


def _day(raw: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(raw))
    except ValueError:
        return None


def _moment(raw: object) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(str(raw))
    except ValueError:
        return None
    return None if moment.tzinfo is None else moment


def newest(commit: Commit, before: Sequence[Commit], now: dt.datetime) -> Commit:
    """Return the commit whose time the history has reached; ``before`` has those that its parents reached.

    So steps back add up, however small, and commits without data hide none. A time that has not
    come yet counts for nothing: it would make all later commits look dated back.
    """
    return max([one for one in (*before, commit) if one.committed - now <= _SLACK] or [commit], key=_committed)


def _committed(commit: Commit) -> dt.datetime:
    return commit.committed


def commit_faults(commit: Commit, reached: Commit, now: dt.datetime) -> Iterator[Message]:
    """Yield why a commit can't have been made when it says; ``reached`` is the newest up to it."""
    if reached.committed - commit.committed > _SLACK:
        days = (reached.committed - commit.committed).days
        yield message(
            N_("the commit is dated {days} days before {parent}, on which it builds"),
            days=days,
            parent=reached.id[:12],
        )
    if commit.committed - now > _SLACK:
        yield message(N_("the commit is dated {days} days from now"), days=(commit.committed - now).days)
    if commit.authored - commit.committed > _SLACK:
        days = (commit.authored - commit.committed).days
        yield message(N_("the commit is dated {days} days before it was written"), days=days)


# -- what a commit itself did -----------------------------------------------------------------


@dataclass
class Ancestry:
    """Which commit builds on which; ``parents`` names every commit after all of its parents."""

    parents: Mapping[str, Sequence[str]]
    _order: Mapping[str, int] = field(init=False)
    _known: dict[tuple[str, str], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Give each commit its number."""
        self._order = {name: number for number, name in enumerate(self.parents)}

    def holds(self, tip: str, name: str) -> bool:
        """Return whether a commit is ``tip`` or something that it builds on."""
        key = (tip, name)
        if key not in self._known:
            self._known[key] = self._search(tip, name)
        return self._known[key]

    def _search(self, tip: str, name: str) -> bool:
        first, open_names, seen = self._order[name], [tip], set[str]()
        while open_names:
            current = open_names.pop()
            if current == name:
                return True
            if current not in seen and self._order[current] > first:
                seen.add(current)
                open_names += self.parents[current]
        return False


CameFrom = Callable[[str, int, Sequence[int]], bool]
"""Tells whether a file differs from one parent because of commits that only the other ones hold."""


def own_changes(by_parent: Sequence[Mapping[str, Change]], came_from: CameFrom) -> dict[str, Change]:
    """Return by path what a commit itself did, and did not take over from one of its parents.

    ``by_parent`` has the changes against each parent. A merge that is as one of its parents has a
    file from there; if it thereby lost or undid what another parent had, somebody on that side must
    have taken it away or changed it, else the merge did.
    """
    result = {}
    for path in sorted({path for changes in by_parent for path in changes}):
        differing = [number for number, changes in enumerate(by_parent) if path in changes]
        others = [number for number in range(len(by_parent)) if number not in differing]
        befores = [
            before
            for number in differing
            if (before := by_parent[number][path].before) is not None
            and not (others and came_from(path, number, others))
        ]
        if befores or not others:
            after = by_parent[differing[0]][path].after
            result[path] = Change(path, befores[0] if befores else None, after)
    return result


@dataclass(frozen=True)
class Moves:
    """What became of the entries that a commit took away and brought, by path with their contents."""

    renamed: Mapping[str, str]
    deleted: tuple[str, ...]
    added: tuple[str, ...]


def moves(gone: Mapping[str, str], came: Mapping[str, str], id_of: Callable[[str], str | None]) -> Moves:
    """Tell renamed entries by their contents, else by the names of their files, else by their ids.

    ``id_of`` gives the id that stands in the file of a path.
    """
    renamed: dict[str, str] = {}
    left, arrived = dict(gone), dict(came)
    keys: tuple[Callable[[str, str], str | None], ...] = (
        lambda _, blob: blob,
        lambda path, _: name_at(path),
        lambda path, _: id_of(path),
    )
    for key in keys:
        if not left or not arrived:
            break
        places: defaultdict[str, list[str]] = defaultdict(list)
        for path, blob in reversed(arrived.items()):
            if (value := key(path, blob)) is not None:
                places[value].append(path)
        for path, blob in list(left.items()):
            if places[value := key(path, blob) or ""]:
                renamed[path] = places[value].pop()
                del left[path], arrived[renamed[path]]
    return Moves(renamed, tuple(left), tuple(arrived))


# -- closed years -----------------------------------------------------------------------------


def has_grown(before: SealFile, after: SealFile | None) -> bool:
    """Return whether a file of seals was only added to, if at all."""
    return after is not None and after.seals[: len(before.seals)] == before.seals


def still_closes(before: SealFile, after: SealFile | None) -> Seal | None:
    """Return the seal that a commit may not touch; None where the year was open, or was duly reopened.

    A seal that was only added, in today's form, reopens nothing.
    """
    added = after.seals[len(before.seals) :] if after is not None and has_grown(before, after) else ()
    return None if added and isinstance(added[0], Reopening) else before.seal


def was_open(before: SealFile | None, after: SealFile | None) -> bool:
    """Return whether a year that had been closed was reopened before a commit, or by it."""
    return (before is not None and still_closes(before, after) is None) or (after is not None and after.seal is None)


def is_duly_joined(befores: Sequence[SealFile], after: SealFile | None) -> bool:
    """Return whether a merge that kept only one side's seals went on with a reopening of its own, which says why."""
    kept = [len(before.seals) for before in befores if has_grown(before, after)]
    return after is not None and bool(kept) and any(isinstance(item, Reopening) for item in after.seals[max(kept) :])


def kept_seals(before: SealFile, after: SealFile) -> int:
    """Return how many seals and reopenings are the same from the beginning on."""
    pairs = enumerate(zip(before.seals, after.seals, strict=False))
    return next((at for at, (old, new) in pairs if old != new), min(len(before.seals), len(after.seals)))


def seal_faults(file: SealFile, kept: int, committed: dt.datetime, reached: dt.datetime) -> Iterator[Message]:
    """Yield why what stands behind the first ``kept`` seals can't have come at this time; samples are not judged."""
    is_sample = False
    for number, item in enumerate(file.seals):
        is_sample = item.sample if isinstance(item, Seal) else is_sample
        if number < kept or is_sample:
            continue
        yield from Dates(None, item.recorded).faults(committed, reached)
        words = {"recorded": item.recorded.isoformat()}
        if number and file.seals[number - 1].recorded - item.recorded > _SLACK:
            yield message(N_("recorded {recorded}, before what it comes after"), **words)
        if isinstance(item, Seal) and item.recorded < dt.datetime.combine(first_day(item.year + 1), dt.time(), JAPAN):
            yield message(N_("recorded {recorded}, before FY{year} was over"), **words, year=item.year)


def concerns(seal: Seal, path: str, names: Sequence[object]) -> bool:
    """Return whether a change of an entry changes a closed year; ``names`` has those that the entry refers to."""
    return (
        path.startswith(f"records/{seal.year}/")
        or name_at(path) in seal.entries
        or any(isinstance(name, str) and name in seal.entries for name in names)
    )
