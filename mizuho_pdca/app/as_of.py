"""Look back: a workspace as it stood at a commit, by the commit's name or by a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.domain.calendar import parse_date
from mizuho_pdca.domain.history.commits import Commit
from mizuho_pdca.domain.records.paths import PLAN_PATH
from mizuho_pdca.domain.review.as_of import AsOf
from mizuho_pdca.errors import EnvironmentFault, UsageFault
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.storage.git.objects import Snapshot, opened
from mizuho_pdca.storage.git.program import Git

_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")

_SHORT = 12


@dataclass(frozen=True)
class Past:
    """A workspace at a commit; readable as long as it is open."""

    tree: Snapshot
    commit: Commit

    @property
    def as_of(self) -> AsOf:
        """Return the commit, to which nothing can have changed."""
        return AsOf(self.commit.id, dirty=False)


@contextmanager
def looking_back(desk: Desk, when: str) -> Iterator[Past]:
    """Open the workspace as it stood at a revision, or at the end of a day.

    Raise ``UsageFault`` where there is no such commit, ``EnvironmentFault`` without git.
    """
    with opened(desk.git) as objects:
        commit = objects.commit(revision(desk, when))
        if objects.at(commit, PLAN_PATH) is None:
            raise UsageFault(
                N_("there was no plan yet at commit {commit}"),
                commit=commit.id[:_SHORT],
                remedy=message(N_("Give a later commit or day; pdca history shows when the plan came.")),
            )
        yield Past(Snapshot(objects, commit), commit)


def revision(desk: Desk, when: str) -> str:
    """Return the full name of the commit that a person means: a revision, or the last one of a day.

    A day ends when it does in Japan, wherever the program runs: the same day means the same commit.
    Of merged lines only that counts on which this workspace stood: commits that came in later, with
    a merge, were not here on that day. Raise ``UsageFault`` where there is none,
    ``EnvironmentFault`` without git or without a commit.
    """
    head = head_of(desk.git)
    end = _end(desk, when)
    found = _named(desk.git, when) if end is None else _last_until(desk.git, head, end)
    found = (found or "").strip()
    if _ID.fullmatch(found) is None:
        raise UsageFault(
            N_('there is no commit "{revision}"'),
            revision=when,
            remedy=message(N_("Give a commit of pdca history, a tag, or a day on which there was one already.")),
        )
    return found


def beside(desk: Desk, when: str) -> Message | None:
    """Return what to say where a day has commits on lines that were merged later; None where it is clear."""
    end = _end(desk, when)
    if end is None:
        return None
    chosen = revision(desk, when)
    before = f"--before={end.isoformat()}"
    other = (desk.git.ask("rev-list", "-1", before, head_of(desk.git), f"^{chosen}") or "").strip()
    if not other:
        return None
    return message(
        N_("Until {when} there were commits on lines that were merged later; {chosen} was taken, not {other}."),
        when=when,
        chosen=chosen[:_SHORT],
        other=other[:_SHORT],
    )


def _end(desk: Desk, when: str) -> datetime | None:
    """Return the end of one of the plan's days; None where ``when`` is no day."""
    day = parse_date(when, desk.today)
    return None if day is None else datetime.combine(day, time.max, desk.zone).replace(microsecond=0)


def _last_until(git: Git, head: str, end: datetime) -> str | None:
    """Return the last commit of the workspace's own line before the first one that is later than ``end``.

    A commit that is dated back and stands on later ones does not count as one of that time.
    """
    listed = git.read("rev-list", "--first-parent", "--reverse", "--timestamp", head)
    found = None
    for line in listed.splitlines():
        seconds, _, commit = line.partition(" ")
        if int(seconds) > end.timestamp():
            break
        found = commit
    return found


def _named(git: Git, name: str) -> str | None:
    return git.ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")


def head_of(git: Git) -> str:
    """Return the commit that the workspace stands at; raise ``EnvironmentFault`` where there is none."""
    git.prefix()
    head = git.ask("rev-parse", "--verify", "--quiet", "HEAD")
    if head is None:
        raise EnvironmentFault(
            N_("nothing has been committed yet"), remedy=message(N_("Commit what was recorded: pdca commit"))
        )
    return head.strip()
