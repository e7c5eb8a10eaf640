"""The papers of a review as CSV, one table a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mizuho_pdca.domain.figures.counting import Rate
from mizuho_pdca.domain.figures.rounding import Share
from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.records.entries import Response
from mizuho_pdca.domain.review.council import OpinionRow
from mizuho_pdca.domain.review.review import IndicatorRow, InitiativeRow, ReviewReport, SummaryRow
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.indicators import print_met
from mizuho_pdca.papers.opinions import print_answer, print_state
from mizuho_pdca.papers.words import (
    AGGREGATES,
    DIRECTIONS,
    KINDS,
    activities_heading,
    decimal_of,
    level_words,
    method_words,
    print_indicator,
    print_rating,
    print_status,
)
from mizuho_pdca.render.csv.table import Cells, Value, dateproof, measured_value, sample, table

_ABOVE = (
    (N_("Policy no."), N_("Policy title")),
    (N_("Measure no."), N_("Measure title")),
    (N_("Submeasure no."), N_("Submeasure title")),
)


TABLES = ("summary", "initiatives", "indicators", "opinions")
"""The papers that are tables of a review, by name."""


def review(report: ReviewReport, t: Translate, paper: str = "initiatives") -> bytes:
    """Return one of ``TABLES`` of a review."""
    rows, model = _rows(report, t, paper)
    return table(rows, model)


def headings(report: ReviewReport, t: Translate, paper: str) -> list[str]:
    """Return the headings of one of ``TABLES``."""
    rows, model = _rows(report, t, paper)
    return [heading for heading, _ in (rows[0] if rows else model)]


def _rows(report: ReviewReport, t: Translate, paper: str) -> tuple[Sequence[Cells], Cells]:
    """Return the rows of a table, and a row without values where there may be none."""
    match paper:
        case "summary":
            return [_summary(report, row, t) for row in (report.total, *report.policies, *report.measures)], ()
        case "indicators":
            return [_indicator(report, row, t) for row in report.indicators], _indicator(report, None, t)
        case "opinions":
            rows = [cells for row in report.opinions for cells in _opinion(report, row, t)]
            return rows, next(_opinion(report, None, t))
        case _:
            return [_initiative(report, row, t) for row in report.initiatives], ()


def _common(report: ReviewReport, t: Translate) -> Cells:
    return [(t(N_("Fiscal year")), report.year), *sample(report, t)]


def _summary(report: ReviewReport, row: SummaryRow, t: Translate) -> Cells:
    counts = row.tally
    scheme = report.plan.scheme
    rates: Sequence[tuple[str, Rate]] = (
        (t(N_("Implementation rate")), counts.implementation),
        (t(N_("Completion rate")), counts.completion),
        (t(N_("Rating share of the best two ranks")), counts.rating_share),
        (t(N_("Reporting rate")), counts.reporting),
    )
    return [
        *_common(report, t),
        (t(N_("No.")), t(N_("Total")) if row.place is None else dateproof(row.place, t)),
        (t(N_("Title")), report.plan.header.title if row.place is None else row.place.node.heading),
        (level_words(report.plan, -2, N_("Submeasures"), N_("Number of {level}"), t), row.submeasures),
        (t(N_("Listed")), counts.listed),
        (t(N_("Relisted")), counts.relisted),
        (t(N_("Distinct")), counts.distinct),
        *((f"{t(N_('Status'))}: {s.name}", counts.status.get(s.code, 0)) for s in scheme.statuses),
        *(
            (f"{t(N_('Rating'))}: {print_rating(report.plan, code)}", counts.rating.get(code, 0))
            for code in scheme.scale.codes
        ),
        (t(N_("Not reported")), counts.not_reported),
        *(cell for heading, rate in rates for cell in _rate(heading, rate, t, nothing=counts.reported == 0)),
    ]


def _rate(heading: str, rate: Rate, t: Translate, *, nothing: bool) -> Cells:
    return [
        (f"{heading} (%)", None if nothing else rate.percent),
        (f"{heading}: {t(N_('numerator'))}", rate.numerator),
        (f"{heading}: {t(N_('denominator'))}", rate.denominator),
    ]


def _initiative(report: ReviewReport, row: InitiativeRow, t: Translate) -> Cells:
    plan = report.plan
    above = reversed([*row.place.lineage][1:])
    evaluation = row.evaluation
    return [
        *_common(report, t),
        *(cell for place, words in zip(above, _ABOVE, strict=False) for cell in _heading(plan, place, words, t)),
        (t(N_("No.")), dateproof(row.place, t)),
        (level_words(plan, -1, N_("Initiative"), "{level}", t), row.title),
        (t(N_("Relisted from")), dateproof(row.original, t) if row.is_relisting else None),
        (t(N_("Department")), t(N_(", ")).join(row.original.departments) or None),
        (t(N_("Partners")), t(N_(", ")).join(row.place.partners) or None),
        (t(N_("Status")), print_status(plan, row.state.status) if row.state.status else None),
        (t(N_("Reported")), t(N_("reported")) if row.state.reported else t(N_("not reported"))),
        (t(N_("Entries")), row.entries),
        (activities_heading(plan, t), _activities(row)),
        (t(N_("Progress")), None if evaluation is None else evaluation.progress),
        (
            t(N_("Rating last year")),
            row.previous_rating and print_rating(report.previous_plan, row.previous_rating),
        ),
        (t(N_("Rating")), row.state.rating and print_rating(plan, row.state.rating)),
        (t(N_("Suggested rating")), row.suggestion and print_rating(plan, row.suggestion)),
        (t(N_("Issues")), None if evaluation is None else evaluation.issues),
        (t(N_("Future direction")), None if row.improvement is None else row.improvement.direction),
        (t(N_("Plans for the next year")), None if row.improvement is None else row.improvement.next),
        (t(N_("Opinions")), "\n".join(one.opinion.text.strip() for one in row.opinions) or None),
        (t(N_("Responses")), "\n".join(each.text.strip() for one in row.opinions for each in one.responses) or None),
    ]


def _heading(plan: Plan, place: Place, words: tuple[str, str], t: Translate) -> Cells:
    number, title = words
    return [
        (level_words(plan, place.level, number, N_("{level} no."), t), dateproof(place, t)),
        (level_words(plan, place.level, title, "{level}", t), place.node.heading),
    ]


def _activities(row: InitiativeRow) -> str | None:
    return "\n".join(f"{item.date.isoformat()} {item.summary.strip()}" for item in row.activities) or None


def _indicator(report: ReviewReport, row: IndicatorRow | None, t: Translate) -> Cells:
    """Return the cells of an indicator; without one, the headings alone."""
    values = [None] * len(_INDICATOR) if row is None else list(_indicator_values(report, row, t))
    return [*_common(report, t), *zip((_heading_of(heading, t) for heading in _INDICATOR), values, strict=True)]


_INDICATOR = (
    (N_("No."), ""),
    (N_("Indicator id"), ""),
    (N_("Indicator"), ""),
    (N_("Kind"), ""),
    (N_("Unit"), ""),
    (N_("Direction of change"), ""),
    (N_("Method"), ""),
    (N_("Aggregate"), ""),
    (N_("Baseline"), ""),
    (N_("Baseline: fiscal year"), ""),
    (N_("Target"), ""),
    (N_("Target: fiscal year"), ""),
    (N_("Guide"), ""),
    (N_("Last year"), ""),
    (N_("This year"), ""),
    (N_("Reason for no value"), ""),
    (N_("Partly unknown"), ""),
    (N_("Achievement"), "%"),
    (N_("Achievement"), "numerator"),
    (N_("Achievement"), "denominator"),
    (N_("Met"), ""),
    (N_("Pace"), "%"),
    (N_("Pace"), "numerator"),
    (N_("Pace"), "denominator"),
)
"""The headings of an indicator's cells, and which part of a rate they hold."""


