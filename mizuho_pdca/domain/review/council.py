"""Opinions 意見 of the council and what became of them 対応."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from mizuho_pdca.domain.calendar import APRIL, last_day
from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.records.entries import Opinion, Response
from mizuho_pdca.domain.records.ledger import Ledger

Meeting = Literal["this", "last", "earlier"]
"""Which meeting an opinion is from, seen from a reviewed year."""

_SETTLED = ("answered", "declined")


@dataclass(frozen=True)
class Reply:
    """A response with the code of its state, and the day on which it was first given."""

    response: Response
    state: str
    day: date


@dataclass(frozen=True)
class OpinionRow:
    """An opinion in force with the replies to it, oldest first; ``place`` None for the plan as a whole.

    ``later`` replies came after what a year's review shows: its papers stay as they were, but nobody waits any more.
    """

    opinion: Opinion
    place: Place | None
    replies: tuple[Reply, ...]
    later: tuple[Reply, ...] = ()

    @property
    def responses(self) -> tuple[Response, ...]:
        """Return the responses."""
        return tuple(reply.response for reply in self.replies)

    @property
    def state(self) -> str | None:
        """Return the code of the last response's state, None while nobody has answered."""
        return self.replies[-1].state if self.replies else None

    @property
    def state_now(self) -> str | None:
        """Return the code of the last state by now, whatever a year's review shows."""
        return self.later[-1].state if self.later else self.state

    @property
    def waits_now(self) -> bool:
        """Return whether it was answered, but still waits for something by now."""
        return self.state_now is not None and self.state_now not in _SETTLED

    @property
    def is_open(self) -> bool:
        """Return whether it still waits for something: it is neither done nor declined."""
        return self.state not in _SETTLED

    def meeting(self, year: int) -> Meeting:
        """Return which meeting the opinion is from, seen from the review of a fiscal year."""
        if self.opinion.year == year:
            return "this"
        return "last" if self.opinion.year == year - 1 else "earlier"

    def until(self, day: date) -> OpinionRow:
        """Return the opinion with the replies that were given by a day, the others as later ones."""
        known, later = (tuple(one for one in self.replies if (one.day <= day) is by_then) for by_then in (True, False))
        return replace(self, replies=known, later=later)


def opinions(plan: Plan, ledger: Ledger) -> list[OpinionRow]:
    """Return every opinion in force, by meeting and in the order in which they were recorded."""
    answers: defaultdict[str, list[Reply]] = defaultdict(list)
    for entry in ledger.in_force:
        if isinstance(entry, Response):
            known = plan.scheme_at(entry.year).answer(entry.state)
            reply = Reply(entry, entry.state if known is None else known.code, ledger.first_form(entry).date)
            answers[_first(ledger, entry.responds)].append(reply)
    rows = [
        OpinionRow(entry, plan.places.get(entry.target), tuple(answers[_first(ledger, entry.id)]))
        for entry in ledger.in_force
        if isinstance(entry, Opinion)
    ]
    return sorted(rows, key=lambda row: row.opinion.meeting)


def shown_in(rows: Iterable[OpinionRow], year: int, starts: int = APRIL) -> Iterator[OpinionRow]:
    """Yield the opinions that a year's review shows, with the replies given by the end of the year after it.

    They are its own, last year's, and older ones that were open at the end of the year: one that is
    settled after that is shown once more, with how.
    """
    for row in rows:
        is_recent = row.opinion.year in (year, year - 1)
        if is_recent or (row.opinion.year < year and row.until(last_day(year, starts)).is_open):
            yield row.until(last_day(year + 1, starts))


def about(rows: Sequence[OpinionRow], place: Place) -> tuple[OpinionRow, ...]:
    """Return the opinions on one node itself."""
    return tuple(row for row in rows if row.opinion.target == place.id)


def _first(ledger: Ledger, entry_id: str) -> str:
    """Return the first form of an opinion, so that a corrected one keeps its responses."""
    entry = ledger.by_id.get(entry_id)
    return entry_id if entry is None else ledger.first_form(entry).id
