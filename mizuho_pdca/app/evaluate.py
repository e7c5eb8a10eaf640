"""Record the rating of an initiative."""

from __future__ import annotations

from functools import partial

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import NOT_CORRECTED, Correction, Draft, Receipt, corrected, file_entry, recorded_for
from mizuho_pdca.app.input import Gathering, clean_text, typed_day, typed_place, typed_year
from mizuho_pdca.app.log import in_force_of
from mizuho_pdca.app.workspace import open_plan
from mizuho_pdca.domain.calendar import fiscal_year
from mizuho_pdca.domain.records.entries import Evaluation
from mizuho_pdca.message import N_, message


def evaluate(
    desk: Desk,
    target: str,
    *,
    year: int | str,
    rating: str,
    day: str | None = None,
    progress: str | None = None,
    issues: str | None = None,
    by: str | None = None,
    correction: Correction = NOT_CORRECTED,
) -> Receipt:
    """Record the rating of an initiative for a fiscal year."""
    plan = open_plan(desk)
    wrong = Gathering()
    place, notes = recorded_for(plan, typed_place(plan, target, wrong))
    fiscal = wrong.take(partial(typed_year, plan, year, desk.today)) or fiscal_year(desk.today)
    scale = plan.scheme_at(fiscal).scale
    known = scale.find(rating.strip()) or scale.find(rating.strip().upper())
    data = {
        "fiscal_year": fiscal,
        "rating": rating if known is None else known.code,
        "progress": progress and clean_text(progress),
        "issues": issues and clean_text(issues),
    }
    old = corrected(desk, correction, Evaluation, wrong)
    when = wrong.take(partial(typed_day, day, desk.today)) or desk.today
    for entry in in_force_of(desk, fiscal, place):
        if isinstance(entry, Evaluation) and entry != old:
            words = N_("this rating takes the place of {entry} ({rating})")
            notes.append(message(words, entry=entry.id, rating=entry.rating))
    draft = Draft("evaluation", place.id, when, data, notes)
    return file_entry(desk, plan, draft, by=by, wrong=wrong, replaced=old, reason=correction.reason)
