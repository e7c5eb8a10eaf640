"""The commits of a history, and what each of them did itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property, lru_cache

from mizuho_pdca.domain.history.commits import Ancestry, CameFrom, Change, own_changes
from mizuho_pdca.storage.git.differences import Differences
from mizuho_pdca.storage.git.objects import Objects
from mizuho_pdca.storage.git.program import Git


class Commits:
    """The commits of a history with what each of them did itself."""

    def __init__(self, git: Git, objects: Objects, head: str) -> None:
        """List all commits up to ``head``."""
        rows = [line.split() for line in git.read("rev-list", "--parents", "--date-order", head, "--").splitlines()]
        self.objects = objects
        self.newest_first = [name for name, *_ in rows]
        self.ancestry = Ancestry({name: parents for name, *parents in reversed(rows)})
        self.commit = lru_cache(maxsize=4096)(objects.commit)
        self._differences = Differences(git, objects.prefix, self.ancestry.parents)

    def own(self, name: str) -> tuple[Change, ...]:
        """Return the changes of a commit, by path; of a merge, those that it did not take over from a parent."""
        if len(self.ancestry.parents[name]) > 1:
            return self._all[name]
        return self._changes(name, lambda *_: False)

    def _changes(self, name: str, came_from: CameFrom) -> tuple[Change, ...]:
        found = [self._differences.changes(name, parent) for parent in self.ancestry.parents[name] or (None,)]
        return tuple(own_changes([{one.path: one for one in each} for each in found], came_from).values())

    @cached_property
    def _all(self) -> dict[str, tuple[Change, ...]]:
        """The changes of all commits, gone through oldest first: a merge asks which commits touched a file."""
        result: dict[str, tuple[Change, ...]] = {}
        touched: defaultdict[str, list[str]] = defaultdict(list)
        for name, parents in self.ancestry.parents.items():

            def came_from(path: str, at: int, others: Sequence[int], parents: Sequence[str] = parents) -> bool:
                return self.ancestry.came_from(touched.get(path, ()), parents[at], [parents[one] for one in others])

            result[name] = self._changes(name, came_from)
            for change in result[name]:
                if change.before is not None:
                    touched[change.path].append(name)
        return result
