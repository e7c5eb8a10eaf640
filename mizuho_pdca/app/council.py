"""Close the circle: what the council said, what became of it, where an initiative goes from here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.filing import Correction, Draft, Receipt, corrected, entry_in_force, file_entry
from mizuho_pdca.app.opening import open_plan
from mizuho_pdca.app.recording import NOT_CORRECTED, recorded_for
from mizuho_pdca.app.typed import Gathering, clean_text, typed_day, typed_place, typed_year
from mizuho_pdca.core.calendar import fiscal_year
from mizuho_pdca.core.entries import WHOLE_PLAN, Improvement, Opinion
from mizuho_pdca.core.link_checks import KINDS
from mizuho_pdca.core.plan import Plan
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, Message, message

WHOLE_WORDS = frozenset({WHOLE_PLAN, "計画", "計画全体", "全体", "total"})
"""What people call the plan as a whole."""


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


def respond(
    desk: Desk,
    opinion: str,
    *,
    text: str,
    state: str | None = None,
    reason: str | None = None,
    day: str | None = None,
    by: str | None = None,
) -> Receipt:
    """Record what became of an opinion."""
    plan = open_plan(desk)
    wrong = Gathering()
    answered = entry_in_force(desk, opinion)
    if not isinstance(answered, Opinion):
        raise UsageFault(
            N_("the entry {entry} is {kind}; only an opinion can be answered"),
            entry=answered.id,
            kind=KINDS[answered.kind],
            remedy=message(N_("Name the opinion; pdca status lists those that wait for an answer.")),
        )
    when = wrong.take(partial(typed_day, day, desk.today)) or desk.today
    known = plan.scheme_at(fiscal_year(when)).answer("in_hand" if state is None else state.strip())
    data = {
        "responds": answered.id,
        "state": state if known is None else known.code,
        "text": clean_text(text),
    }
    notes = []
    if state is None and known is not None:
        notes.append(message(N_("state: {name} (change it with --state)"), name=known.name))
    draft = Draft("response", answered.target, when, data, notes)
    return file_entry(desk, plan, draft, by=by, wrong=wrong, reason=reason)
