"""All years side by side, for programs: ``pdca.trend/1``."""

from __future__ import annotations

from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.entries import WHOLE_PLAN
from mizuho_pdca.domain.review.ratings import level_of
from mizuho_pdca.domain.review.review import IndicatorRow
from mizuho_pdca.domain.review.trend import InitiativeTrend, RatedTrend, Trend
from mizuho_pdca.render.json.text import Json, dump
from mizuho_pdca.render.json.values import as_of, before_plan, goal_parts, plan_name, year_parts


def trend(found: Trend) -> bytes:
    """Return ``pdca.trend/1``: ratings of initiatives and values of indicators, year by year."""
    report = found.report
    return dump(
        {
            "schema": "pdca.trend/1",
            "plan": plan_name(report),
            "fiscal_years": list(found.years),
            "running": found.running,
            "recorded_until": None if found.recorded_until is None else found.recorded_until.isoformat(),
            "as_of": as_of(report),
            "sample": report.sample,
            "initiatives": [_initiative_trend(item) for item in found.initiatives],
            "ratings": [_rated_trend(found, item) for item in found.rated],
            "indicators": [_indicator_trend(row) for row in found.indicators],
        }
    )


def _initiative_trend(item: InitiativeTrend) -> Json:
    return {
        "id": item.row.place.id,
        "number": item.row.place.number,
        "title": item.row.title,
        "relisted_from": item.row.place.node.original_id,
        "came_from": [place.id for place in item.predecessors],
        "years": [
            {
                "fiscal_year": each.year,
                "ratings": [
                    {
                        "id": source.place.id,
                        "number": source.place.number,
                        "reported": source.state.reported,
                        "rating": source.state.rating,
                    }
                    for source in each.sources
                ],
                "change": each.change,
            }
            for each in item.years
        ],
    }


def rated_head(plan: Plan, item: RatedTrend) -> Json:
    """Return what is rated above the initiatives or as an indicator, and who rates it."""
    place = item.place
    return {
        "id": WHOLE_PLAN if place is None else place.id,
        "number": None if place is None else place.number,
        "title": plan.header.title if place is None else plan.title(place),
        "level": level_of(place),
        "indicator": item.indicator and item.indicator.id,
        "evaluator": item.evaluator and item.evaluator.code,
    }


def _rated_trend(found: Trend, item: RatedTrend) -> Json:
    return {
        **rated_head(found.report.plan, item),
        "years": [
            {"fiscal_year": year, "rating": one and one.rating, "change": one and one.change}
            for year in found.years
            for one in (item.years.get(year),)
        ],
    }


def _indicator_trend(row: IndicatorRow) -> Json:
    return {
        "id": row.indicator.id,
        "name": row.indicator.name,
        "at": row.place.id,
        "unit": row.indicator.unit,
        "kind": row.indicator.kind,
        "direction": row.indicator.direction,
        "adopted": row.indicator.adopted,
        **goal_parts(row.result.target, row.result.target_year),
        "before_plan": before_plan(row.indicator, "value"),
        "years": [year_parts(year, value, "value") for year, value in row.history],
    }
