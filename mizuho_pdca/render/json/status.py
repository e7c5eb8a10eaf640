"""Who has reported, for programs: ``pdca.status/1``."""

from __future__ import annotations

from mizuho_pdca.domain.records.entries import WHOLE_PLAN
from mizuho_pdca.domain.review.standing import Standing
from mizuho_pdca.message import Translate
from mizuho_pdca.papers.words import of_plan, year_label
from mizuho_pdca.render.json.review import office_parts, rated_parts
from mizuho_pdca.render.json.text import dump
from mizuho_pdca.render.json.values import rate_parts


def status(now: Standing, t: Translate) -> bytes:
    """Return ``pdca.status/1``: every initiative once, with whether it has been reported."""
    report = now.report
    counted, rate = now.counted
    return dump(
        {
            "schema": "pdca.status/1",
            "fiscal_year": report.year,
            "label": year_label(report.year, of_plan(t, report.plan)),
            "sample": report.sample,
            "counted": counted,
            "counted_rate": rate_parts(rate),
            "reporting": rate_parts(now.reporting),
            "initiatives": [
                {
                    "id": row.place.id,
                    "number": row.place.number,
                    "title": row.title,
                    "department": row.original.department,
                    "departments": list(row.original.departments),
                    "tags": list(row.original.tags),
                    "schedule": row.original.step(report.year),
                    "reported": row.state.reported,
                    "ended": row.state.ended,
                    "status": row.state.status,
                    "rating": row.state.rating,
                    "entries": row.entries,
                }
                for row in now.initiatives
            ],
            "ratings": [rated_parts(report, row) for row in now.expected],
            "not_evaluated": [
                *(row.place.id for row in now.unrated),
                *(WHOLE_PLAN if row.place is None else row.place.id for row in now.unrated_parts),
            ],
            "office": office_parts(report, t),
            "same_as_last_year": [row.place.id for row in now.unchanged],
            "unanswered_opinions": [row.opinion.id for row in now.unanswered],
            "not_committed": now.not_committed,
            "indicators_without_value": [row.indicator.id for row in now.unvalued],
        }
    )
