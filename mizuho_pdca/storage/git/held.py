"""Which entries git's last commit holds, and which not yet: told by their paths, nothing is read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from mizuho_pdca.domain.records.paths import RECORDS, entry_at
from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.storage.git.program import Git


class Keeping(NamedTuple):
    """The commit that brought a file: its name, who wrote it and when."""

    commit: str
    author: str
    when: str


def kept_by(git: Git, path: str) -> Keeping | None:
    """Return the last commit that brought a file; None where none has, or that can't be told."""
    told = git.ask("log", "-1", "--no-renames", "--diff-filter=A", "--format=%H%x00%an%x00%aI", "--", path)
    return Keeping(*told.rstrip("\n").split("\0")) if told else None


def held_records(git: Git) -> frozenset[str] | None:
    """Return the paths under ``records/`` that the last commit holds; None where there is no git."""
    listed = git.ask("ls-tree", "-r", "-z", "--name-only", "HEAD", "--", RECORDS)
    if listed is not None:
        return frozenset(listed.split("\0"))
    try:
        git.prefix()
    except EnvironmentFault:
        return None
    return frozenset()  # nothing has been committed yet


def not_committed(git: Git, paths: Iterable[str]) -> int | None:
    """Return how many entries, by their paths, the last commit does not hold; None where there is no git."""
    held = held_records(git)
    if held is None:
        return None
    return sum(path not in held and entry_at(path) is not None for path in paths)
