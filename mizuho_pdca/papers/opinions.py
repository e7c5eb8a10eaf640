"""Papers of the council's circle: opinions with what became of them, and what the office still owes."""

from __future__ import annotations

from collections.abc import Iterator

from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.review.council import OpinionRow
from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.paper import Cell, Column, Paper
from mizuho_pdca.papers.words import on_day
from mizuho_pdca.text import NONE

_MEETINGS = {"this": N_("this meeting"), "last": N_("last meeting"), "earlier": N_("earlier, open")}
_ORDER = ("earlier", "last", "this")


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
        reason = t(N_(" (reason: {reason})")).format(reason=response.refusal) if response.refusal else ""
        yield on_day(response.date, f"{response.text.strip()}{reason}", t)
