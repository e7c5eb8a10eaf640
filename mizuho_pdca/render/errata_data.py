"""The corrections between two reviews for programs: JSON and CSV."""

from __future__ import annotations

from collections.abc import Sequence

from mizuho_pdca.core.errata import Cause, Correction, Errata
from mizuho_pdca.core.errata_papers import causes_text, column_text
from mizuho_pdca.core.review import ReviewReport
from mizuho_pdca.core.wording import year_label
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.render.csv_table import Cells, sample, table
from mizuho_pdca.render.json_text import Json, dump


def errata_json(found: Errata, t: Translate) -> bytes:
    """Return ``pdca.diff/1``: each cell that differs, as printed, with the entries that caused it."""
    header = found.after.plan.header
    return dump(
        {
            "schema": "pdca.diff/1",
            "plan": {"id": header.id, "title": header.title},
            "fiscal_year": found.after.year,
            "label": year_label(found.after.year, t),
            "from": _as_of(found.before),
            "to": _as_of(found.after),
            "sample": found.sample,
            "corrections": [_correction(item) for item in found.corrections],
        }
    )


def _as_of(report: ReviewReport) -> Json:
    return {"commit": report.as_of.commit, "dirty": report.as_of.dirty}


def _correction(item: Correction) -> Json:
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
    return {"id": entry.id, "kind": entry.kind, "by": entry.by, "change": cause.change}


def errata_csv(found: Errata, t: Translate) -> bytes:
    """Return the corrections as CSV, a row each."""
    return table([_row(found, item, t) for item in found.corrections], _row(found, None, t))


def _row(found: Errata, item: Correction | None, t: Translate) -> Cells:
    headings = (t(N_("Paper")), t(N_("Place")), t(N_("Column")), t(N_("Wrong")), t(N_("Right")), t(N_("Because of")))
    values: Sequence[str | None] = [None] * len(headings)
    if item is not None:
        said = (item.title, item.row, column_text(item, t), item.before, item.after)
        values = (*said, causes_text(item, t) or None)
    marked = found.after if found.after.sample else found.before
    return [(t(N_("Fiscal year")), found.after.year), *sample(marked, t), *zip(headings, values, strict=True)]
