"""What git knows of a workspace: commits, and which files each of them changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


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
