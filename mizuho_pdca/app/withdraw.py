"""Take back an entry."""

from __future__ import annotations

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import Receipt, Recording
from mizuho_pdca.app.input.entries import entry_in_force
from mizuho_pdca.message import N_, message


def withdraw(desk: Desk, entry: str, *, reason: str, by: str | None = None) -> Receipt:
    """Record that an entry no longer holds."""
    making = Recording(desk, "withdrawal")
    mistaken, notes = entry_in_force(desk, entry, to_withdraw=True)
    from mizuho_pdca.papers.differences import entry_line

    making.notes += notes or [message(N_("what is taken back: {what}"), what=entry_line(mistaken, making.plan))]
    data = {"fiscal_year": mistaken.year, "withdraws": mistaken.id}
    return making.file(mistaken.target, desk.today, data, by=by, reason=reason)
