"""How far the collection by forms has come: of each department what went out, came back and is complete."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.plan.scheme import Scheme
from mizuho_pdca.domain.records.entries import WHOLE_PLAN
from mizuho_pdca.domain.review.office import is_awaited
from mizuho_pdca.domain.review.review import InitiativeRow, ReviewReport

Progress = Literal["not_sent", "sent", "back", "complete"]


@dataclass(frozen=True)
class FormQuestion:
    """What a row of a form asks about: a part of the plan, None the whole of it, or an indicator of that part."""

    place: Place | None
    is_complete: bool
    indicator: Indicator | None = None

    @property
    def id(self) -> str:
        """Return what the row is about, as records name it."""
        if self.indicator is not None:
            return self.indicator.id
        return WHOLE_PLAN if self.place is None else self.place.id


@dataclass(frozen=True)
class Collected:
    """Where one department's answers are: the days that were noted, and what it is asked.

    Without a department it is what no department sees to.
    """

    department: str | None
    sent: str | None
    back: str | None
    questions: tuple[FormQuestion, ...]

    @property
    def asked(self) -> int:
        """Return how many rows there are to fill in."""
        return len(self.questions)

    @property
    def complete(self) -> int:
        """Return how many of them are complete."""
        return self.asked - len(self.missing)

    @property
    def missing(self) -> tuple[FormQuestion, ...]:
        """Return those of which something is still to come."""
        return tuple(one for one in self.questions if not one.is_complete)

    @property
    def state(self) -> Progress:
        """Return how far it is: complete by what is recorded, however that came in."""
        if not self.missing:
            return "complete"
        if self.back is not None:
            return "back"
        return "not_sent" if self.sent is None else "sent"


@dataclass(frozen=True)
class FormCollection:
    """The forms of a year, by department in the order of the plan."""

    report: ReviewReport
    rows: tuple[Collected, ...]


def shares(report: ReviewReport) -> dict[str | None, tuple[FormQuestion, ...]]:
    """Return what is asked of each main department, each thing once.

    That is the initiatives, where they are asked for, and the other parts that the plan rates; of who has none of
    these the figures.
    """
    found, figures = _by_department(_questions(report)), _by_department(_figures(report))
    return found | {department: rows for department, rows in figures.items() if department not in found}


def _by_department(questions: Iterator[FormQuestion]) -> dict[str | None, tuple[FormQuestion, ...]]:
    found: dict[str | None, tuple[FormQuestion, ...]] = {}
    for one in questions:
        department = None if one.place is None else one.place.department
        found[department] = (*found.get(department, ()), one)
    return found


def _questions(report: ReviewReport) -> Iterator[FormQuestion]:
    for row in report.initiatives:
        if row.state.asked and not row.is_relisting and not row.state.is_carried:
            yield FormQuestion(row.original, _is_complete(row, report.plan.scheme))
    for part in report.rated:
        if part.is_expected:
            yield FormQuestion(part.place, not part.is_due)


def _is_complete(row: InitiativeRow, scheme: Scheme) -> bool:
    """Return whether all that the form expects is recorded."""
    return (
        bool(row.activities)
        and (row.state.status is not None or not scheme.statuses)
        and (row.evaluation is not None or not scheme.expects("initiative"))
        and (row.improvement is not None or not scheme.directions)
    )


def _figures(report: ReviewReport) -> Iterator[FormQuestion]:
    for row in report.indicators:
        is_open = is_awaited(report, row)
        if is_open or row.value.used:
            yield FormQuestion(row.place, not is_open, row.indicator)
