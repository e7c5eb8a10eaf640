"""The coordinator's list of forms."""

from __future__ import annotations

from mizuho_pdca.domain.review.collection import Collected, FormCollection, FormQuestion, Progress
from mizuho_pdca.message import N_, Translate, message
from mizuho_pdca.papers.paper import Cell, Column, Paper, Papers
from mizuho_pdca.papers.words import SAMPLE_BANNER
from mizuho_pdca.text import NONE

STATES: dict[Progress, str] = {
    "not_sent": N_("not sent out yet"),
    "sent": N_("not back yet"),
    "back": N_("back, incomplete"),
    "complete": N_("complete"),
}
"""How far a department is."""


def form_papers(now: FormCollection, t: Translate) -> Papers:
    """Return the list: a row a department, with what is still missing."""
    report = now.report
    complete, asked = sum(row.complete for row in now.rows), sum(row.asked for row in now.rows)
    columns = (
        Column(t(N_("Department")), 12),
        Column(t(N_("State of the form")), 14),
        Column(t(N_("Sent out")), 10),
        Column(t(N_("Came back")), 10),
        Column(t(N_("Complete")), 9),
        Column(t(N_("Still missing")), 24, essential=False),
    )
    rows = tuple(tuple(_cells(row, t)) for row in now.rows)
    return Papers(
        title=message(N_("Forms on FY{year}"), year=report.year).text(t),
        subtitles=(t(N_("Complete: {complete}/{asked}")).format(complete=complete, asked=asked),),
        banner=t(SAMPLE_BANNER) if report.sample else None,
        papers=(Paper("forms", t(N_("Forms by department")), columns, rows),),
        legend=(),
    )


def office_name(department: str | None, t: Translate) -> str:
    """Return a department, or that the plan names none."""
    return department or t(N_("(no department in the plan)"))


def question_name(one: FormQuestion, t: Translate) -> str:
    """Return what a row asks about: a number, an indicator's name, or the whole plan."""
    if one.indicator is not None:
        return one.indicator.name
    return t(N_("The whole plan")) if one.place is None else one.place.number


def _cells(row: Collected, t: Translate) -> list[Cell]:
    numbers = t(N_(", ")).join(question_name(one, t) for one in row.missing)
    return [
        Cell(office_name(row.department, t)),
        Cell(t(STATES[row.state]), tone="plain" if row.state == "complete" else "alert"),
        Cell(row.sent or NONE),
        Cell(row.back or NONE),
        Cell(f"{row.complete}/{row.asked}"),
        Cell(numbers or NONE),
    ]
