"""What an audit of a history finds: kinds of findings, and the whole result.

The rules stand in ``rules``. The time of a commit is its committer's: it says when the commit
came into this history, and takes more than ``git commit --date`` to forge. The author's time stays
when a commit is made anew (rebase, amend), so it is only asked whether the commit is dated before it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from mizuho_pdca.domain.history.commits import ENTRY_PATH, Commit
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.message import N_, Message

Kind = Literal["edited", "renamed", "deleted", "dated", "closed", "seal", "moved"]

KINDS: dict[Kind, str] = {
    "edited": N_("entry rewritten"),
    "renamed": N_("entry renamed or moved"),
    "deleted": N_("entry deleted"),
    "dated": N_("dates that do not fit"),
    "closed": N_("closed year changed"),
    "seal": N_("seal that does not hold"),
    "moved": N_("workspace moved, and not to be followed"),
}
"""What each kind of finding is called, in the order in which they are counted."""


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

    ``samples`` counts the invented entries, whose dates are not judged; ``late`` those that were
    recorded only after the council had long met on their year, and say so; ``merged`` those that a
    merge brought in by then, and that were in time on their branch; ``carried_over`` those of a table that
    the town had, which say that they are older than this history. ``plan`` is the one of the last
    commit, None where it can't be read.
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
    merged: int = 0
    carried_over: int = 0

    @cached_property
    def counts(self) -> dict[Kind, int]:
        """Return how many findings of each kind there are, without those of which there are none."""
        found = Counter(finding.kind for finding in self.findings)
        return {kind: found[kind] for kind in KINDS if found[kind]}

    def subject(self, path: str | None) -> tuple[str, str] | None:
        """Return the printed number and the title of what an entry is about, None where the plan has no such thing."""
        match = None if path is None else ENTRY_PATH.fullmatch(path)
        place = None if match is None or self.plan is None else self.plan.places.get(match["target"])
        return None if place is None or self.plan is None else (place.number, self.plan.title(place))