def _heading_of(heading: tuple[str, str], t: Translate) -> str:
    text, part = heading
    if part == "%":
        return f"{t(text)} (%)"
    return f"{t(text)}: {t(part)}" if part else t(text)


def _indicator_values(report: ReviewReport, row: IndicatorRow, t: Translate) -> Iterator[Value]:
    indicator, result, baseline = row.indicator, row.result, row.indicator.baseline
    yield dateproof(row.place, t)
    yield indicator.id
    yield print_indicator(indicator, t)
    yield t(KINDS[indicator.kind])
    yield indicator.unit
    yield t(DIRECTIONS[indicator.direction])
    yield method_words(indicator, t)
    yield t(AGGREGATES[indicator.aggregate])
    yield measured_value(indicator, indicator.baseline_value)
    yield None if baseline is None else baseline.year
    yield measured_value(indicator, result.target)
    yield result.target_year
    yield None if result.guide is None else decimal_of(result.guide)
    yield measured_value(indicator, row.previous.value)
    yield measured_value(indicator, row.value.value)
    yield row.value.missing if row.value.value is None else None
    yield t(N_("partly unknown")) if row.value.partial else None
    yield from _share(result.rate)
    yield None if result.met is None else print_met(report, row, t)
    yield from _share(result.pace)


def _share(share: Share | None) -> Iterator[Value]:
    if share is None:
        yield from (None, None, None)
    else:
        yield from (share.percent, decimal_of(share.numerator), decimal_of(share.denominator))


def _opinion(report: ReviewReport, row: OpinionRow | None, t: Translate) -> Iterator[Cells]:
    """Yield the cells of an opinion for each response to it, at least once; without one, the headings alone."""
    headings = [
        t(N_("Opinion id")),
        t(N_("Meeting")),
        t(N_("No.")),
        t(N_("About")),
        t(N_("Opinion")),
        t(N_("State")),
        t(N_("Response: date")),
        t(N_("Response")),
        t(N_("Response: state")),
        t(N_("Response: reason")),
    ]
    answers: Sequence[Response | None] = (row.responses if row is not None else ()) or (None,)
    for answer in answers:
        values = [None] * len(headings) if row is None else list(_opinion_values(report, row, answer, t))
        yield [*_common(report, t), *zip(headings, values, strict=True)]


def _opinion_values(report: ReviewReport, row: OpinionRow, answer: Response | None, t: Translate) -> Iterator[Value]:
    yield row.opinion.id
    yield row.opinion.meeting.isoformat()
    yield None if row.place is None else dateproof(row.place, t)
    yield t(N_("the plan as a whole")) if row.place is None else report.plan.title(row.place)
    yield row.opinion.text.strip()
    yield print_state(report, row, t)
    yield None if answer is None else answer.date.isoformat()
    yield None if answer is None else answer.text.strip()
    yield None if answer is None else print_answer(report, answer.state)
    yield None if answer is None else answer.reason
