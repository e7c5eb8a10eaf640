"""Record what became of an opinion of the council."""

from __future__ import annotations

from functools import partial

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import Draft, Receipt, entry_in_force, file_entry
from mizuho_pdca.app.input import Gathering, clean_text, typed_day
from mizuho_pdca.app.workspace import open_plan
from mizuho_pdca.domain.calendar import fiscal_year
from mizuho_pdca.domain.records.entries import Opinion
from mizuho_pdca.domain.records.kinds import KINDS
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message


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
            kind=KINDS[answered.kind].name,
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
