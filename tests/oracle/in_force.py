"""Which entries hold, in which order, and in which fiscal year: reckoned from plain dicts.

References alone decide what holds. A withdrawal holds unless a holding one takes it back. A correction counts unless
it is withdrawn and nothing that counts has corrected it in its turn; what it corrects is then out of force.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

Entry = Mapping[str, Any]
Order = tuple[str, datetime, str]

_APRIL = 4


class Calendar:
    """The plan's own years and days: ``starts`` is the month in which a fiscal year begins."""

    def __init__(self, header: Mapping[str, Any]) -> None:
        """Read the keys ``year`` and ``timezone`` of the plan's header."""
        self.starts: int = header.get("year", {}).get("starts", _APRIL)
        self.zone = ZoneInfo(header.get("timezone", "Asia/Tokyo"))

    def year_of(self, day: str) -> int:
        """Return the fiscal year of a day."""
        return int(day[:4]) - (int(day[5:7]) < self.starts)

    def half_of(self, day: str) -> str:
        """Return whether a day lies in the first or the second six months of its year."""
        return "first" if (int(day[5:7]) - self.starts) % 12 < 6 else "second"

    def next_year_begins(self, year: int) -> str:
        """Return the first day after a fiscal year."""
        return date(year + 1, self.starts, 1).isoformat()

    def day_of(self, moment: str) -> str:
        """Return the plan's day of a moment with its zone."""
        return datetime.fromisoformat(moment).astimezone(self.zone).date().isoformat()


class Records:
    """All entries of a workspace; those in force by year and target, each where its first form stood."""

    def __init__(self, entries: Iterable[Entry], calendar: Calendar) -> None:
        """Take the entries in any order."""
        self.entries = list(entries)
        self.calendar = calendar
        self.by_id = {entry["id"]: entry for entry in self.entries}
        self._withdrawals = self._naming("withdraws")
        self._corrections = self._naming("supersedes")
        self.in_force = sorted((entry for entry in self.entries if self.holds(entry)), key=self.order)
        self._of: defaultdict[tuple[int, str], list[Entry]] = defaultdict(list)
        for entry in self.in_force:
            self._of[self.year(entry), entry["target"]].append(entry)

    def _naming(self, key: str) -> dict[str, list[Entry]]:
        result: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            if key in entry:
                result[entry[key]].append(entry)
        return result

    def of(self, year: int, target: str) -> Sequence[Entry]:
        """Return the entries in force of a node in a fiscal year, in their order."""
        return self._of.get((year, target), [])

    def year(self, entry: Entry) -> int:
        """Return the fiscal year that an entry is about."""
        return int(entry.get("fiscal_year") or self.calendar.year_of(entry["date"]))

    def holds(self, entry: Entry) -> bool:
        """Return whether an entry is in force; a withdrawal itself never is."""
        if entry["kind"] == "withdrawal" or self._is_withdrawn(entry):
            return False
        return not any(self._counts(other) for other in self._corrections.get(entry["id"], ()))

    def _is_withdrawn(self, entry: Entry) -> bool:
        return any(not self._is_withdrawn(other) for other in self._withdrawals.get(entry["id"], ()))

    def _counts(self, correction: Entry) -> bool:
        later = self._corrections.get(correction["id"], ())
        return not self._is_withdrawn(correction) or any(self._counts(other) for other in later)

    def first_form(self, entry: Entry) -> Entry:
        """Return the entry at the beginning of a chain of corrections."""
        while "supersedes" in entry:
            entry = self.by_id[entry["supersedes"]]
        return entry

    def order(self, entry: Entry) -> Order:
        """Return the place of an entry: that of its first form, by date, time of recording and name."""
        first = self.first_form(entry)
        return first["date"], datetime.fromisoformat(first["recorded"]), first["id"]

    def is_running(self, year: int) -> bool:
        """Return whether the last entry of the whole data was recorded on or before the year's last day."""
        days = [self.calendar.day_of(entry["recorded"]) for entry in self.entries]
        return bool(days) and max(days) < self.calendar.next_year_begins(year)


def is_report(entry: Entry) -> bool:
    """Return whether the office says in an entry what it did, how it rates it or what comes next."""
    if entry["kind"] == "actual":
        return bool(entry.get("values"))
    return entry["kind"] in ("activity", "evaluation", "improvement")
