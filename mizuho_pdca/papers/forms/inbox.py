"""A file that came in, as it is told to whoever took it in."""

from __future__ import annotations

from dataclasses import dataclass

from mizuho_pdca.domain.records.entries import Entry
from mizuho_pdca.message import Message


@dataclass(frozen=True)
class CameIn:
    """What became of a file, or would: the entries it makes, and how much of it is wrong.

    ``same`` counts answers that were recorded already, ``complete`` rows with all that is expected of
    ``asked`` rows; where there are ``faults`` nothing of it is recorded.
    """

    name: str
    year: int | None = None
    department: str | None = None
    by: str | None = None
    entries: tuple[Entry, ...] = ()
    same: int = 0
    complete: int = 0
    asked: int = 0
    faults: int = 0
    notes: tuple[Message, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Return whether nothing of it is recorded."""
        return self.faults > 0
