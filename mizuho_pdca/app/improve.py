"""Record where an initiative goes from here."""

from __future__ import annotations

from functools import partial

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import NOT_CORRECTED, Correction, Draft, Receipt, corrected, file_entry, recorded_for
from mizuho_pdca.app.input import Gathering, clean_text, typed_day, typed_place, typed_year
from mizuho_pdca.app.workspace import open_plan
from mizuho_pdca.domain.calendar import fiscal_year
from mizuho_pdca.domain.records.entries import Improvement


def improve(
    desk: Desk,
    target: str,
    *,
    year: int | str,
    direction: str,
    next_year: str,
    day: str | None = None,
    by: str | None = None,
    correction: Correction = NOT_CORRECTED,
) -> Receipt:
    """Record where an initiative goes from here, and what the next year does."""
    plan = open_plan(desk)
    wrong = Gathering()
    place, notes = recorded_for(plan, typed_place(plan, target, wrong))
    fiscal = wrong.take(partial(typed_year, plan, year, desk.today)) or fiscal_year(desk.today)
    old = corrected(desk, correction, Improvement, wrong)
    when = wrong.take(partial(typed_day, day, desk.today)) or desk.today
    known = plan.scheme_at(fiscal).direction(direction.strip())
    data = {
        "fiscal_year": fiscal,
        "direction": clean_text(direction) if known is None else known.name,
        "next": clean_text(next_year),
    }
    draft = Draft("improvement", place.id, when, data, notes)
    return file_entry(desk, plan, draft, by=by, wrong=wrong, replaced=old, reason=correction.reason)
