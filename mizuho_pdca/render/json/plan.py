"""The plan, for programs: ``pdca.plan/1``."""

from __future__ import annotations

from collections.abc import Iterable

from mizuho_pdca.domain.plan.indicator import Indicator, Target
from mizuho_pdca.domain.plan.plan import Node, Place, Plan
from mizuho_pdca.domain.plan.targets import EVERY_YEAR_KEY, WordedTarget
from mizuho_pdca.render.json.text import Json, dump
from mizuho_pdca.render.json.values import indicator_parts, number


def plan(plan: Plan, places: Iterable[Place], year: int | None) -> bytes:
    """Return ``pdca.plan/1`` of the given places, each under its parent."""
    header = plan.header
    kept = {place.id for place in places}
    tops = [place for place in plan.places.values() if place.parent is None and place.id in kept]
    return dump(
        {
            "schema": "pdca.plan/1",
            "plan": {
                "id": header.id,
                "title": header.title,
                "edition": header.edition,
                "municipality": header.municipality,
                "office": header.office,
                "period": {"from": header.period.since, "until": header.period.until},
                "vision": header.vision,
                "council": header.council.name,
                "council_members": [{"name": one.name, "role": one.role} for one in header.council.members],
                "council_agenda": list(header.council.agenda),
            },
            "fiscal_year": year,
            "policies": [_node(plan, place.node, kept) for place in tops],
        }
    )


def _node(plan: Plan, node: Node, kept: set[str]) -> Json:
    place = plan.places[node.id]
    steps = {str(year): step for year, step in sorted(node.schedule.items())}
    shared: Json = {
        "id": node.id,
        "number": place.number,
        "title": plan.title(place),
        "tags": list(place.tags),
        "schedule": steps,
    }
    indicators = {
        "indicators": [_described(indicator) for indicator in node.indicators],
        "relisted_indicators": list(node.relisted_indicators),
    }
    if place.is_initiative:
        return {
            **shared,
            "relisted_from": node.original_id,
            "department": place.department,
            "departments": list(place.departments),
            **indicators,
        }
    partners = {"partners": list(node.partners)} if node.child_key == "initiatives" else {}
    children = [_node(plan, child, kept) for child in node.children if child.id in kept]
    return {
        **shared,
        "summary": node.summary,
        "source": node.source,
        **partners,
        node.child_key: children,
        **indicators,
    }


def _described(indicator: Indicator) -> Json:
    baseline = indicator.baseline
    return {
        **indicator_parts(indicator),
        "baseline": number(indicator.baseline_value),
        "baseline_year": None if baseline is None else baseline.year,
        "baseline_source": None if baseline is None else baseline.source,
        "targets": {str(year or EVERY_YEAR_KEY): _goal(value) for year, value in indicator.target_values.items()},
        "total": {str(year): number(value) for year, value in sorted(indicator.total.items())},
        "history": {str(year): number(value) for year, value in indicator.history_values.items()},
        "every": indicator.every,
        "surveyed": list(indicator.surveyed),
        "decimals": indicator.decimals,
        "note": indicator.note,
        "source": indicator.source,
    }


def _goal(target: Target) -> int | float | bool | str | Json | None:
    """Return a target as a number, or as the plan says it in words and bounds."""
    if not isinstance(target, WordedTarget):
        return number(target)
    said = {"text": target.text, "at_least": number(target.low), "at_most": number(target.high)}
    return {key: value for key, value in said.items() if value is not None}
