"""The review of a year, for programs: ``pdca.review/1``.

Rates are strings as printed but with ASCII signs, counts and values are numbers, absent is null.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mizuho_pdca.domain.figures.achievement import unjudged
from mizuho_pdca.domain.figures.plan_total import PlanTotal
from mizuho_pdca.domain.plan.scheme import RatedLevel
from mizuho_pdca.domain.records.entries import WHOLE_PLAN
from mizuho_pdca.domain.review.council import OpinionRow
from mizuho_pdca.domain.review.money import money_of, money_of_listing, money_unit
from mizuho_pdca.domain.review.office import office
from mizuho_pdca.domain.review.rated import counted_levels, rated
from mizuho_pdca.domain.review.ratings import Judgement, RatedRow, level_of
from mizuho_pdca.domain.review.review import IndicatorRow, InitiativeRow, ReviewReport
from mizuho_pdca.domain.review.scope import SummaryRow
from mizuho_pdca.message import Translate
from mizuho_pdca.papers.council.overview import lowest, moved
from mizuho_pdca.papers.office import item_message, item_title
from mizuho_pdca.papers.words import of_plan, year_label
from mizuho_pdca.render.json.text import Json, dump
from mizuho_pdca.render.json.validate import problem_parts
from mizuho_pdca.render.json.values import (
    as_of,
    before_plan,
    goal_parts,
    indicator_parts,
    money_parts,
    number,
    percent,
    plan_name,
    rate_parts,
    reason,
    year_parts,
)


def review(report: ReviewReport, t: Translate) -> bytes:
    """Return ``pdca.review/1``; messages of problems are in the language of ``t``."""
    return dump(
        {
            "schema": "pdca.review/1",
            "plan": plan_name(report),
            "fiscal_year": report.year,
            "label": year_label(report.year, of_plan(t, report.plan)),
            "as_of": as_of(report),
            "scope": scope_parts(report),
            "running": report.is_running,
            "sample": report.sample,
            "overview": {
                "better": [one.id for one in moved(report, "up")],
                "worse": [one.id for one in moved(report, "down")],
                "behind": [one.id for one in lowest(report)],
                "open_opinions": [row.opinion.id for row in report.opinions if row.is_open],
            },
            "summary": {
                "total": summary_parts(report, report.total),
                "policies": [summary_parts(report, row) for row in report.policies],
                "measures": [summary_parts(report, row) for row in report.measures],
                "submeasures": [summary_parts(report, row) for row in report.submeasures],
                "tags": [{"tag": row.tag, **summary_parts(report, row)} for row in report.tags],
                "kinds": [{"kind": row.kind, **_met(row)} for row in report.kinds],
            },
            "ratings": [rated_parts(report, row) for row in report.rated],
            "initiatives": [_initiative(report, row) for row in report.initiatives],
            "indicators": [_indicator(report, row) for row in report.indicators],
            "opinions": [opinion_parts(report, row) for row in report.opinions],
            "office": office_parts(report, t),
            "problems": [problem_parts(problem, t) for problem in report.problems],
        }
    )


def scope_parts(report: ReviewReport) -> Json:
    """Return the part of the plan that a report is limited to."""
    scope = report.scope
    return {"policy": scope.policy, "measure": scope.measure, "department": scope.department, "tag": scope.tag}


def summary_parts(report: ReviewReport, row: SummaryRow) -> Json:
    """Return the counts of the whole or of a part of the plan."""
    counts, node = row.tally, row.place and row.place.node
    scheme = report.plan.scheme
    return {
        "id": node and node.id,
        "title": node.heading if node else row.tag or report.plan.header.title,
        "schedule": node and node.schedule.get(report.year),
        "submeasures": row.submeasures,
        "listed": counts.listed,
        "relisted": counts.relisted,
        "distinct": counts.distinct,
        "reported": counts.reported,
        "not_reported": counts.not_reported,
        "carried": counts.carried,
        "no_status": counts.no_status,
        "status": {status.code: counts.status.get(status.code, 0) for status in scheme.statuses},
        "rating": {code: counts.rating.get(code, 0) for code in scheme.scale.codes},
        "rated": {level: _rated(report, row, level) for level in counted_levels(report)},
        "implementation": rate_parts(counts.implementation),
        "completion": rate_parts(counts.completion),
        "rating_share": rate_parts(counts.rating_share),
        "reporting": rate_parts(counts.reporting),
        **_own_rating(report, row),
        **_met(row),
        **money_parts(money_of(report, row.place, row.tag), money_unit(report)),
    }


def _rated(report: ReviewReport, row: SummaryRow, level: RatedLevel) -> Json:
    """Return how many parts of a level hold each rating, and how many none."""
    held = Counter(one.own.rating for one in rated(report, level) if one.counts_in(row))
    return {"rating": {code: held[code] for code in report.plan.scheme.scale.codes}, "not_rated": held[None]}


def _met(row: SummaryRow) -> Json:
    met = row.met
    counts = {"met": met.met, "near": met.near, "not_met": met.not_met, "unknown": met.unknown}
    return {"met": counts, "met_share": rate_parts(met.share)}


def _own_rating(report: ReviewReport, row: SummaryRow) -> Json:
    """Return how a part of the plan is rated itself."""
    found = [one for one in report.rated if one.place is row.place and row.tag is None]
    judgements = found[0].judgements if found else ()
    return {
        "own_rating": judgements[0].rating if judgements else None,
        "evaluations": evaluation_parts(judgements),
    }


def rated_parts(report: ReviewReport, row: RatedRow) -> Json:
    """Return how the plan itself or a part of it above the initiatives is rated."""
    place = row.place
    return {
        "id": WHOLE_PLAN if place is None else place.id,
        "number": None if place is None else place.number,
        "title": report.plan.header.title if place is None else place.node.heading,
        "level": level_of(place),
        "department": None if place is None else place.department,
        "departments": [] if place is None else list(place.departments),
        "expected": row.is_expected,
        **rating_parts(row.own),
        "evaluations": evaluation_parts(row.judgements),
    }


def rating_parts(judgement: Judgement) -> Json:
    """Return the rating of one evaluator, beside that of the year before."""
    return {
        "rating": judgement.rating,
        "previous_rating": judgement.previous_rating,
        "change": judgement.change,
    }


def evaluation_parts(judgements: Sequence[Judgement]) -> list[Json]:
    """Return what each evaluator says who says anything; ``evaluator`` is null where the plan lists none."""
    return [
        {
            "evaluator": one.evaluator and one.evaluator.code,
            **rating_parts(one),
            "progress": one.last.progress,
            "issues": one.last.issues,
            "meeting": one.last.meeting and one.last.meeting.isoformat(),
            "entry": one.last.id,
        }
        for one in judgements
        if one.last is not None
    ]


def _initiative(report: ReviewReport, row: InitiativeRow) -> Json:
    evaluation = row.evaluation
    return {
        "id": row.place.id,
        "number": row.place.number,
        "title": row.title,
        "listed_under": None if row.place.parent is None else row.place.parent.id,
        "relisted_from": row.place.node.original_id,
        "department": row.original.department,
        "departments": list(row.original.departments),
        "partners": list(row.place.partners),
        "tags": list(row.original.tags),
        "schedule": row.original.step(report.year),
        "status": row.state.status,
        "ended": row.state.ended,
        "reported": row.state.reported,
        "rating": row.state.rating,
        "rating_suggested": row.suggestion,
        "no_suggestion": [{"indicator": one.indicator.id, "reason": one.reason} for one in row.hindrances],
        "previous_rating": row.previous_rating,
        "evaluations": evaluation_parts(row.judgements),
        "previous_of": row.came_from and row.came_from.id,
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
        **money_parts(money_of_listing(report, row), money_unit(report)),
    }


def _indicator(report: ReviewReport, row: IndicatorRow) -> Json:
    indicator, result, baseline = row.indicator, row.result, row.indicator.baseline
    return {
        **indicator_parts(indicator),
        "at": row.place.id,
        "tags": list(row.place.tags),
        "also_at": [place.id for place in report.plan.also_at.get(indicator.id, ())],
        "baseline": number(indicator.baseline_value),
        "baseline_year": None if baseline is None else baseline.year,
        **goal_parts(result.target, result.target_year),
        "guide": number(result.guide),
        "actual": number(row.value.value),
        "previous": number(row.previous.value),
        "missing": reason(row.value),
        "total_before": number(row.value.before),
        "partial": row.value.partial,
        "april_to_september": number(row.halves.first.value),
        "october_to_march": number(row.halves.second.value),
        "without_half": number(row.halves.neither.value),
        "rate": percent(result.rate),
        "met": result.met,
        "met_unknown": unjudged(indicator, row.value, result, report.year),
        "pace": percent(result.pace),
        "due": row.value.is_due,
        "provisional": row.value.provisional is not None,
        "partly_provisional": row.value.provisional == "partly",
        "as_of": row.value.as_of,
        "as_of_parts": row.value.dates,
        "total": _total(row.total),
        "before_plan": before_plan(indicator),
        "rating_suggested": row.suggestion,
        **rating_parts(row.judgements[0]),
        "evaluations": evaluation_parts(row.judgements),
        "source": "\n".join(row.value.sources) or None,
        "links": list(row.value.links),
        "note": indicator.note,
        "history": [year_parts(year, value) for year, value in row.history],
    }


def _total(total: PlanTotal) -> Json:
    return {
        "target": number(total.target),
        "target_year": total.target_year,
        "actual": number(total.actual),
        "partial": total.partial,
        "rate": percent(total.rate),
    }


def office_parts(report: ReviewReport, t: Translate) -> list[Json]:
    """Return what the office must look at."""
    return [
        {
            "kind": item.kind,
            "at": None if item.place is None else item.place.id,
            "number": None if item.place is None else item.place.number,
            "title": item_title(report, item),
            "department": item.department,
            "entries": list(item.entries),
            "message": item_message(report, item, t),
        }
        for item in office(report)
    ]


def opinion_parts(report: ReviewReport, row: OpinionRow) -> Json:
    """Return an opinion with the responses to it."""
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
            {
                "id": one.response.id,
                "date": one.response.date.isoformat(),
                "state": one.state,
                "text": one.response.text,
                "reason": one.response.refusal,
            }
            for one in row.replies
        ],
    }
