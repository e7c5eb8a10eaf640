"""What git's history of a workspace says: commits, and what each of them did to plan and records, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from mizuho_pdca.domain.history.commits import Commit
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.differences import ChangedFact
from mizuho_pdca.papers.steps import Words

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


_APART = timedelta(days=1)
"""What the author's time and the committer's may differ by: a clock, a zone, an evening's work committed next day."""


def print_moment(moment: datetime | None, t: Translate) -> str:
    """Return a time as printed, to the minute."""
    return t(N_("time unknown")) if moment is None else moment.strftime("%Y-%m-%d %H:%M")


@dataclass(frozen=True)
class EntryRef:
    """The entry that an event is about, by its path and as far as it can be read."""

    name: str
    target: str
    number: Words
    kind: str | None = None
    sample: bool = False


@dataclass(frozen=True)
class Event:
    """What a commit did to one file: in words, and difference by difference; ``path`` is the newer one.

    ``year`` is the fiscal year that it belongs to, ``by`` who recorded the entry, or closed or reopened the year.
    """

    kind: EventKind
    path: str
    text: Words
    entry: EntryRef | None = None
    differences: tuple[ChangedFact, ...] = ()
    year: int | None = None
    by: str | None = None


@dataclass(frozen=True)
class Changeset:
    """A commit with its events; ``rest`` counts further ones that were not looked into."""

    commit: Commit
    events: tuple[Event, ...]
    rest: int = 0

    @property
    def other_committer(self) -> str | None:
        """Return who committed it, if that was somebody else than who wrote it."""
        return None if self.commit.committer == self.commit.author else self.commit.committer

    @property
    def committed(self) -> datetime | None:
        """Return when it was committed, None where that can't be read."""
        return _readable(self.commit.committed)

    @property
    def authored(self) -> datetime | None:
        """Return when it was written, as the author says; None where that can't be read."""
        return _readable(self.commit.authored)

    @property
    def is_dated_apart(self) -> bool:
        """Return whether the author's time, which can be typed, is more than a day away from the committer's."""
        if self.committed is None or self.authored is None:
            return self.committed != self.authored
        return abs(self.committed - self.authored) > _APART


def _readable(moment: datetime) -> datetime | None:
    """Return a time unless it is the one that stands for what can't be read."""
    return moment if moment.timestamp() else None


@dataclass(frozen=True)
class History:
    """Commits, newest first, of the plan and the records or of a part of them (``subject``).

    ``more`` says that there are older ones, ``cut`` that the repository does not reach back to the beginning.
    """

    plan: Plan
    subject: Words | None
    commits: tuple[Changeset, ...]
    more: bool = False
    cut: bool = False

    @property
    def sample(self) -> bool:
        """Return whether any entry of it is invented."""
        return any(event.entry is not None and event.entry.sample for each in self.commits for event in each.events)
