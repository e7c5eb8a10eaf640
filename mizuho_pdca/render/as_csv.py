"""CSV that Excel opens without harm: BOM, one cell one value, unit in the heading.

Numbers of the plan are written so that they can't become dates, and no text can become a
formula. Absent values are empty cells. Source: 総務省, 統計表における機械判読可能なデータの表記方法 (2020).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from decimal import Decimal
from io import StringIO

from mizuho_pdca.core.achievement import Achievement, YearValue
from mizuho_pdca.core.counting import Rate
from mizuho_pdca.core.figures import decimal_of
from mizuho_pdca.core.indicator import Indicator, Measured
from mizuho_pdca.core.plan import Place, Plan
from mizuho_pdca.core.review import IndicatorRow, InitiativeRow, ReviewReport, SummaryRow
from mizuho_pdca.core.trend import InitiativeTrend, RatingYear, Source, Trend
from mizuho_pdca.core.wording import (
    AGGREGATES,
    DIRECTIONS,
    KINDS,
    activities_heading,
    level_words,
    method_words,
    print_indicator,
    print_rating,
    print_status,
)
from mizuho_pdca.message import N_, Translate

_BOM = b"\xef\xbb\xbf"
_FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")
_ABOVE = (
    (N_("Policy no."), N_("Policy title")),
    (N_("Measure no."), N_("Measure title")),
    (N_("Submeasure no."), N_("Submeasure title")),
)
_LEVELS = (N_("Policy "), N_("Measure "), N_("Submeasure "), N_("Initiative "))

Value = str | int | Decimal | None
Cells = Sequence[tuple[str, Value]]
"""Headings with their values, one row."""


def review(report: ReviewReport, t: Translate, paper: str = "initiatives") -> bytes:
    """Return one paper of a review: ``summary``, ``initiatives`` or ``indicators``."""
    rows: Sequence[Cells]
    match paper:
        case "summary":
            rows = [_summary(report, row, t) for row in (report.total, *report.policies, *report.measures)]
        case "indicators":
            rows = [_indicator(report, row, t) for row in report.indicators]
            if not rows:
                return table([], _indicator(report, _blank(report), t))
        case _:
            rows = [_initiative(report, row, t) for row in report.initiatives]
    return table(rows)


def _blank(report: ReviewReport) -> IndicatorRow:
    """Return a row without values, whose headings stand where a part of the plan has no indicator."""
    indicator, place = next(iter(report.plan.indicators.values()))
    return IndicatorRow(indicator, place, YearValue(), YearValue(), Achievement(), None, ())


def table(rows: Sequence[Cells], model: Cells = ()) -> bytes:
    """Return rows as CSV bytes with BOM and CRLF, headed as the first row, or as ``model`` where there is none."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([heading for heading, _ in (rows[0] if rows else model)])
    writer.writerows([_cell(value) for _, value in row] for row in rows)
    return _BOM + stream.getvalue().encode()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        text = value.strip("\n")
        return "'" + text if text.startswith(_FORMULA_STARTS) else text
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def dateproof(place: Place, t: Translate) -> str:
    """Return a number that no spreadsheet takes for a date: ``1-1①``, or with its level's name."""
    return place.number if not place.number.isascii() else (place.level_name or t(_LEVELS[place.level])) + place.number


def _common(report: ReviewReport, t: Translate) -> Cells:
    return [(t(N_("Fiscal year")), report.year), *_sample(report, t)]


def _sample(report: ReviewReport, t: Translate) -> Cells:
    return [(t(N_("Sample")), t(N_("SAMPLE")))] if report.sample else []


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
        (t(N_("Department")), row.original.department),
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
    ]


def _heading(plan: Plan, place: Place, words: tuple[str, str], t: Translate) -> Cells:
    number, title = words
    return [
        (level_words(plan, place.level, number, N_("{level} no."), t), dateproof(place, t)),
        (level_words(plan, place.level, title, "{level}", t), place.node.heading),
    ]


def _activities(row: InitiativeRow) -> str | None:
    return "\n".join(f"{item.date.isoformat()} {item.summary.strip()}" for item in row.activities) or None


