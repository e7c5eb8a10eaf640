"""Tables beside the review: the plan as in force, and who has not reported yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mizuho_pdca.domain.calendar import last_day
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.review.review import InitiativeRow
from mizuho_pdca.domain.review.standing import Standing
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.paper import Cell, Column, Paper, Papers
from mizuho_pdca.papers.words import (
    SAMPLE_BANNER,
    faulty_data,
    level_words,
    of_plan,
    print_indicator,
    print_rating,
    print_status,
    year_label,
)
from mizuho_pdca.text import NONE


def status_papers(now: Standing, t: Translate) -> Papers:
    """Return the table of a year's reports, those that are missing first."""
    t = of_plan(t, now.report.plan)
    report = now.report
    rate = now.reporting
    columns = (
        Column(t(N_("No.")), 8),
        Column(level_words(report.plan, -1, N_("Initiative"), "{level}", t), 24),
        Column(t(N_("Department")), 8),
        Column(t(N_("Report")), 8),
        Column(t(N_("Status")), 8),
        Column(t(N_("Rating")), 6),
        Column(t(N_("Entries")), 7, number=True),
    )
    ordered = sorted(now.initiatives, key=lambda row: (row.original.department or "", row.state.reported))
    rows = tuple(_status_row(report.plan, row, t) for row in ordered)
    label = year_label(report.year, t)
    percent = f"{rate.percent}% " if rate.percent is not None else ""
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
            *faulty_data(report.problems, t),
        ),
        banner=t(SAMPLE_BANNER) if report.sample else None,
        papers=(
            Paper("status", t(N_("Who has reported")), columns, rows, keys=2),
            *_unvalued(now, t),
            *_unanswered(now, t),
        ),
        legend=(),
    )


def _status_row(plan: Plan, row: InitiativeRow, t: Translate) -> tuple[Cell, ...]:
    reported = row.state.reported
    return (
        Cell(row.place.number),
        Cell(row.title),
        Cell(t(N_(", ")).join(row.original.departments) or NONE),
        Cell(t(N_("reported")) if reported else t(N_("not reported")), tone="plain" if reported else "alert"),
        Cell(print_status(plan, row.state.status)),
        Cell(print_rating(plan, row.state.rating)),
        Cell(str(row.entries)),
    )


def _unvalued(now: Standing, t: Translate) -> Iterable[Paper]:
    if now.unvalued:
        columns = (Column(t(N_("No.")), 8), Column(t(N_("Indicator")), 24), Column(t(N_("Indicator id")), 24))
        rows = tuple(
            (Cell(row.place.number), Cell(print_indicator(row.indicator, t)), Cell(row.indicator.id))
            for row in now.unvalued
        )
        yield Paper("unvalued", t(N_("Indicators without a value this year")), columns, rows, keys=1)


def _unanswered(now: Standing, t: Translate) -> Iterable[Paper]:
    if now.unanswered:
        columns = (Column(t(N_("Entry")), 17), Column(t(N_("About")), 16), Column(t(N_("Opinion")), 30))
        rows = tuple(
            (
                Cell(row.opinion.id),
                Cell(t(N_("the plan as a whole")) if row.place is None else row.place.number),
                Cell(row.opinion.text.strip()),
            )
            for row in now.unanswered
        )
        yield Paper("unanswered", t(N_("Opinions without an answer")), columns, rows)


def next_steps(now: Standing, today_is_past_year: bool, t: Translate) -> Sequence[str]:  # noqa: FBT001
    """Return what to do next, most urgent first, each with the command for it."""
    year = now.report.year
    steps = []
    if now.missing:
        first = now.missing[0].place.number
        steps.append(t(N_('Record an activity: pdca log {id} -m "…"')).format(id=first))
    if now.unvalued and today_is_past_year:
        steps.append(
            t(N_("Record a figure: pdca actual {id} VALUE --year {year}")).format(
                id=now.unvalued[0].indicator.id, year=year
            )
        )
    if now.unanswered:
        steps.append(t(N_('Answer an opinion: pdca respond {id} -m "…"')).format(id=now.unanswered[0].opinion.id))
    if now.unrated and today_is_past_year:
        steps.append(
            t(N_("Evaluate: pdca evaluate {id} --year {year} --rating {rating}")).format(
                id=now.unrated[0].place.number, year=year, rating=now.report.plan.scheme.scale.ranks[0].code
            )
        )
    if not steps or today_is_past_year:
        steps.append(t(N_("See the papers: pdca review {year}")).format(year=year))
    steps.append(t(N_("See who has not reported: pdca status --year {year}")).format(year=year))
    return steps


def due_day(year: int, starts: int) -> str:
    """Return the day on which the fiscal year ends, as ISO date."""
    return last_day(year, starts).isoformat()
