"""Which entries are in force: derived from what supersedes and withdraws what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from operator import attrgetter
from typing import TypeVar, cast

from mizuho_pdca.domain.records.entries import Entry, Recorded, Withdrawal
from mizuho_pdca.domain.records.kinds import KINDS, displaced

E = TypeVar("E", bound=Recorded)


class Ledger:
    """All entries of a workspace, in the order in which things happened.

    A withdrawal holds until it is itself withdrawn. An entry is out of force while a withdrawal
    that holds names it, or while a correction of it counts: one that is not withdrawn, or that
    has itself been corrected. So taking back a correction brings back what it corrected, and of
    a chain of corrections at most one entry is in force, in whatever order clones were merged.
    References alone decide; clocks of two offices may differ.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Take entries in any order."""
        self.entries = sorted(entries, key=attrgetter("id"))
        self.entries.sort(key=attrgetter("recorded"))  # by one key after the other: no tuples are made and compared
        self.entries.sort(key=attrgetter("date"))
        self.by_id = {entry.id: entry for entry in self.entries}

    @cached_property
    def withdrawn_by(self) -> dict[str, Entry]:
        """Return the holding withdrawal of each withdrawn entry."""
        against = _grouped((entry, entry.withdraws) for entry in self.entries if isinstance(entry, Withdrawal))
        holds: dict[str, bool] = {}

        def holding(entry: Entry) -> bool:
            if entry.id not in holds:
                holds[entry.id] = True  # a circle is a fault of the data; it must not hang
                holds[entry.id] = not any(holding(other) for other in against[entry.id])
            return holds[entry.id]

        found = ((target, entry) for target, entries in list(against.items()) for entry in entries if holding(entry))
        return dict(found)

    @cached_property
    def superseded_by(self) -> dict[str, Entry]:
        """Return the counting correction of each entry that has one."""
        against = _grouped((entry, entry.supersedes) for entry in self.entries if entry.supersedes is not None)
        seen: set[str] = set()

        def correction(entry_id: str) -> Entry | None:
            if entry_id in seen:
                return None
            seen.add(entry_id)
            counting = (e for e in against[entry_id] if e.id not in self.withdrawn_by or correction(e.id) is not None)
            result = next(counting, None)
            seen.discard(entry_id)
            return result

        found = ((target, correction(target)) for target in list(against))
        return {target: entry for target, entry in found if entry is not None}

    @cached_property
    def in_force(self) -> list[Entry]:
        """Return the entries that count, without withdrawals, each where its first form stood, oldest first."""
        counting: list[Entry] = [
            entry
            for entry in self.entries
            if not isinstance(entry, Withdrawal)
            and entry.id not in self.withdrawn_by
            and entry.id not in self.superseded_by
        ]
        if not self.superseded_by:
            return counting
        return sorted(counting, key=lambda entry: self.first_form(entry).order)

    def first_form(self, entry: Entry) -> Entry:
        """Return the entry at the beginning of a chain of corrections: a correction stands where that stood."""
        *_, first = self.forms_of(entry)
        return first

    def forms_of(self, entry: Entry) -> Iterator[Entry]:
        """Yield an entry, what it corrects, what that corrects, and so on."""
        seen: set[str] = set()
        form: Entry | None = entry
        while form is not None and form.id not in seen:
            seen.add(form.id)
            yield form
            form = self.by_id.get(form.supersedes or "")

    @cached_property
    def by_indicator(self) -> dict[str, list[Entry]]:
        """Return by indicator the entries that say something of it, and those that correct or withdraw one."""
        result: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            for slug in dict.fromkeys(self._indicators(entry)):
                result[slug].append(entry)
        return dict(result)

    def _indicators(self, entry: Entry) -> Iterator[str]:
        """Yield the indicators that an entry, or one that it leads back to, says something of."""
        names, seen = [entry.id], set[str]()
        for name in names:  # it grows while it is gone through
            found = self.by_id.get(name)
            if found is None or name in seen:
                continue
            seen.add(name)
            names += [other for _, other in displaced(found)]
            for key in KINDS[found.kind].keys("figures", "reasons"):
                yield from getattr(found, key)

    @cached_property
    def _by_kind(self) -> dict[type[Entry], list[Entry]]:
        result: defaultdict[type[Entry], list[Entry]] = defaultdict(list)
        for entry in self.in_force:
            result[type(entry)].append(entry)
        return dict(result)

    def all_of(self, kind: type[E]) -> list[E]:
        """Return the entries in force of a kind, oldest first."""
        return cast("dict[type[E], list[E]]", self._by_kind).get(kind, [])

    @cached_property
    def by_year_and_target(self) -> dict[tuple[int, str], list[Entry]]:
        """Return the entries in force by fiscal year and target, oldest first."""
        result: defaultdict[tuple[int, str], list[Entry]] = defaultdict(list)
        for entry in self.in_force:
            result[entry.year, entry.target].append(entry)
        return dict(result)

    def of(self, year: int, target: str) -> list[Entry]:
        """Return the entries in force of a node in a fiscal year, oldest first."""
        return self.by_year_and_target.get((year, target), [])


def _grouped(references: Iterable[tuple[Entry, str]]) -> defaultdict[str, list[Entry]]:
    """Return entries by the id that they refer to."""
    result: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry, target in references:
        result[target].append(entry)
    return result
