"""Take back an entry."""

from __future__ import annotations

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import Draft, Receipt, entry_in_force, file_entry
from mizuho_pdca.app.input import Gathering
from mizuho_pdca.app.workspace import open_plan


def withdraw(desk: Desk, entry: str, *, reason: str, by: str | None = None) -> Receipt:
    """Record that an entry no longer holds."""
    plan = open_plan(desk)
    mistaken = entry_in_force(desk, entry)
    data = {"fiscal_year": mistaken.year, "withdraws": mistaken.id}
    draft = Draft("withdrawal", mistaken.target, desk.today, data)
    return file_entry(desk, plan, draft, by=by, wrong=Gathering(), reason=reason)
