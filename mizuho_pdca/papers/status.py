"""The table of who has not reported yet, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mizuho_pdca.domain.calendar import last_day
from mizuho_pdca.domain.figures.counting import State
from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.records.entries import WHOLE_PLAN
from mizuho_pdca.domain.review.ratings import RatedRow
from mizuho_pdca.domain.review.standing import Standing
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.fields import COUNT, NUMBER, SCHEDULE, Field, Listing, Meaning, common, field, listing
from mizuho_pdca.papers.initiatives import REPORTS, report_word, whose
from mizuho_pdca.papers.office import office, office_line, print_owner
from mizuho_pdca.papers.paper import Cell, Column, Paper, Papers
from mizuho_pdca.papers.words import (
    SAMPLE_BANNER,
    faulty_data,
    level_words,
    not_committed_line,
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
    counted, rate = now.counted
    scheme = report.plan.scheme
    label = year_label(report.year, t)
    percent = NONE + " " if rate.percent is None else f"{rate.percent}% "
    carried = report.total.tally.carried
    same = len(now.unchanged)
    summary = t(N_("Reported: {percent}({reported}/{total}), not reported: {missing}"))
    if counted == "rated":
        summary = t(N_("Rated: {percent}({reported}/{total}), not rated: {missing}"))
    elif counted == "valued":
        summary = t(N_("Indicators with a figure: {percent}({reported}/{total}), without: {missing}"))
    elif scheme.has_ratings:
        summary = t(N_("Reported: {percent}({reported}/{total}), not reported: {missing}, not evaluated: {unrated}"))
    return Papers(
        title=t(N_("Records of {year}")).format(year=label),
        subtitles=(
            summary.format(
                percent=percent,
                reported=rate.numerator,
                total=rate.denominator,
                missing=rate.denominator - rate.numerator,
                unrated=len(now.unrated) + len(now.unrated_parts),
            ),
            *((t(N_("Ended before the year: {n}")).format(n=carried),) if carried else ()),
            *((office_line(now.office, t),) if now.office else ()),
            *((t(N_("Same rating and texts as last year: {n}")).format(n=same),) if same else ()),
            *not_committed_line(now.not_committed, t),
            *faulty_data(report.problems, t),
        ),
        banner=t(SAMPLE_BANNER) if report.sample else None,
        papers=(
            *((status_listing(now, t).paper,) if counted != "valued" or now.expected else ()),
            *(paper for paper in (office(report, t).paper,) if paper.rows),
        ),
        legend=(),
    )


@dataclass(frozen=True)
class _Reporting:
    """One initiative, or a part of the plan above that is rated; ``place`` None for the whole."""

    place: Place | None
    title: str
    departments: tuple[str, ...]
    state: State
    entries: int


def _of_part(row: RatedRow, whole: str) -> _Reporting:
    state, entries = State(not row.is_due, rating=row.own.rating), len(row.own.evaluations)
    if row.place is None:
        return _Reporting(None, whole, (), state, entries)
    return _Reporting(row.place, row.place.node.heading, row.place.departments, state, entries)


def status_listing(now: Standing, t: Translate) -> Listing:
    """Return who has reported and who has not, those that are missing first within their department."""
    t = of_plan(t, now.report.plan)
    whole = now.report.plan.header.title
    rows = [
        *(_of_part(row, whole) for row in now.expected),
        *(
            _Reporting(one.place, one.title, one.original.departments, one.state, one.entries)
            for one in now.initiatives
            if one.state.asked or not one.state.is_silent
        ),
    ]
    ordered = sorted(rows, key=lambda row: (next(iter(row.departments), ""), not row.state.is_due))
    paper = Paper("status", t(N_("Who has reported")), keys=2)
    return listing(paper, (*_whose(now, rows, t), *_reported(now, t)), ordered)


def _whose(now: Standing, rows: Sequence[_Reporting], t: Translate) -> Iterator[Field[_Reporting]]:
    yield from common(now.report, t)
    total = t(N_("whole plan"))
    yield field("number", Column(t(N_("No.")), 8), Meaning(t(NUMBER)), lambda row: row.place or total)
    heading = level_words(now.report.plan, -1, N_("Initiative"), "{level}", t)
    column = Column(heading if now.report.plan.initiatives else t(N_("Title")), 24)
    yield field("title", column, Meaning(t(N_("The title in the plan."))), lambda row: row.title)
    yield from whose(rows, lambda row: row.departments, t)
    if any(row.place and row.place.owner for row in rows):
        column, meaning = Column(t(N_("Whom to ask")), 12), Meaning(t(N_("Section, person and telephone.")))
        yield field("owner", column, meaning, lambda row: row.place and print_owner(row.place))
    if any(row.place and row.place.step(now.report.year) for row in rows):
        column = Column(t(N_("Planned for the year")), 10, essential=False)
        yield field("schedule", column, Meaning(t(SCHEDULE)), lambda row: row.place and row.place.step(now.report.year))


def _reported(now: Standing, t: Translate) -> Iterator[Field[_Reporting]]:
    plan = now.report.plan

    def report(row: _Reporting) -> Cell:
        return Cell(report_word(row.state, t) or NONE, tone="alert" if row.state.is_due else "plain")

    meaning = Meaning(t(N_("Whether there is a report of the year.")), words=tuple(map(t, REPORTS.values())))
    yield field("reported", Column(t(N_("Report")), 8), meaning, lambda row: report_word(row.state, t), report)
    if plan.scheme.statuses:
        meaning = Meaning(t(N_("Where the initiative stands in the year; what has ended goes on as such.")))
        yield field(
            "status", Column(t(N_("Status")), 8), meaning, lambda row: _or_none(print_ended(plan, row.state, t))
        )
    if plan.scheme.has_ratings:
        meaning = Meaning(t(N_("The rating of the year; empty where nobody has evaluated.")))
        yield field(
            "rating", Column(t(N_("Rating")), 6), meaning, lambda row: _or_none(print_rating(plan, row.state.rating))
        )
    meaning = Meaning(t(N_("How many entries are in force in the year.")), t(COUNT))
    yield field("entries", Column(t(N_("Entries")), 7, number=True), meaning, lambda row: row.entries)


def _or_none(printed: str) -> str | None:
    return None if printed == NONE else printed


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
    if now.unrated_parts and is_over:
        first_part = now.unrated_parts[0].place
        steps.append(
            t(N_("Evaluate: pdca evaluate {id} --year {year} --rating {rating}")).format(
                id=WHOLE_PLAN if first_part is None else first_part.number,
                year=year,
                rating=now.report.plan.scheme.scale.codes[0],
            )
        )
    if not steps or is_over:
        steps.append(t(N_("See the papers: pdca review {year}")).format(year=year))
    steps.append(t(N_("See who has not reported: pdca status --year {year}")).format(year=year))
    return steps


def due_day(year: int, starts: int) -> str:
    """Return the day on which the fiscal year ends, as ISO date."""
    return last_day(year, starts).isoformat()
