"""Papers of the council's circle: opinions with what became of them, and what the office still owes."""

from __future__ import annotations

from collections.abc import Iterator

from mizuho_pdca.core.council import OpinionRow
from mizuho_pdca.core.figures import NONE
from mizuho_pdca.core.paper import Cell, Column, Paper
from mizuho_pdca.core.plan import Place
from mizuho_pdca.core.review import ReviewReport
from mizuho_pdca.core.wording import on_day, print_indicator
from mizuho_pdca.message import N_, Translate

_MEETINGS = {"this": N_("this meeting"), "last": N_("last meeting"), "earlier": N_("earlier, open")}
_ORDER = ("earlier", "last", "this")
_KEYS = {
    "summary": N_("activity"),
    "progress": N_("progress"),
    "issues": N_("issues"),
    "next": N_("plans for the next year"),
}


def print_state(report: ReviewReport, row: OpinionRow, t: Translate) -> str:
    """Return the state of an opinion, "not answered" while nobody has."""
    return t(N_("not answered")) if row.state is None else print_answer(report, row.state)


def print_answer(report: ReviewReport, state: str) -> str:
    """Return the plan's name of a response's state."""
    answer = report.plan.scheme.answer(state)
    return state if answer is None else answer.name


def opinion_paper(report: ReviewReport, t: Translate) -> Paper:
    """Return 意見と対応: the last meeting's first, open ones of earlier years before them."""
    columns = (
        Column(t(N_("Meeting")), 10),
        Column(t(N_("About")), 16),
        Column(t(N_("Opinion")), 24),
        Column(t(N_("State")), 10, choices=True),
        Column(t(N_("Response")), 22),
    )
    ordered = sorted(report.opinions, key=lambda row: _ORDER.index(row.meeting(report.year)))
    rows = tuple(_opinion_row(report, row, t) for row in ordered)
    anchors = tuple(row.opinion.id for row in ordered)
    return Paper("opinions", t(N_("Opinions and responses")), columns, rows, keys=2, anchors=anchors)


def _opinion_row(report: ReviewReport, row: OpinionRow, t: Translate) -> tuple[Cell, ...]:
    about = t(N_("the plan as a whole"))
    if row.place is not None:
        about = f"{row.place.number} {report.plan.title(row.place)}"
    return (
        Cell(f"{row.opinion.meeting.isoformat()} {t(_MEETINGS[row.meeting(report.year)])}"),
        Cell(about, link=_listed(report, row.place)),
        Cell(row.opinion.text.strip()),
        Cell(print_state(report, row, t), tone="alert" if row.is_open else "plain"),
        Cell("\n".join(response_lines(row, t)) or NONE),
    )


def _listed(report: ReviewReport, place: Place | None) -> str | None:
    """Return the name of an initiative's row, None for what has none."""
    return place.id if place is not None and any(place is row.place for row in report.initiatives) else None


def response_lines(row: OpinionRow, t: Translate) -> Iterator[str]:
    """Yield the responses to an opinion, each with its day, a refusal with its reason."""
    for response in row.responses:
        reason = t(N_(" (reason: {reason})")).format(reason=response.reason) if response.reason else ""
        yield on_day(response.date, f"{response.text.strip()}{reason}", t)


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
    department = place.department if place is not None else None
    return Cell(what, tone="alert"), Cell(number), Cell(title), Cell(department or NONE), Cell(note)


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
