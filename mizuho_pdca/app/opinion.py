"""Close the circle: what the council said, what became of it, where an initiative goes from here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import NOT_CORRECTED, Correction, Draft, Receipt, corrected, file_entry, recorded_for
from mizuho_pdca.app.input import Gathering, clean_text, typed_day, typed_place, typed_year
from mizuho_pdca.app.workspace import open_plan
from mizuho_pdca.domain.calendar import fiscal_year
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.entries import WHOLE_PLAN, Opinion
from mizuho_pdca.message import Message

WHOLE_WORDS = frozenset({WHOLE_PLAN, "計画", "計画全体", "全体", "total"})
"""What people call the plan as a whole."""


def give_opinion(
    desk: Desk,
    target: str,
    *,
    year: int | str,
    meeting: str,
    text: str,
    by: str | None = None,
    correction: Correction = NOT_CORRECTED,
) -> Receipt:
    """Record what the council said of the plan, or of a part of it."""
    plan = open_plan(desk)
    wrong = Gathering()
    on = wrong.take(partial(typed_day, meeting, desk.today)) or desk.today
    old = corrected(desk, correction, Opinion, wrong)
    about, notes = _about(plan, target, wrong)
    fiscal = wrong.take(partial(typed_year, plan, year, desk.today)) or fiscal_year(desk.today)
    data = {"fiscal_year": fiscal, "meeting": on, "text": clean_text(text)}
    draft = Draft("opinion", about, desk.today, data, notes)
    return file_entry(desk, plan, draft, by=by, wrong=wrong, replaced=old, reason=correction.reason)


def _about(plan: Plan, target: str, wrong: Gathering) -> tuple[str, Sequence[Message]]:
    """Return what an opinion is about, with a note where that is a relisting's original."""
    if target.strip() in WHOLE_WORDS:
        return WHOLE_PLAN, ()
    place = typed_place(plan, target, wrong)
    original, notes = recorded_for(plan, place)
    return original.id, () if original is place else notes