def _indicator(report: ReviewReport, row: IndicatorRow, t: Translate) -> Cells:
    indicator, result, baseline = row.indicator, row.result, row.indicator.baseline
    return [
        *_common(report, t),
        (t(N_("No.")), dateproof(row.place, t)),
        (t(N_("Indicator id")), indicator.id),
        (t(N_("Indicator")), print_indicator(indicator, t)),
        (t(N_("Kind")), t(KINDS[indicator.kind])),
        (t(N_("Unit")), indicator.unit),
        (t(N_("Direction of change")), t(DIRECTIONS[indicator.direction])),
        (t(N_("Method")), method_words(indicator, t)),
        (t(N_("Aggregate")), t(AGGREGATES[indicator.aggregate])),
        (t(N_("Baseline")), _value(indicator, indicator.baseline_value)),
        (t(N_("Baseline: fiscal year")), None if baseline is None else baseline.year),
        (t(N_("Target")), _value(indicator, result.target)),
        (t(N_("Target: fiscal year")), result.target_year),
        (t(N_("Guide")), None if result.guide is None else decimal_of(result.guide)),
        (t(N_("Last year")), _value(indicator, row.previous.value)),
        (t(N_("This year")), _value(indicator, row.value.value)),
        (t(N_("Reason for no value")), row.value.missing if row.value.value is None else None),
        (t(N_("Partly unknown")), t(N_("partly unknown")) if row.value.partial else None),
        (f"{t(N_('Achievement'))} (%)", None if result.rate is None else result.rate.percent),
        (t(N_("Met")), None if result.met is None else t(N_("met") if result.met else N_("not met"))),
        (f"{t(N_('Pace'))} (%)", None if result.pace is None else result.pace.percent),
    ]


def _value(indicator: Indicator, value: Measured | None) -> Value:
    if value is None:
        return None
    return indicator.spell(value) if isinstance(value, bool) else decimal_of(value)


# -- trend ------------------------------------------------------------------------------------

_CHANGES = {"up": N_("better"), "same": N_("the same"), "down": N_("worse")}
_SAFE_PARTS = 4
"""Parts of a number from which on no spreadsheet takes it for a date."""


def trend(found: Trend, t: Translate) -> bytes:
    """Return all years in long form: a row for each rating and each value of a year."""
    ratings = (
        _of_year(found, each.year, item.row.place, _rating(found, item, each, source, t), t)
        for item in found.initiatives
        for each in item.years
        for source in each.sources
    )
    values = (
        _of_year(found, year, row.place, _year_value(row, value, t), t)
        for row in found.indicators
        for year, value in row.history
    )
    return table([*ratings, *values])


def _of_year(found: Trend, year: int, place: Place, known: Mapping[str, Value], t: Translate) -> Cells:
    return [
        (t(N_("Fiscal year")), year),
        *_sample(found.report, t),
        (t(N_("No.")), dateproof(place, t)),
        *((t(heading), known.get(heading)) for heading in _TREND_HEADINGS),
        (t(N_("Not over")), t(N_("so far")) if year == found.running else None),
    ]


def _rating(found: Trend, item: InitiativeTrend, each: RatingYear, source: Source, t: Translate) -> Mapping[str, Value]:
    rating = source.state.rating
    return {
        "Id in the records": _dateproof_id(source.place, t),
        "Title": item.row.title,
        "Kind": level_words(found.report.plan, -1, N_("Initiative"), "{level}", t),
        "Rating": None if rating is None else print_rating(found.plans[each.year], rating),
        "Against last year": None if each.change is None else t(_CHANGES[each.change]),
        "Reported": t(N_("reported") if source.state.reported else N_("not reported")),
    }


def _dateproof_id(place: Place, t: Translate) -> str:
    is_safe = place.id.count("-") >= _SAFE_PARTS - 1
    return place.id if is_safe else (place.level_name or t(_LEVELS[place.level])) + place.id


def _year_value(row: IndicatorRow, value: YearValue, t: Translate) -> Mapping[str, Value]:
    return {
        "Id in the records": row.indicator.id,
        "Title": print_indicator(row.indicator, t),
        "Kind": t(KINDS[row.indicator.kind]),
        "Value": _value(row.indicator, value.value),
        "Unit": row.indicator.unit,
        "Reason for no value": value.missing if value.value is None else None,
        "Partly unknown": t(N_("partly unknown")) if value.partial else None,
    }


_TREND_HEADINGS = (
    N_("Id in the records"),
    N_("Title"),
    N_("Kind"),
    N_("Value"),
    N_("Unit"),
    N_("Reason for no value"),
    N_("Partly unknown"),
    N_("Rating"),
    N_("Against last year"),
    N_("Reported"),
)
