"""What git knows of a workspace: commits, which files each of them changed itself, and where those went."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from mizuho_pdca.domain.records.paths import name_at

ENTRY_PATH = re.compile(r"records/(?P<year>[0-9]{4})/(?P<target>(?![.~])[^/]+)/(?P<name>(?![.~])[^/]+)\.yaml")
_PLACE = re.compile(r"plan(/measures\.yaml)?|records(/[0-9]{4}(/(?![.~])[^/.]+)?)?|records/[0-9]{4}/closed\.yaml")


def is_entry(path: str) -> bool:
    """Return whether an entry's file lies at a path."""
    return ENTRY_PATH.fullmatch(path) is not None


def is_place(path: str) -> bool:
    """Return whether only a folder or a regular file may stand at a path: there lie the plan, seals and entries."""
    return is_entry(path) or _PLACE.fullmatch(path) is not None


@dataclass(frozen=True)
class Commit:
    """A commit: its name, its parents, who wrote it and when, who committed it and when, and its message."""

    id: str
    parents: tuple[str, ...]
    tree: str
    author: str
    email: str
    authored: datetime
    committer: str
    committed: datetime
    message: str

    @property
    def subject(self) -> str:
        """Return the first line of the message."""
        return self.message.partition("\n")[0]


@dataclass(frozen=True)
class Change:
    """What a commit did to a file: ``before`` and ``after`` name its contents, None where there was no file."""

    path: str
    before: str | None
    after: str | None

    @property
    def kind(self) -> Literal["added", "edited", "deleted"]:
        """Return what happened to the file."""
        if self.before is None:
            return "added"
        return "deleted" if self.after is None else "edited"


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

    def came_from(self, names: Iterable[str], parent: str, others: Iterable[str]) -> bool:
        """Return whether one of some commits is held by one of ``others``, and not by ``parent``."""
        return any(not self.holds(parent, name) and any(self.holds(one, name) for one in others) for name in names)

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


def id_in(data: object) -> str | None:
    """Return the id that stands in the data of an entry's file."""
    found = data.get("id") if isinstance(data, dict) else None
    return found if isinstance(found, str) else None


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
