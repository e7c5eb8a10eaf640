"""All years of ratings and indicators as CSV, in long form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from mizuho_pdca.domain.figures.achievement import YearValue
from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.records.entries import WHOLE_PLAN
from mizuho_pdca.domain.review.ratings import Judgement
from mizuho_pdca.domain.review.review import IndicatorRow
from mizuho_pdca.domain.review.trend import InitiativeTrend, RatedTrend, RatingYear, Source, Trend
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.trend import rated_title
from mizuho_pdca.papers.words import (
    KINDS,
    level_words,
    measured_value,
    print_indicator,
    print_missing,
    print_rating,
)
from mizuho_pdca.render.csv.table import LEVELS, Cells, Value, dateproof, sample, table

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
        for year, value in (*told(row), *row.history)
    )
    rated = (
        _of_year(found, year, item.place, _judged(found, item, year, one, t), t)
        for item in found.rated
        for year, one in item.years.items()
    )
    return table([*ratings, *rated, *values])


def told(row: IndicatorRow) -> Iterator[tuple[int, YearValue]]:
    """Yield the values from before the plan."""
    return ((year, YearValue(value)) for year, value in row.indicator.history_values.items())


def _judged(found: Trend, item: RatedTrend, year: int, one: Judgement, t: Translate) -> Mapping[str, Value]:
    place = item.place
    kind = t(N_("whole plan"))
    if item.indicator is not None:
        kind = t(KINDS[item.indicator.kind])
    elif place is not None:
        kind = place.level_name or t(LEVELS[place.level])
    return {
        "Id in the records": WHOLE_PLAN if place is None else _dateproof_id(place, t),
        "Title": rated_title(found, item, t),
        "Kind": kind,
        "Rating": None if one.rating is None else print_rating(found.plans[year], one.rating, item.evaluator),
        "Against last year": None if one.change is None else t(_CHANGES[one.change]),
    }


def _of_year(found: Trend, year: int, place: Place | None, known: Mapping[str, Value], t: Translate) -> Cells:
    return [
        (t(N_("Fiscal year")), year),
        *sample(found.report, t),
        (t(N_("No.")), t(N_("whole plan")) if place is None else dateproof(place, t)),
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
    return place.id if is_safe else (place.level_name or t(LEVELS[place.level])) + place.id


def _year_value(row: IndicatorRow, value: YearValue, t: Translate) -> Mapping[str, Value]:
    return {
        "Id in the records": row.indicator.id,
        "Title": print_indicator(row.indicator, t),
        "Kind": t(KINDS[row.indicator.kind]),
        "Value": measured_value(row.indicator, value.value),
        "Unit": row.indicator.unit,
        "Reason for no value": print_missing(row.indicator, replace(value, before=None), t)
        if value.value is None
        else None,
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
