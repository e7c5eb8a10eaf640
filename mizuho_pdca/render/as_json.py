"""Machine-readable output: the shapes that scripts rely on, each with its schema's name.

Rates are strings as printed but with ASCII signs, counts and values are numbers, absent is null.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from mizuho_pdca.core.achievement import YearValue
from mizuho_pdca.core.council import OpinionRow
from mizuho_pdca.core.counting import Rate
from mizuho_pdca.core.explain import Explanation
from mizuho_pdca.core.faults import Problem
from mizuho_pdca.core.figures import decimal_of
from mizuho_pdca.core.indicator import Indicator, Measured
from mizuho_pdca.core.overview import Standing
from mizuho_pdca.core.packet import Verification
from mizuho_pdca.core.plan import Node, Place, Plan
from mizuho_pdca.core.review import IndicatorRow, InitiativeRow, ReviewReport, SummaryRow
from mizuho_pdca.core.rounding import Share
from mizuho_pdca.core.steps import Evidence, Step, Words
from mizuho_pdca.core.trend import InitiativeTrend, Trend
from mizuho_pdca.core.wording import year_label
from mizuho_pdca.message import Message, Translate
from mizuho_pdca.render.json_text import Json, dump

# -- review -----------------------------------------------------------------------------------


def review(report: ReviewReport, t: Translate) -> bytes:
    """Return ``pdca.review/1``; messages of problems are in the language of ``t``."""
    header = report.plan.header
    return dump(
        {
            "schema": "pdca.review/1",
            "plan": {"id": header.id, "title": header.title},
            "fiscal_year": report.year,
            "label": year_label(report.year, t),
            "as_of": {"commit": report.as_of.commit, "dirty": report.as_of.dirty},
            "scope": {
                "policy": report.scope.policy,
                "measure": report.scope.measure,
                "department": report.scope.department,
            },
            "sample": report.sample,
            "summary": {
                "total": _summary(report, report.total),
                "policies": [_summary(report, row) for row in report.policies],
                "measures": [_summary(report, row) for row in report.measures],
            },
            "initiatives": [_initiative(row) for row in report.initiatives],
            "indicators": [_indicator(row) for row in report.indicators],
            "opinions": [_opinion(report, row) for row in report.opinions],
            "problems": [_problem(problem, t) for problem in report.problems],
        }
    )


def _summary(report: ReviewReport, row: SummaryRow) -> Json:
    counts = row.tally
    scheme = report.plan.scheme
    return {
        "id": None if row.place is None else row.place.id,
        "title": report.plan.header.title if row.place is None else row.place.node.heading,
        "submeasures": row.submeasures,
        "listed": counts.listed,
        "relisted": counts.relisted,
        "distinct": counts.distinct,
        "reported": counts.reported,
        "not_reported": counts.not_reported,
        "status": {status.code: counts.status.get(status.code, 0) for status in scheme.statuses},
        "rating": {code: counts.rating.get(code, 0) for code in scheme.scale.codes},
        "implementation": _rate(counts.implementation),
        "completion": _rate(counts.completion),
        "rating_share": _rate(counts.rating_share),
        "reporting": _rate(counts.reporting),
    }


def _rate(rate: Rate) -> Json:
    percent = rate.percent
    return {
        "numerator": rate.numerator,
        "denominator": rate.denominator,
        "percent": None if percent is None else str(percent),
    }


def _initiative(row: InitiativeRow) -> Json:
    evaluation = row.evaluation
    return {
        "id": row.place.id,
        "number": row.place.number,
        "title": row.title,
        "listed_under": None if row.place.parent is None else row.place.parent.id,
        "relisted_from": row.place.node.original_id,
        "department": row.original.department,
        "partners": list(row.place.partners),
        "status": row.state.status,
        "reported": row.state.reported,
        "rating": row.state.rating,
        "rating_suggested": row.suggestion,
        "previous_rating": row.previous_rating,
        "direction": row.improvement and row.improvement.direction,
        "progress": evaluation and evaluation.progress,
        "issues": evaluation and evaluation.issues,
        "next": row.improvement and row.improvement.next,
        "planned_last_year": row.promised and row.promised.next,
        "change": row.change,
        "unchanged": list(row.unchanged),
        "opinions": [one.opinion.id for one in row.opinions],
        "activities": [{"date": item.date.isoformat(), "summary": item.summary} for item in row.activities],
        "entries": row.entries,
    }


def _indicator(row: IndicatorRow) -> Json:
    indicator, result, baseline = row.indicator, row.result, row.indicator.baseline
    return {
        "id": indicator.id,
        "name": indicator.name,
        "unit": indicator.unit,
        "kind": indicator.kind,
        "direction": indicator.direction,
        "method": indicator.method,
        "aggregate": indicator.aggregate,
        "adopted": indicator.adopted,
        "at": row.place.id,
        "baseline": number(indicator.baseline_value),
        "baseline_year": None if baseline is None else baseline.year,
        "target": number(result.target),
        "target_year": result.target_year,
        "guide": number(result.guide),
        "actual": number(row.value.value),
        "previous": number(row.previous.value),
        "missing": _missing(row.value),
        "partial": row.value.partial,
        "april_to_september": number(row.halves[0].value),
        "october_to_march": number(row.halves[1].value),
        "rate": _percent(result.rate),
        "met": result.met,
        "pace": _percent(result.pace),
        "rating_suggested": row.suggestion,
        "history": [
            {"fiscal_year": year, "actual": number(value.value), "missing": _missing(value), "partial": value.partial}
            for year, value in row.history
        ],
    }


def number(value: Measured | Decimal | None) -> int | float | bool | None:
    """Return a value as a JSON number or boolean, exact up to six decimals."""
    if value is None or isinstance(value, bool):
        return value
    exact = decimal_of(value) if isinstance(value, Fraction) else value
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def _missing(value: YearValue) -> str | None:
    return value.missing if value.value is None else None


def _opinion(report: ReviewReport, row: OpinionRow) -> Json:
    entry = row.opinion
    return {
        "id": entry.id,
        "fiscal_year": entry.year,
        "meeting": entry.meeting.isoformat(),
        "meeting_of": row.meeting(report.year),
        "target": entry.target,
        "number": None if row.place is None else row.place.number,
        "title": None if row.place is None else report.plan.title(row.place),
        "text": entry.text,
        "open": row.is_open,
        "state": row.state,
        "responses": [
            {"id": one.id, "date": one.date.isoformat(), "state": one.state, "text": one.text, "reason": one.reason}
            for one in row.responses
        ],
    }


def _percent(share: Share | None) -> str | None:
    return None if share is None else str(share.percent)


def status(now: Standing, t: Translate) -> bytes:
    """Return ``pdca.status/1``: every initiative once, with whether it has been reported."""
    report = now.report
    return dump(
        {
            "schema": "pdca.status/1",
            "fiscal_year": report.year,
            "label": year_label(report.year, t),
            "sample": report.sample,
            "reporting": _rate(now.reporting),
            "initiatives": [
                {
                    "id": row.place.id,
                    "number": row.place.number,
                    "title": row.title,
                    "department": row.original.department,
                    "reported": row.state.reported,
                    "status": row.state.status,
                    "rating": row.state.rating,
                    "entries": row.entries,
                }
                for row in now.initiatives
            ],
            "unanswered_opinions": [row.opinion.id for row in now.unanswered],
            "indicators_without_value": [row.indicator.id for row in now.unvalued],
        }
    )


# -- problems ---------------------------------------------------------------------------------


def problems(found: Sequence[Problem], t: Translate) -> bytes:
    """Return ``pdca.problems/1``."""
    severities = [problem.fault.severity for problem in found]
    return dump(
        {
            "schema": "pdca.problems/1",
            "problems": [_problem(problem, t) for problem in found],
            "counts": {"error": severities.count("error"), "warning": severities.count("warning")},
        }
    )


def _problem(problem: Problem, t: Translate) -> Json:
    return {
        "code": problem.fault.code,
        "severity": problem.fault.severity,
        "file": problem.file,
        "line": problem.line or None,
        "column": problem.column or None,
        "message": problem.fault.message.text(t),
        "remedy": problem.fault.remedy.text(t),
    }


# -- plan -------------------------------------------------------------------------------------


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
            },
            "fiscal_year": year,
            "policies": [_node(plan, place.node, kept) for place in tops],
        }
    )


def _node(plan: Plan, node: Node, kept: set[str]) -> Json:
    place = plan.places[node.id]
    shared = {"id": node.id, "number": place.number, "title": plan.title(place)}
    indicators = {"indicators": [_described(indicator) for indicator in node.indicators]}
    if place.is_initiative:
        return {**shared, "relisted_from": node.original_id, "department": place.department, **indicators}
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
        "id": indicator.id,
        "name": indicator.name,
        "unit": indicator.unit,
        "kind": indicator.kind,
        "direction": indicator.direction,
        "method": indicator.method,
        "aggregate": indicator.aggregate,
        "adopted": indicator.adopted,
        "baseline": number(indicator.baseline_value),
        "baseline_year": None if baseline is None else baseline.year,
        "baseline_source": None if baseline is None else baseline.source,
        "targets": {str(year): number(value) for year, value in indicator.target_values.items()},
    }


# -- packet -----------------------------------------------------------------------------------


def verification(found: Verification) -> bytes:
    """Return ``pdca.verification/1``: what became of each file of a packet."""
    return dump(
        {
            "schema": "pdca.verification/1",
            "same": found.is_same,
            "files": [{"name": name, "state": state} for name, state in found.states.items()],
            "made_of": found.found.as_of.model_dump(),
            "made_with": found.found.tool.model_dump(),
            "data": found.expected.as_of.model_dump(),
            "tool": found.expected.tool.model_dump(),
        }
    )


# -- explanation ------------------------------------------------------------------------------


def explanation(found: Explanation, t: Translate) -> bytes:
    """Return ``pdca.explain/1``: a tree of steps; texts are in the language of ``t``, keys are not."""
    report, header = found.report, found.report.plan.header
    return dump(
        {
            "schema": "pdca.explain/1",
            "plan": {"id": header.id, "title": header.title},
            "fiscal_year": report.year,
            "label": year_label(report.year, t),
            "as_of": {"commit": report.as_of.commit, "dirty": report.as_of.dirty},
            "sample": report.sample,
            "id": None if found.place is None else found.place.id,
            "indicator": None if found.indicator is None else found.indicator.id,
            "heading": _said(found.heading, t),
            "steps": [_step(step, t) for step in found.steps],
            "notes": [note.text(t) for note in found.notes],
        }
    )


def _step(step: Step, t: Translate) -> Json:
    shape: dict[str, object] = {"key": step.key, "label": _said(step.label, t), "text": _said(step.text, t)}
    if step.value is not None:
        shape["value"] = number(step.value) if isinstance(step.value, Fraction) else step.value
    if step.entries:
        shape["entries"] = [_evidence(item, t) for item in step.entries]
    if step.initiatives:
        shape["initiatives"] = [place.id for place in step.initiatives]
    if step.steps:
        shape["steps"] = [_step(below, t) for below in step.steps]
    return shape


def _evidence(item: Evidence, t: Translate) -> Json:
    entry = item.entry
    return {
        "id": entry.id,
        "kind": entry.kind,
        "target": entry.target,
        "fiscal_year": entry.year,
        "date": entry.date.isoformat(),
        "by": entry.by,
        "text": _said(item.content, t),
        "used": item.why_not is None,
        "why_not": _said(item.why_not, t),
    }


def _said(words: Words | None, t: Translate) -> str | None:
    return words.text(t) if isinstance(words, Message) else words


# -- trend ------------------------------------------------------------------------------------


def trend(found: Trend) -> bytes:
    """Return ``pdca.trend/1``: ratings of initiatives and values of indicators, year by year."""
    report, header = found.report, found.report.plan.header
    return dump(
        {
            "schema": "pdca.trend/1",
            "plan": {"id": header.id, "title": header.title},
            "fiscal_years": list(found.years),
            "running": found.running,
            "recorded_until": None if found.recorded_until is None else found.recorded_until.isoformat(),
            "as_of": {"commit": report.as_of.commit, "dirty": report.as_of.dirty},
            "sample": report.sample,
            "initiatives": [_initiative_trend(item) for item in found.initiatives],
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


def _indicator_trend(row: IndicatorRow) -> Json:
    return {
        "id": row.indicator.id,
        "name": row.indicator.name,
        "at": row.place.id,
        "unit": row.indicator.unit,
        "kind": row.indicator.kind,
        "direction": row.indicator.direction,
        "adopted": row.indicator.adopted,
        "target": number(row.result.target),
        "target_year": row.result.target_year,
        "years": [
            {"fiscal_year": year, "value": number(value.value), "missing": _missing(value), "partial": value.partial}
            for year, value in row.history
        ],
    }
