"""Dates that do not fit: of an entry or a seal against its commit, of a commit against those before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from mizuho_pdca.domain.calendar import fiscal_year
from mizuho_pdca.domain.history.commits import Commit
from mizuho_pdca.message import N_, Message, message

SLACK = dt.timedelta(days=1)
"""What a clock or its zone may be wrong by."""

_MONTH = dt.timedelta(days=31)
_LAST_MEETING = (10, 31)
"""Month and day by which the council has long met on the fiscal year that ended in March."""


@dataclass(frozen=True)
class Dates:
    """When something is said to have been done, and to have been recorded; None where that can't be read."""

    day: dt.date | None
    recorded: dt.datetime | None

    @property
    def are_known(self) -> bool:
        """Return whether both can be read."""
        return self.day is not None and self.recorded is not None

    def faults(self, committed: dt.datetime, reached: dt.datetime) -> Iterator[Message]:
        """Yield why an entry can't have come into the history at this time as it says.

        ``reached`` is the time that the history had reached already: a commit that is dated back
        makes nothing younger. That it is about a year long past is no fault: see ``is_late``.
        """
        if self.recorded is not None:
            words = {"recorded": self.recorded.isoformat()}
            if self.recorded - committed > SLACK:
                yield message(N_("recorded {recorded}, after the commit"), **words)
            elif (late := max(committed, reached) - self.recorded) > _MONTH:
                yield message(N_("recorded {recorded}, but committed {days} days later only"), **words, days=late.days)
        if self.day is not None and self.day - committed.date() > SLACK:
            yield message(N_("date {date}, after the commit"), date=self.day.isoformat())
        if self.day is not None and self.recorded is not None and self.day - self.recorded.date() > SLACK:
            words = {"date": self.day.isoformat(), "day": self.recorded.date().isoformat()}
            yield message(N_("date {date}, but recorded before it, on {day}"), **words)

    def is_late(self, came: dt.datetime) -> bool:
        """Return whether the council had long met on the year of the day when it came into the history."""
        return self.day is not None and (came.year, came.month, came.day) > (fiscal_year(self.day) + 1, *_LAST_MEETING)


def dates_of(data: Mapping[object, object]) -> Dates:
    """Return the dates of an entry's data."""
    return Dates(_day(data.get("date")), _moment(data.get("recorded")))


def _day(raw: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(raw))
    except ValueError:
        return None


def _moment(raw: object) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(str(raw))
    except ValueError:
        return None
    return None if moment.tzinfo is None else moment


def newest(commit: Commit, before: Sequence[Commit], now: dt.datetime) -> Commit:
    """Return the commit whose time the history has reached; ``before`` has those that its parents reached.

    So steps back add up, however small, and commits without data hide none. A time that has not
    come yet counts for nothing: it would make all later commits look dated back.
    """
    come = [one for one in (*before, commit) if one.committed - now <= SLACK]
    return max(come or [commit], key=attrgetter("committed"))


def commit_faults(commit: Commit, reached: Commit, now: dt.datetime) -> Iterator[Message]:
    """Yield why a commit can't have been made when it says; ``reached`` is the newest up to it."""
    if reached.committed - commit.committed > SLACK:
        days = (reached.committed - commit.committed).days
        yield message(
            N_("the commit is dated {days} days before {parent}, on which it builds"),
            days=days,
            parent=reached.id[:12],
        )
    if commit.committed - now > SLACK:
        yield message(N_("the commit is dated {days} days from now"), days=(commit.committed - now).days)
    if commit.authored - commit.committed > SLACK:
        days = (commit.authored - commit.committed).days
        yield message(N_("the commit is dated {days} days before it was written"), days=days)
