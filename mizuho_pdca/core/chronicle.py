"""What git's history of a workspace says: commits, and what each of them did to plan and records, in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from mizuho_pdca.core.differences import Difference
from mizuho_pdca.core.history import Commit
from mizuho_pdca.core.plan import Plan
from mizuho_pdca.core.steps import Words
from mizuho_pdca.message import N_

EventKind = Literal["added", "edited", "deleted", "renamed", "closed", "reopened", "plan"]

LABELS: dict[EventKind, str] = {
    "added": N_("Added"),
    "edited": N_("Edited"),
    "deleted": N_("Deleted"),
    "renamed": N_("Moved"),
    "closed": N_("Closed"),
    "reopened": N_("Reopened"),
    "plan": N_("Plan"),
}
"""What kind of event it is, in a word of few characters."""

_UNSEEN = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff]")
"""Control characters, and those that turn the direction of a line."""


def one_line(text: str) -> str:
    """Return a text of anybody in one line; what could move the cursor or turn the line is shown as ?."""
    return _UNSEEN.sub("?", " ".join(text.split("\n")))


@dataclass(frozen=True)
class Recording:
    """The entry that an event is about, by its path and as far as it can be read."""

    name: str
    target: str
    number: Words
    year: int | None
    kind: str | None = None
    by: str | None = None
    sample: bool = False


@dataclass(frozen=True)
class Event:
    """What a commit did to one file: in words, and difference by difference; ``path`` is the newer one."""

    kind: EventKind
    path: str
    text: Words
    entry: Recording | None = None
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Traced:
    """A commit with its events; ``rest`` counts further ones that were not looked into."""

    commit: Commit
    events: tuple[Event, ...]
    rest: int = 0

    @property
    def other_committer(self) -> str | None:
        """Return who committed it, if that was somebody else than who wrote it."""
        return None if self.commit.committer == self.commit.author else self.commit.committer


@dataclass(frozen=True)
class History:
    """Commits, newest first, of the plan and the records or of a part of them (``subject``).

    ``more`` says that there are older ones, ``cut`` that the repository does not reach back to the beginning.
    """

    plan: Plan
    subject: Words | None
    commits: tuple[Traced, ...]
    more: bool = False
    cut: bool = False

    @property
    def sample(self) -> bool:
        """Return whether any entry of it is invented."""
        return any(event.entry is not None and event.entry.sample for each in self.commits for event in each.events)
