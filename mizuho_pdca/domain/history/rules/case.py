"""What the rules are told of a commit, and of what came before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from mizuho_pdca.domain.calendar import APRIL
from mizuho_pdca.domain.closing.seal import Seal, SealFile
from mizuho_pdca.domain.history.commits import Ancestry, Change, Commit, is_entry


class BlobReader(Protocol):
    """Reads contents by the names that git has for them."""

    def data(self, blob: str | None) -> object:
        """Return the data of a file, None where there is none or it can't be read."""

    def plan_state(self, blob: str | None, seal: Seal) -> str | None:
        """Return how a plan stands to a seal, None where there is none or it has faults."""


class Basis(NamedTuple):
    """The files of plan and seals (by fiscal year) at a commit, and those of the seals that can be read."""

    plan: str | None
    seals: Mapping[int, str]
    closings: Mapping[int, SealFile]


class Dropped(NamedTuple):
    """A commit that lost some seals, and whether it duly went on with a reopening."""

    commit: str
    seals: SealFile
    is_duly: bool


@dataclass
class Known:
    """What is known of the commits before.

    ``first`` has the contents that each entry was committed with first: what puts them back is no
    new finding. ``touched`` has the commits that changed or deleted a file themselves, ``dropped``
    those that lost seals of a year.
    """

    first: dict[str, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    touched: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    dropped: defaultdict[int, list[Dropped]] = field(default_factory=lambda: defaultdict(list))

    def remember(self, commit: Commit, own: Mapping[str, Change]) -> None:
        """Keep what a commit did itself."""
        for path, change in own.items():
            if change.before is not None:
                self.touched[path].append(commit.id)
            if change.after is None:
                self.deleted.add(path)
            else:
                self.first.setdefault(path, change.after)


@dataclass(frozen=True)
class Case:
    """A commit, with its parents as this history has them, and what it did: against each of them, and itself.

    ``odd`` has the paths at which it put something that is no file; ``reached`` is the newest commit
    up to it; the plan's years begin with the month ``starts``.
    """

    commit: Commit
    parents: Sequence[str]
    befores: Sequence[Basis]
    after: Basis
    by_parent: Sequence[Mapping[str, Change]]
    own: Mapping[str, Change]
    odd: Mapping[str, object]
    reached: Commit
    ancestry: Ancestry
    starts: int = APRIL

    @property
    def entries(self) -> dict[str, Change]:
        """Return what became of entries by what the commit did itself."""
        return {path: change for path, change in self.own.items() if is_entry(path) and path not in self.odd}

    def is_elsewhere(self, names: Iterable[str], at: int) -> bool:
        """Return whether one of some commits is held by another parent, and not by the one at ``at``."""
        others = [other for number, other in enumerate(self.parents) if number != at]
        return self.ancestry.came_from(names, self.parents[at], others)
