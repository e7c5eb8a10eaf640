"""Which forms went out and came back, for programs: ``pdca.forms/1``."""

from __future__ import annotations

from mizuho_pdca.domain.review.collection import FormCollection
from mizuho_pdca.render.json.text import dump


def forms(now: FormCollection) -> bytes:
    """Return ``pdca.forms/1``: every department with its share."""
    return dump(
        {
            "schema": "pdca.forms/1",
            "fiscal_year": now.report.year,
            "departments": [
                {
                    "department": row.department,
                    "state": row.state,
                    "sent": row.sent,
                    "back": row.back,
                    "complete": row.complete,
                    "asked": row.asked,
                    "missing": [one.id for one in row.missing],
                }
                for row in now.rows
            ],
        }
    )
