"""Which entries are in force: derived from what supersedes and withdraws what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from mizuho_pdca.core.entries import Entry, Withdrawal


class Ledger:
    """All entries of a workspace, in the order in which things happened.

    An entry is out of force once an active entry supersedes it or an active withdrawal names
    it. A withdrawal is active until it is itself withdrawn, so that taking back a correction
    brings back what it corrected.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Take entries in any order."""
        self.entries = sorted(entries, key=lambda entry: entry.order)
        self.by_id = {entry.id: entry for entry in self.entries}

    @cached_property
    def withdrawn_by(self) -> dict[str, Entry]:
        """Return the active withdrawal of each withdrawn entry."""
        withdrawals = [entry for entry in self.entries if isinstance(entry, Withdrawal)]
        result: dict[str, Entry] = {}
        for entry in reversed(withdrawals):  # newest first: only a later one can undo an earlier one
            if entry.id not in result:
                result.setdefault(entry.withdraws, entry)
        return result

    @cached_property
    def superseded_by(self) -> dict[str, Entry]:
        """Return the active entry that supersedes each superseded one."""
        return {
            entry.supersedes: entry
            for entry in self.entries
            if entry.supersedes is not None and entry.id not in self.withdrawn_by
        }

    @cached_property
    def in_force(self) -> list[Entry]:
        """Return the entries that count, without withdrawals, oldest first."""
        return [
            entry
            for entry in self.entries
            if not isinstance(entry, Withdrawal)
            and entry.id not in self.withdrawn_by
            and entry.id not in self.superseded_by
        ]

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
