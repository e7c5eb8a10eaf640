"""The table of who has not reported yet, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from mizuho_pdca.domain.calendar import last_day
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.review.review import InitiativeRow
from mizuho_pdca.domain.review.standing import Standing
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.initiatives import report_word
from mizuho_pdca.papers.office import office, office_line
from mizuho_pdca.papers.paper import Cell, Column, Paper, Papers
from mizuho_pdca.papers.words import (
    SAMPLE_BANNER,
    faulty_data,
    level_words,
    of_plan,
    print_ended,
    print_rating,
    year_label,
)
from mizuho_pdca.text import NONE


def status_papers(now: Standing, t: Translate) -> Papers:
    """Return the table of a year's reports, those that are missing first."""
    t = of_plan(t, now.report.plan)
    report = now.report
    rate = now.reporting
    scheme = report.plan.scheme
    columns = (
        Column(t(N_("No.")), 8),
        Column(level_words(report.plan, -1, N_("Initiative"), "{level}", t), 24),
        Column(t(N_("Department")), 8),
        Column(t(N_("Report")), 8),
        *((Column(t(N_("Status")), 8),) if scheme.statuses else ()),
        *((Column(t(N_("Rating")), 6),) if scheme.has_ratings else ()),
        Column(t(N_("Entries")), 7, number=True),
    )
    ordered = sorted(now.initiatives, key=lambda row: (row.original.department or "", not row.state.is_due))
    rows = tuple(_status_row(report.plan, row, t) for row in ordered)
    label = year_label(report.year, t)
    percent = NONE + " " if rate.percent is None else f"{rate.percent}% "
    carried = report.total.tally.carried
    same = len(now.unchanged)
    summary = t(N_("Reported: {percent}({reported}/{total}), not reported: {missing}"))
    if scheme.has_ratings:
        summary = t(N_("Reported: {percent}({reported}/{total}), not reported: {missing}, not evaluated: {unrated}"))
    return Papers(
        title=t(N_("Records of {year}")).format(year=label),
        subtitles=(
            summary.format(
                percent=percent,
                reported=rate.numerator,
                total=rate.denominator,
                missing=len(now.missing),
                unrated=len(now.unrated),
            ),
            *((t(N_("Ended before the year: {n}")).format(n=carried),) if carried else ()),
            *((office_line(now.office, t),) if now.office else ()),
            *((t(N_("Same rating and texts as last year: {n}")).format(n=same),) if same else ()),
            *faulty_data(report.problems, t),
        ),
        banner=t(SAMPLE_BANNER) if report.sample else None,
        papers=(
            Paper("status", t(N_("Who has reported")), columns, rows, keys=2),
            *(paper for paper in (office(report, t).paper,) if paper.rows),
        ),
        legend=(),
    )


def _status_row(plan: Plan, row: InitiativeRow, t: Translate) -> tuple[Cell, ...]:
    scheme = plan.scheme
    return (
        Cell(row.place.number),
        Cell(row.title),
        Cell(t(N_(", ")).join(row.original.departments) or NONE),
        Cell(report_word(row.state, t), tone="alert" if row.state.is_due else "plain"),
        *((Cell(print_ended(plan, row.state, t)),) if scheme.statuses else ()),
        *((Cell(print_rating(plan, row.state.rating)),) if scheme.has_ratings else ()),
        Cell(str(row.entries)),
    )


def next_steps(now: Standing, t: Translate, *, is_over: bool) -> Sequence[str]:
    """Return what to do next in a year that is over or not, most urgent first, each with the command for it."""
    year = now.report.year
    steps = []
    if now.missing:
        first = now.missing[0].place.number
        steps.append(t(N_('Record an activity: pdca log {id} -m "…"')).format(id=first))
    if now.unvalued and is_over:
        steps.append(
            t(N_("Record a figure: pdca actual {id} VALUE --year {year}")).format(
                id=now.unvalued[0].indicator.id, year=year
            )
        )
    if now.unanswered:
        steps.append(t(N_('Answer an opinion: pdca respond {id} -m "…"')).format(id=now.unanswered[0].opinion.id))
    if now.unrated and is_over:
        steps.append(
            t(N_("Evaluate: pdca evaluate {id} --year {year} --rating {rating}")).format(
                id=now.unrated[0].place.number, year=year, rating=now.report.plan.scheme.scale.codes[0]
            )
        )
    if not steps or is_over:
        steps.append(t(N_("See the papers: pdca review {year}")).format(year=year))
    steps.append(t(N_("See who has not reported: pdca status --year {year}")).format(year=year))
    return steps


def due_day(year: int, starts: int) -> str:
    """Return the day on which the fiscal year ends, as ISO date."""
    return last_day(year, starts).isoformat()
