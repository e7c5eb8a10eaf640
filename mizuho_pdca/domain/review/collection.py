"""How far the collection by forms has come: of each department what went out, came back and is complete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from mizuho_pdca.domain.plan.scheme import Scheme
from mizuho_pdca.domain.review.review import InitiativeRow, ReviewReport

Progress = Literal["not_sent", "sent", "back", "complete"]


@dataclass(frozen=True)
class Collected:
    """Where one department's answers are: days as they were noted, rows of its share that are complete.

    Without a department it is what no department sees to.
    """

    department: str | None
    sent: str | None
    back: str | None
    complete: int
    asked: int
    missing: tuple[InitiativeRow, ...] = ()

    @property
    def state(self) -> Progress:
        """Return how far it is: complete by what is recorded, however that came in."""
        if self.complete == self.asked:
            return "complete"
        if self.back is not None:
            return "back"
        return "not_sent" if self.sent is None else "sent"


@dataclass(frozen=True)
class FormCollection:
    """The forms of a year, by department in the order of the plan."""

    report: ReviewReport
    rows: tuple[Collected, ...]


def shares(report: ReviewReport) -> dict[str | None, list[InitiativeRow]]:
    """Return the initiatives that are asked for by their main department; each of them once."""
    found: dict[str | None, list[InitiativeRow]] = {}
    for row in report.initiatives:
        if not row.is_relisting and not row.state.is_carried:
            found.setdefault(row.original.department, []).append(row)
    return found


def is_complete(row: InitiativeRow, scheme: Scheme) -> bool:
    """Return whether all that the form expects is recorded."""
    return (
        bool(row.activities)
        and (row.evaluation is not None or not scheme.expects("initiative"))
        and (row.improvement is not None or not scheme.directions)
    )


def incomplete(rows: Sequence[InitiativeRow], scheme: Scheme) -> tuple[InitiativeRow, ...]:
    """Return the rows of which something is still to come."""
    return tuple(row for row in rows if not is_complete(row, scheme))
