"""Take back an entry."""

from __future__ import annotations

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import Receipt, Recording, entry_in_force


def withdraw(desk: Desk, entry: str, *, reason: str, by: str | None = None) -> Receipt:
    """Record that an entry no longer holds."""
    making = Recording(desk, "withdrawal")
    mistaken = entry_in_force(desk, entry, to_withdraw=True)
    data = {"fiscal_year": mistaken.year, "withdraws": mistaken.id}
    return making.file(mistaken.target, desk.today, data, by=by, reason=reason)
