"""How a figure came about, for programs: ``pdca.explain/1``."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from mizuho_pdca.message import Translate
from mizuho_pdca.papers.explain.explain import Explanation
from mizuho_pdca.papers.steps import Evidence, Step
from mizuho_pdca.papers.words import of_plan, year_label
from mizuho_pdca.render.json.text import Json, dump
from mizuho_pdca.render.json.values import as_of, number, plan_name, said


def explanation(found: Explanation, t: Translate) -> bytes:
    """Return ``pdca.explain/1``: a tree of steps; texts are in the language of ``t``, keys are not."""
    report = found.report
    return dump(
        {
            "schema": "pdca.explain/1",
            "plan": plan_name(report),
            "fiscal_year": report.year,
            "label": year_label(report.year, of_plan(t, report.plan)),
            "as_of": as_of(report),
            "sample": report.sample,
            "id": None if found.place is None else found.place.id,
            "indicator": None if found.indicator is None else found.indicator.id,
            "heading": said(found.heading, t),
            "steps": [_step(step, t) for step in found.steps],
            "notes": [note.text(t) for note in found.notes],
        }
    )


def _step(step: Step, t: Translate) -> Json:
    shape: dict[str, object] = {"key": step.key, "label": said(step.label, t), "text": said(step.text, t)}
    if step.value is not None:
        shape["value"] = number(step.value) if isinstance(step.value, Decimal | Fraction) else step.value
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
        "text": said(item.content, t),
        "used": item.why_not is None,
        "why_not": said(item.why_not, t),
    }
