"""The corrections between two reviews, for programs: ``pdca.diff/1``."""

from __future__ import annotations

from mizuho_pdca.message import Translate
from mizuho_pdca.papers.errata import Cause, Errata, Erratum
from mizuho_pdca.papers.words import of_plan, year_label
from mizuho_pdca.render.json.text import Json, dump
from mizuho_pdca.render.json.values import as_of, plan_name


def errata_json(found: Errata, t: Translate) -> bytes:
    """Return ``pdca.diff/1``: each cell that differs, as printed, with the entries that caused it."""
    return dump(
        {
            "schema": "pdca.diff/1",
            "plan": plan_name(found.after),
            "fiscal_year": found.after.year,
            "label": year_label(found.after.year, of_plan(t, found.after.plan)),
            "from": as_of(found.before),
            "to": as_of(found.after),
            "sample": found.sample,
            "corrections": [_correction(item) for item in found.corrections],
        }
    )


def _correction(item: Erratum) -> Json:
    return {
        "paper": item.paper,
        "row": item.anchor,
        "title": item.row,
        "column": item.column,
        "before": item.before,
        "after": item.after,
        "entries": [_cause(cause) for cause in item.causes],
        "by_plan": item.by_plan,
    }


def _cause(cause: Cause) -> Json:
    entry = cause.entry
    return {"id": entry.id, "kind": entry.kind, "by": entry.by, "change": cause.change, "reason": entry.reason}
