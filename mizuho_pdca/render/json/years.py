"""Several years reviewed together, for programs: ``pdca.years/1``."""

from __future__ import annotations

from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.domain.review.trend import InitiativeTrend, RatedTrend, RatingYear
from mizuho_pdca.domain.review.years import IndicatorYears, YearsReport
from mizuho_pdca.message import Translate
from mizuho_pdca.papers.words import of_plan, year_label
from mizuho_pdca.render.json.review import opinion_parts, rated_parts, scope_parts, summary_parts
from mizuho_pdca.render.json.text import Json, dump
from mizuho_pdca.render.json.trend import rated_head
from mizuho_pdca.render.json.validate import problem_parts
from mizuho_pdca.render.json.values import as_of, goal_parts, indicator_parts, plan_name, year_parts


def years(found: YearsReport, t: Translate) -> bytes:
    """Return ``pdca.years/1``; messages of problems are in the language of ``t``."""
    last = found.last
    return dump(
        {
            "schema": "pdca.years/1",
            "plan": plan_name(last),
            "from": found.years[0],
            "to": found.years[-1],
            "as_of": as_of(last),
            "scope": scope_parts(last),
            "sample": last.sample,
            "years": [_year(each, t) for each in found.reports.values()],
            "initiatives": [_initiative(found, item) for item in found.trend.initiatives],
            "ratings": [_rated(found, item) for item in found.trend.rated],
            "indicators": [_indicator(item) for item in found.indicators],
            "opinions": [
                {key: value for key, value in opinion_parts(last, row).items() if key != "meeting_of"}
                for row in found.opinions
            ],
            "problems": [problem_parts(problem, t) for problem in last.problems],
        }
    )


def _year(report: ReviewReport, t: Translate) -> Json:
    return {
        "fiscal_year": report.year,
        "label": year_label(report.year, of_plan(t, report.plan)),
        "running": report.is_running,
        "summary": {
            "total": summary_parts(report, report.total),
            "policies": [summary_parts(report, row) for row in report.policies],
        },
        "ratings": [rated_parts(report, row) for row in report.rated],
    }


def _initiative(found: YearsReport, item: InitiativeTrend) -> Json:
    place = item.row.place
    return {
        "id": place.id,
        "number": place.number,
        "title": item.row.title,
        "relisted_from": place.node.original_id,
        "came_from": [one.id for one in item.predecessors],
        "in_force": place.id in found.last.plan.places,
        "ratings": {str(each.year): _only(each) for each in item.years},
        "sources": {
            str(each.year): [{"id": one.place.id, "rating": one.state.rating} for one in each.sources]
            for each in item.years
        },
        "changes": {str(each.year): each.change for each in item.years},
    }


def _only(each: RatingYear) -> str | None:
    """Return the rating of a year, null where there is none or several stand for the initiative."""
    return each.sources[0].state.rating if len(each.sources) == 1 else None


def _rated(found: YearsReport, item: RatedTrend) -> Json:
    return {
        **rated_head(found.last.plan, item),
        "ratings": {str(year): item.years[year].rating if year in item.years else None for year in found.years},
    }


def _indicator(item: IndicatorYears) -> Json:
    return {
        **indicator_parts(item.indicator),
        "at": item.place.id,
        "years": [
            {
                **year_parts(year, row.value),
                **goal_parts(row.result.target, row.result.target_year),
                "met": row.result.met,
            }
            for year, row in item.years.items()
        ],
    }
