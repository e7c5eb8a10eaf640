"""Where the plan's and the entries' bytes come from, by path from the workspace's root."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from mizuho_pdca.domain.records.paths import PLAN_PATH, RECORDS


class Found(NamedTuple):
    """A file by its path.

    ``outside`` where it is a link: what it leads to may lie out of the workspace, and can change without
    anything changing at this path in git. ``refusal`` where it is a folder that could not be listed.
    """

    path: str
    outside: bool = False
    refusal: OSError | None = None


class Tree(Protocol):
    """Bytes by path; a path is relative to the workspace's root and has forward slashes."""

    def read(self, path: str) -> bytes:
        """Return a file's bytes, or raise ``OSError``."""

    def plan(self) -> Found:
        """Return the plan's file."""

    def records(self) -> Iterator[Found]:
        """Yield all files under ``records/``, in order."""


@dataclass(frozen=True)
class Memory:
    """Files that are not on the disk, or not yet."""

    files: Mapping[str, bytes]

    def read(self, path: str) -> bytes:
        """Return a file's bytes, or raise ``OSError``."""
        if path not in self.files:
            raise FileNotFoundError(path)
        return self.files[path]

    def plan(self) -> Found:
        """Return the plan's file."""
        return Found(PLAN_PATH)

    def records(self) -> Iterator[Found]:
        """Yield all files under ``records/``, in order."""
        return (Found(path) for path in sorted(self.files) if path.startswith(f"{RECORDS}/"))
