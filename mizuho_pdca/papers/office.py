"""事務局用: what the office still owes the council."""

from __future__ import annotations

from collections.abc import Iterator

from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.paper import Cell, Column, Paper
from mizuho_pdca.papers.words import print_indicator
from mizuho_pdca.text import NONE

_KEYS = {
    "summary": N_("activity"),
    "progress": N_("progress"),
    "issues": N_("issues"),
    "next": N_("plans for the next year"),
}


def office_paper(report: ReviewReport, t: Translate) -> Paper:
    """Return 事務局用: what has not been reported, evaluated, measured, answered or rewritten."""
    rows = (
        *_unreported(report, t),
        *_unvalued(report, t),
        *_unanswered(report, t),
        *_unchanged(report, t),
    )
    columns = (
        Column(t(N_("What is due")), 14, choices=True),
        Column(t(N_("No.")), 8),
        Column(t(N_("Title")), 24),
        Column(t(N_("Department")), 8),
        Column(t(N_("Note")), 16),
    )
    return Paper("office", t(N_("For the office only")), columns, rows, keys=2, internal=True)


def _due(t: Translate, what: str, place: Place | None, title: str, note: str = NONE) -> tuple[Cell, ...]:
    number = t(N_("whole plan")) if place is None else place.number
    departments = place.departments if place is not None else ()
    return Cell(what, tone="alert"), Cell(number), Cell(title), Cell(t(N_(", ")).join(departments) or NONE), Cell(note)


def _unreported(report: ReviewReport, t: Translate) -> Iterator[tuple[Cell, ...]]:
    originals = [row for row in report.initiatives if not row.is_relisting]
    by_department = sorted(originals, key=lambda row: row.original.department or "")
    for row in by_department:
        if not row.state.reported:
            yield _due(t, t(N_("not reported")), row.place, row.title)
    for row in by_department:
        if row.state.reported and row.state.rating is None:
            yield _due(t, t(N_("not evaluated")), row.place, row.title)


def _unvalued(report: ReviewReport, t: Translate) -> Iterator[tuple[Cell, ...]]:
    for row in report.indicators:
        if not row.value.used:
            yield _due(t, t(N_("no figure")), row.place, print_indicator(row.indicator, t), row.indicator.id)


def _unanswered(report: ReviewReport, t: Translate) -> Iterator[tuple[Cell, ...]]:
    for row in report.opinions:
        if row.is_open:
            yield _due(t, t(N_("opinion not answered")), row.place, row.opinion.text.strip(), row.opinion.id)


def _unchanged(report: ReviewReport, t: Translate) -> Iterator[tuple[Cell, ...]]:
    for row in report.initiatives:
        if row.unchanged and not row.is_relisting:
            keys = t(N_(", ")).join(t(_KEYS[key]) for key in row.unchanged)
            yield _due(t, t(N_("same text as last year")), row.place, row.title, keys)
