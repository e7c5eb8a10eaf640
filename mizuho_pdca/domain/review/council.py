"""Opinions 意見 of the council and what became of them 対応."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.records.entries import Opinion, Response
from mizuho_pdca.domain.records.ledger import Ledger

Meeting = Literal["this", "last", "earlier"]
"""Which meeting an opinion is from, seen from a reviewed year."""


@dataclass(frozen=True)
class OpinionRow:
    """An opinion in force with the responses to it, oldest first; ``place`` None for the plan as a whole."""

    opinion: Opinion
    place: Place | None
    responses: tuple[Response, ...]

    @property
    def is_open(self) -> bool:
        """Return whether nobody has answered yet."""
        return not self.responses

    @property
    def state(self) -> str | None:
        """Return the state of the last response, as written."""
        return self.responses[-1].state if self.responses else None

    def meeting(self, year: int) -> Meeting:
        """Return which meeting the opinion is from, seen from the review of a fiscal year."""
        if self.opinion.year == year:
            return "this"
        return "last" if self.opinion.year == year - 1 else "earlier"


def opinions(plan: Plan, ledger: Ledger) -> list[OpinionRow]:
    """Return every opinion in force, by meeting and in the order in which they were recorded."""
    answers: defaultdict[str, list[Response]] = defaultdict(list)
    for entry in ledger.in_force:
        if isinstance(entry, Response):
            answers[_first(ledger, entry.responds)].append(entry)
    rows = [
        OpinionRow(entry, plan.places.get(entry.target), tuple(answers[_first(ledger, entry.id)]))
        for entry in ledger.in_force
        if isinstance(entry, Opinion)
    ]
    return sorted(rows, key=lambda row: (row.opinion.meeting, row.opinion.order))


def shown_in(rows: Iterable[OpinionRow], year: int) -> list[OpinionRow]:
    """Return the opinions that a year's review shows: its own, last year's, and older open ones."""
    return [row for row in rows if row.opinion.year in (year, year - 1) or (row.opinion.year < year and row.is_open)]


def due(rows: Iterable[OpinionRow]) -> list[OpinionRow]:
    """Return the opinions that nobody has answered."""
    return [row for row in rows if row.is_open]


def about(rows: Sequence[OpinionRow], place: Place) -> tuple[OpinionRow, ...]:
    """Return the opinions on one node itself."""
    return tuple(row for row in rows if row.opinion.target == place.id)


def _first(ledger: Ledger, entry_id: str) -> str:
    """Return the first form of an opinion, so that a corrected one keeps its responses."""
    seen = {entry_id}
    while (entry := ledger.by_id.get(entry_id)) is not None and entry.supersedes is not None:
        entry_id = entry.supersedes
        if entry_id in seen:
            break
        seen.add(entry_id)
    return entry_id
