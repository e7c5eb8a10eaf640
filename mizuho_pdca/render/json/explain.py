"""How a figure came about, for programs: ``pdca.explain/1``."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from mizuho_pdca.message import Message, Translate
from mizuho_pdca.papers.explain import Explanation
from mizuho_pdca.papers.steps import Evidence, Step, Words
from mizuho_pdca.papers.words import of_plan, year_label
from mizuho_pdca.render.json.text import Json, dump
from mizuho_pdca.render.json.values import number


def explanation(found: Explanation, t: Translate) -> bytes:
    """Return ``pdca.explain/1``: a tree of steps; texts are in the language of ``t``, keys are not."""
    report, header = found.report, found.report.plan.header
    return dump(
        {
            "schema": "pdca.explain/1",
            "plan": {"id": header.id, "title": header.title},
            "fiscal_year": report.year,
            "label": year_label(report.year, of_plan(t, report.plan)),
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
        "text": _said(item.content, t),
        "used": item.why_not is None,
        "why_not": _said(item.why_not, t),
    }


def _said(words: Words | None, t: Translate) -> str | None:
    return words.text(t) if isinstance(words, Message) else words
